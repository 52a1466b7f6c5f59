"""Personal values leave by law; the proof that something happened stays."""

import pytest
from django.db import IntegrityError, transaction

from motcua.dossiers import queries, services
from motcua.dossiers.models import Applicant, Filing, Returning
from motcua.kernel import ledger
from tests.cast import NOW, TODAY, Cast, applicant

LAW = "Luật 91/2025/QH15 (mẫu)"


def test_an_erased_dossier_keeps_its_number_its_moments_and_its_chain(cast: Cast) -> None:
    dossier = cast.returned()
    digest = Filing.objects.get().sha256
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source=LAW)
    assert list(ledger.breaks()) == []
    assert queries.filing_content(dossier) == {}
    assert queries.is_erased(Applicant.objects.get())
    assert Filing.objects.get().sha256 == digest
    assert queries.history_of(dossier)[-1].payload["filings"] == [digest]


def test_nobody_finds_an_erased_dossier_by_name(cast: Cast) -> None:
    dossier, name = cast.returned(), applicant().full_name
    assert queries.found(cast.here.intake, name, TODAY) == [dossier]
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source=LAW)
    assert queries.found(cast.here.intake, name, TODAY) == []
    assert queries.found(cast.here.intake, dossier.number, TODAY) == [dossier]


def test_no_row_of_an_erased_dossier_names_the_person(cast: Cast) -> None:
    dossier = cast.returned()
    services.leave_remark(dossier=dossier, by=cast.here.intake, text="Con của bà Mẫu", at=NOW)
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source=LAW)
    returning = Returning.objects.get()
    assert (returning.receiver, returning.note) == ("", "")
    assert [remark.text for remark in dossier.matter.remarks.all()] == [""]


@pytest.mark.parametrize("legal_source", ["", " "])
def test_only_by_a_law_that_is_named(cast: Cast, legal_source: str) -> None:
    with pytest.raises(ValueError, match="law"):
        services.erase_personal_data(dossier=cast.returned(), by=cast.here.leader, at=NOW, legal_source=legal_source)


def test_an_open_dossier_is_not_erased(cast: Cast) -> None:
    with pytest.raises(ValueError, match="closed"):
        services.erase_personal_data(dossier=cast.settled(), by=cast.here.leader, at=NOW, legal_source=LAW)
    assert queries.filing_content(cast.settled())


def test_the_database_refuses_to_blank_a_filing_without_the_event(cast: Cast) -> None:
    cast.returned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.update(content="")
    assert Filing.objects.get().content


def test_one_erased_dossier_does_not_open_another(cast: Cast) -> None:
    first, second = cast.returned(), cast.returned()
    services.erase_personal_data(dossier=first, by=cast.here.leader, at=NOW, legal_source=LAW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.filter(dossier=second).update(content="")

"""Personal values leave by law; the proof that something happened stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.dossiers import queries, services
from motcua.dossiers.models import Applicant, Dossier, Filing, Paper, Result, Returning
from motcua.dossiers.services import ComponentData, FileData, uploads
from motcua.kernel import files, ledger, outbox
from motcua.kernel.files import File
from tests.cast import BIRTH, CERTIFY, NOW, TODAY, Cast, applicant

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


def test_no_word_of_a_crooked_road_names_the_person(cast: Cast) -> None:
    dossier, name = cast.take_in(BIRTH).dossier, applicant().full_name
    case, leader, approver = cast.here.case, cast.here.leader, cast.here.approver
    file = files.keep(b"%PDF- opinion", type="application/pdf")
    until = NOW + timedelta(days=3, hours=8)
    services.ask_opinion(
        dossier=dossier, office=cast.there.commune, by=case, at=NOW, question=name, due_at=until, file=file
    )
    services.give_opinion(dossier=dossier, by=cast.there.leader, at=NOW, answer=name, file=file)
    services.propose_extension(
        dossier=dossier, by=approver, at=NOW, reason_code="complex", reason=name, new_due_at=until
    )
    services.complete_step(dossier=dossier, by=case, at=NOW)
    services.undo_last(dossier=dossier, by=case, at=NOW, reason=name)
    change = {"reason_code": "other", "reason": name}
    services.change_edition(dossier=dossier, procedure=CERTIFY, by=approver, at=NOW, **change)
    services.settle_dossier(dossier=dossier, by=approver, at=NOW, result_name="Bản sao")
    services.undo_last(dossier=dossier, by=leader, at=NOW, reason=name)
    services.transfer_dossier(dossier=dossier, to=cast.there.commune, by=approver, at=NOW, reason=name)
    why = {"reason_code": "other", "reason": name, "legal_basis": "Luật mẫu"}
    dossier = services.stop_dossier(dossier=dossier, by=cast.there.approver, at=NOW, **why)
    assert any(name in said.text for said in queries.said_of(dossier, queries.history_of(dossier)))
    services.erase_personal_data(dossier=dossier, by=leader, at=NOW, legal_source=LAW)
    said = queries.said_of(dossier, queries.history_of(dossier))
    assert len(said) >= 6
    assert not any(name in each.text or name in (each.more or "") for each in said)
    assert not Result.objects.filter(revoke_reason=name).exists()
    outbox.run_due(NOW)
    assert not file.path.exists()


def _sent(content: bytes) -> ComponentData:
    kept = uploads.keep_upload(
        content=b"%PDF-" + content + b"%%EOF", name="Đỗ Thị Mẫu.pdf", network="203.0.113.1", at=NOW
    )
    return ComponentData("birth_paper", (FileData(kept.sha256, kept.size, kept.name),), kind="copy", quantity=1)


def _returned(cast: Cast, *contents: bytes) -> Dossier:
    dossier = cast.file(BIRTH, components=[_sent(content) for content in contents[:1]]).dossier
    services.refuse_dossier(dossier=dossier, by=cast.here.intake, at=NOW, reason_code="incomplete", reason="Mờ")
    return Dossier.objects.get(pk=dossier.pk)


def test_the_papers_leave_the_disk_and_their_names_the_rows(cast: Cast) -> None:
    dossier = _returned(cast, b"one")
    path = Paper.objects.get().file.path
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source=LAW)
    assert path.exists()  # nothing leaves the disk before the erasure is durable
    outbox.run_due(NOW)
    assert not path.exists()
    assert Paper.objects.get().name == ""
    assert File.objects.filter(pk=Paper.objects.get().file_id).exists()


def test_bytes_that_somebody_else_handed_in_as_well_stay(cast: Cast) -> None:
    first, second = _returned(cast, b"same"), _returned(cast, b"same")
    path = Paper.objects.first().file.path
    services.erase_personal_data(dossier=first, by=cast.here.leader, at=NOW, legal_source=LAW)
    outbox.run_due(NOW)
    assert path.exists()
    services.erase_personal_data(dossier=second, by=cast.here.leader, at=NOW, legal_source=LAW)
    outbox.run_due(NOW)
    assert not path.exists()
    again = uploads.keep_upload(content=b"%PDF-same%%EOF", name="a.pdf", network="203.0.113.1", at=NOW)
    assert files.read(again.sha256) == b"%PDF-same%%EOF"


def test_the_database_refuses_to_blank_the_name_of_a_paper_without_the_event(cast: Cast) -> None:
    _returned(cast, b"two")
    for change in ({"name": ""}, {"sid": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Paper.objects.update(**change)


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

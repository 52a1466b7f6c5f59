"""What a number promises: each way of breaking it is found, named in words, and shown to the one who asks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from motcua.dossiers import rules, services
from motcua.dossiers.models import Dossier, Filing, Paper
from motcua.kernel import files, matters, watch
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from tests.cast import NOW, Cast
from tests.harm import unprotected

LATER = NOW + timedelta(minutes=1)


def found() -> list[str]:
    return sorted(kind for _matter, kind in watch.look_at_all(LATER))


def test_whatever_officers_do_every_promise_holds(cast: Cast) -> None:
    cast.file()
    cast.returned()
    assert found() == []


def _nobody_has_it(dossier: Dossier) -> None:
    WorkItem.objects.update(closed_by=dossier.matter.events.first())


def _finished_with_work(dossier: Dossier) -> None:
    Dossier.objects.update(state="refused")


def _filing_gone(dossier: Dossier) -> None:
    with unprotected():
        Filing.objects.all().delete()


def _content_changed(dossier: Dossier) -> None:
    with unprotected():
        Filing.objects.update(content=dossier.filings.get().content.replace("Mẫu", "Khác"))


def _content_and_digest_changed(dossier: Dossier) -> None:
    content = dossier.filings.get().content.replace("Mẫu", "Khác")
    with unprotected():
        Filing.objects.update(content=content, sha256=rules.sha256(content))


def _event_gone(dossier: Dossier) -> None:
    with unprotected():
        Event.objects.filter(matter=dossier.matter).update(type="dossiers.other")


def _number_without_dossier(dossier: Dossier) -> None:
    matters.open_matter(kind="dossier", reference="H36.24-261123-9999", title="Việc mẫu", at=NOW, parties=[])


def _paper_gone(dossier: Dossier) -> None:
    file = files.keep(b"a paper of its own", type="application/pdf")
    Paper.objects.create(filing=dossier.filings.get(), sid="original", position=7, file=file, name="a.pdf")
    file.path.unlink()


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (_nobody_has_it, "no_work"),
        (_finished_with_work, "work_left"),
        (_filing_gone, "no_filing"),
        (_event_gone, "no_event"),
        (_number_without_dossier, "no_dossier"),
        (_content_changed, "other_content"),
        (_content_and_digest_changed, "other_content"),
        (_paper_gone, "no_paper"),
    ],
)
def test_each_harm_is_found_by_its_name(cast: Cast, harm: Callable[[Dossier], None], kind: str) -> None:
    harm(cast.file().dossier)
    assert kind in found()
    assert str(watch.words_of(kind)).endswith(".")


def test_what_was_erased_by_law_breaks_no_promise(cast: Cast) -> None:
    dossier = cast.returned()
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=LATER, legal_source="Luật 91/2025/QH15")
    assert found() == []


def test_the_applicant_is_told_that_the_dossier_is_looked_at_and_whom_to_call(cast: Cast, client: Client) -> None:
    filed = cast.file()
    asked = {"number": filed.number, "claim_code": filed.claim_code}
    sentence = "Chúng tôi đang kiểm tra hồ sơ này"
    assert sentence not in client.post("/status/", asked).content.decode()
    _nobody_has_it(filed.dossier)
    watch.look(LATER)
    said = client.post("/status/", asked).content.decode()
    assert sentence in said
    assert "0300000000" in said

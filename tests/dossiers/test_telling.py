"""A message that does not arrive: visible on the dossier, somebody's work in the inbox, never only a line in a log."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from motcua.dossiers import queries, rules, services
from motcua.dossiers.models import Dossier
from motcua.kernel import outbox, outside, watch
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from tests.cast import CERTIFY, NOW, Cast

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def undelivered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    """A dossier whose first message the mail server refuses for good."""
    with monkeypatch.context() as patch:
        patch.setattr("motcua.ui.mail.send", refuse)
        dossier = cast.file().dossier
        outbox.run_due(NOW)
    return dossier


def refuse(message: object) -> None:
    raise outside.Refused("550")


def item() -> WorkItem:
    return WorkItem.objects.get(act=rules.TELL)


def signed_in(client: Client, cast: Cast) -> Client:
    client.force_login(cast.here.intake.account)
    return client


def test_it_becomes_the_receiving_offices_work_within_a_working_day(cast: Cast, undelivered: Dossier) -> None:
    assert (item().office, item().matter, item().closed_by) == (cast.here.centre, undelivered.matter, None)
    assert NOW < item().due_at < NOW + timedelta(days=4)
    assert [each.type for each in queries.history_of(undelivered)][-1] == "dossiers.message_undelivered"


def test_it_moves_nothing_and_breaks_no_promise(undelivered: Dossier) -> None:
    step = queries.open_item(undelivered)
    assert step is not None
    assert step.act == "receive"
    assert watch.look_at_all(LATER) == {}


def test_the_inbox_says_what_to_do_and_the_dossier_whom_to_call(
    cast: Cast, undelivered: Dossier, client: Client
) -> None:
    inbox = signed_in(client, cast).get("/desk/").content.decode()
    assert "Báo cho người nộp" in inbox
    page = client.get(f"/desk/dossiers/{undelivered.number}/").content.decode()
    assert "không đến nơi" in page
    assert "tel:0300000001" in page


@pytest.mark.parametrize("way", rules.WAYS_OF_TELLING)
def test_an_officer_says_how_the_applicant_was_told(cast: Cast, undelivered: Dossier, client: Client, way: str) -> None:
    address = f"/desk/dossiers/{undelivered.number}/messages/{Delivery.objects.get().pk}/"
    assert signed_in(client, cast).post(address, {"way": way}).status_code == 302
    closed = item().closed_by
    assert closed is not None
    assert (closed.type, closed.payload["way"], closed.actor) == ("dossiers.applicant_told", way, cast.here.intake)


def test_an_officer_can_have_it_tried_again_and_it_comes_back_if_that_fails(
    cast: Cast, undelivered: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = {"dossier": undelivered, "delivery": Delivery.objects.get(), "by": cast.here.intake, "at": LATER}
    services.send_again(**again)
    with monkeypatch.context() as patch:
        patch.setattr("motcua.ui.mail.send", refuse)
        outbox.run_due(LATER)
    assert WorkItem.objects.filter(act=rules.TELL, closed_by=None).count() == 1
    services.send_again(**again)
    outbox.run_due(LATER)
    assert (Delivery.objects.get().state, len(mail.outbox)) == ("delivered", 1)
    assert not WorkItem.objects.filter(act=rules.TELL, closed_by=None).exists()


def test_what_a_colleague_has_done_already_is_said_and_not_done_twice(
    cast: Cast, undelivered: Dossier, client: Client
) -> None:
    address = f"/desk/dossiers/{undelivered.number}/messages/{Delivery.objects.get().pk}/"
    for _ in range(2):
        page = signed_in(client, cast).post(address, {"way": "phone"}, follow=True).content.decode()
    assert "đồng nghiệp" in page
    told = [event for event in queries.history_of(undelivered) if event.type == "dossiers.applicant_told"]
    assert len(told) == 1


def test_nobody_of_another_commune_and_nobody_without_the_right_can_answer(
    cast: Cast, undelivered: Dossier, client: Client
) -> None:
    address = f"/desk/dossiers/{undelivered.number}/messages/{Delivery.objects.get().pk}/"
    client.force_login(cast.there.intake.account)
    assert client.post(address, {"way": "phone"}).status_code == 404
    client.force_login(cast.here.leader.account)
    assert "không" in client.post(address, {"way": "phone"}, follow=True).content.decode()
    assert item().closed_by is None
    assert signed_in(client, cast).post(address, {"way": "by pigeon"}).status_code == 404


def test_a_message_about_a_finished_dossier_is_still_to_be_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = cast.returned(CERTIFY)
    monkeypatch.setattr("motcua.ui.mail.send", refuse)
    outbox.run_due(NOW)
    assert WorkItem.objects.filter(act=rules.TELL, closed_by=None, matter=dossier.matter).exists()
    assert queries.open_item(dossier) is None
    assert watch.look_at_all(LATER) == {}


def test_nobody_has_to_tell_somebody_who_was_erased_by_law(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = cast.returned(CERTIFY)
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source="Luật 91/2025/QH15")
    for delivery in Delivery.objects.all():
        services.note_undelivered(delivery=delivery, at=NOW)
    assert not WorkItem.objects.filter(act=rules.TELL).exists()

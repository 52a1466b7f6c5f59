"""A request is filed once, under a number of its own, whoever sends it how often."""

import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers import policies, queries, services
from motcua.dossiers.models import Applicant, Dossier, Filing
from motcua.kernel import ledger
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from tests.cast import BIRTH, CERTIFY, NOW, OPEN_LIMIT, TODAY, Cast, applicant, limit, paper


def types(dossier: Dossier) -> list[str]:
    """What happened, in order."""
    return [event.type.removeprefix("dossiers.") for event in queries.history_of(dossier)]


def test_an_online_request_gets_a_number_a_message_and_somebody_to_look_at_it(cast: Cast) -> None:
    filed = cast.file()
    item = queries.open_item(filed.dossier)
    assert filed.number == "H36.24-261123-0001"
    assert (filed.dossier.state, types(filed.dossier)) == ("submitted", ["filed"])
    assert item is not None
    assert (item.step, item.office) == ("receive", cast.here.centre)
    assert Delivery.objects.get().payload == {"dossier": filed.number}


def test_the_first_look_is_due_within_eight_working_hours_and_a_holiday_is_none(cast: Cast) -> None:
    item = queries.open_item(cast.file().dossier)
    assert item is not None
    # Monday nine o'clock: six and a half hours are left that day, Tuesday rests, Wednesday until nine.
    assert item.due_at == NOW + timedelta(days=2)


def test_nothing_is_due_before_receipt(cast: Cast) -> None:
    dossier = cast.file().dossier
    assert dossier.due_at is None
    assert queries.due_of(dossier).reason == "not_started"


def test_at_the_counter_it_is_filed_and_received_in_one_act(cast: Cast) -> None:
    dossier = cast.take_in(components=[paper()]).dossier
    assert (dossier.state, types(dossier)) == ("received", ["filed", "received"])
    assert all(event.actor == cast.here.intake for event in queries.history_of(dossier))
    assert Delivery.objects.count() == 1


def test_without_an_address_the_message_is_a_note_at_the_centre(cast: Cast) -> None:
    cast.file(applicant=applicant(email=""))
    assert Delivery.objects.get().target == "dossiers.note"


@pytest.mark.parametrize("way", ["file", "take_in"])
def test_the_same_request_again_is_given_the_same_answer(cast: Cast, way: str) -> None:
    send: Callable[..., services.Filed] = getattr(cast, way)
    first = send(BIRTH, op_id="once", request_sha256="a" * 64)
    second = send(BIRTH, op_id="once", request_sha256="a" * 64, at=NOW + timedelta(hours=5))
    assert (first.repeated, second.repeated) == (False, True)
    assert (first.number, first.claim_code) == (second.number, second.claim_code)
    assert Dossier.objects.count() == Filing.objects.count() == 1


def test_another_request_under_the_same_key_is_told_so(cast: Cast) -> None:
    cast.file(op_id="once", request_sha256="a" * 64)
    with pytest.raises(services.KeyUsedForAnotherRequest):
        cast.file(op_id="once", request_sha256="b" * 64)
    assert Dossier.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_the_same_moment_are_one_dossier(cast: Cast) -> None:
    together = threading.Barrier(2, timeout=20)
    answers: list[services.Filed] = []
    request = cast.request(BIRTH, op_id="once", request_sha256="a" * 64, channel="online")

    def send() -> None:
        try:
            together.wait()
            answers.append(services.file_dossier(**request))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [len(answers), len({answer.number for answer in answers})] == [2, 1]
    assert len({answer.claim_code for answer in answers}) == 1
    assert Dossier.objects.count() == Filing.objects.count() == WorkItem.objects.count() == 1
    assert sorted(answer.repeated for answer in answers) == [False, True]


def test_numbers_run_on_in_each_commune_by_itself(cast: Cast) -> None:
    numbers = [cast.file().number, cast.take_in().number, cast.file(BIRTH, cast.there).number]
    assert numbers == ["H36.24-261123-0001", "H36.24-261123-0002", "H36.25-261123-0001"]


def test_a_number_given_is_never_given_again_whatever_became_of_the_dossier(cast: Cast) -> None:
    first = cast.file()
    services.refuse_dossier(
        dossier=first.dossier, by=cast.here.intake, at=NOW, reason_code="incomplete", reason="Thiếu giấy"
    )
    assert cast.file().number != first.number


def test_what_is_refused_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(services.LimitNeeded):
        cast.take_in(OPEN_LIMIT)
    counts = [model.objects.count() for model in (Dossier, Filing, Applicant, WorkItem, Delivery)]
    assert counts == [0] * 5
    assert cast.take_in(OPEN_LIMIT, limit=limit()).number.endswith("-0001")


def test_the_limit_named_at_the_counter_is_kept_with_its_source(cast: Cast) -> None:
    dossier = cast.take_in(OPEN_LIMIT, limit=limit(2)).dossier
    assert dossier.limit is not None
    assert (dossier.limit["value"], dossier.limit["legal_source"]) == (2, limit().legal_source)
    # Tuesday rests, so the second working day is Thursday.
    assert dossier.due_at == NOW + timedelta(days=3, hours=8)


def test_only_an_officer_of_that_commune_takes_in(cast: Cast) -> None:
    for person in (cast.there.intake, cast.here.case, cast.here.administrator):
        with pytest.raises(policies.NotAllowed):
            cast.take_in(by=person)
    assert not Dossier.objects.exists()


def test_the_filing_can_be_read_alone_and_its_digest_is_in_the_event(cast: Cast) -> None:
    dossier = cast.file(components=[paper("birth_paper")]).dossier
    content, filing = queries.filing_content(dossier), Filing.objects.get()
    assert content["applicant"]["full_name"] == applicant().full_name
    assert content["procedure"]["name"] == "Đăng ký khai sinh"
    assert content["components"][0]["title"] == "Giấy chứng sinh"
    assert content["readback"][0]["rows"][0][:3] == ["full_name", "Họ tên", content["answers"]["full_name"]]
    assert queries.history_of(dossier)[0].payload["filing_sha256"] == filing.sha256


def test_two_filings_alike_have_different_digests(cast: Cast) -> None:
    cast.file()
    cast.file()
    assert Filing.objects.values("sha256").distinct().count() == 2


def test_no_event_says_who_asked(cast: Cast) -> None:
    dossier = cast.returned(BIRTH)
    said = str([event.payload for event in ledger.history(dossier.matter)])
    for value in asdict(applicant()).values():
        assert value not in said


def test_a_dossier_stays_on_the_edition_under_which_it_was_filed(cast: Cast) -> None:
    dossier = cast.take_in(CERTIFY).dossier
    assert queries.edition_of(dossier) is cast.edition(CERTIFY)
    assert queries.edition_of(dossier).key == cast.edition(CERTIFY, day=TODAY).key

"""Asking for a supplement and answering it: named places, a clock that stands, a second filing beside the first."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.dossiers import policies, queries, services
from motcua.dossiers.models import Dossier, Filing, Paper, SupplementDraft, SupplementRequest
from motcua.dossiers.services import Need, SupplementIncomplete, SupplementUnfit
from motcua.dossiers.services.supplements import drafts
from motcua.kernel import clock, ledger, organisation
from motcua.kernel.identity import Post
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from motcua.kernel.workflow import Refused
from tests.cast import BIRTH, CERTIFY, NOW, TODAY, Cast, limit
from tests.dossiers import birth
from tests.dossiers.asked import DAY, HOUR, LATER, NAME, PAPER, answer, ask, photo


def received(cast: Cast) -> Dossier:
    """A birth that the case officer has before him."""
    return services.receive_dossier(dossier=cast.file(BIRTH).dossier, by=cast.here.intake, at=NOW, limit=limit(3))


def work(dossier: Dossier) -> list[tuple[str, str]]:
    """The open work: step and office."""
    items = WorkItem.objects.filter(matter=dossier.matter, closed_by=None).order_by("id")
    return list(items.values_list("step", "office__code"))


def types(dossier: Dossier) -> list[str]:
    return [event.type.removeprefix("dossiers.") for event in queries.history_of(dossier)]


def again(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related(*policies.RELATED).get(pk=dossier.pk)


# --- asking -----------------------------------------------------------------------------------------------------------
def test_the_first_request_is_sent_at_once_and_the_clock_stands(cast: Cast) -> None:
    dossier = received(cast)
    request = ask(dossier, cast.here.case, LATER)
    now = again(dossier)
    assert (now.state, now.due_at) == ("supplement_requested", None)
    assert work(dossier) == [("await_supplement", cast.here.civil_status.code)]
    assert (request.n, request.accepted, request.sent_at) == (1, True, LATER)
    event = next(each for each in queries.history_of(dossier) if each.type == "dossiers.supplement_requested")
    assert event.payload["items"] == ["field:full_name:contradicts", "component:birth_paper:unreadable"]
    assert Delivery.objects.filter(event=event).count() == 1
    assert queries.due_of(now).reason == "paused"
    assert not queries.asked_more_than_once(dossier)


def test_events_of_a_supplement_carry_no_words(cast: Cast) -> None:
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER)
    answer(dossier, LATER + HOUR)
    said = json.dumps([event.payload for event in queries.history_of(dossier)], ensure_ascii=False)
    assert "Mẫu" not in said
    assert "chứng sinh" not in said


Change = Callable[[Cast], dict[str, Any]]
NO_FIELD, NO_PAPER = Need("field", "colour", "missing", "x"), Need("component", "colour", "missing", "x")


@pytest.mark.parametrize(
    ("items", "more", "fault"),
    [
        ((NO_FIELD,), {}, ("field:colour", "unknown")),
        ((NO_PAPER,), {}, ("component:colour", "unknown")),
        ((Need("component", "full_name", "missing", "x"),), {}, ("component:full_name", "unknown")),
        ((Need("field", "full_name", "no_such", "x"),), {}, ("field:full_name", "reason")),
        ((Need("field", "full_name", "other", " "),), {}, ("field:full_name", "remedy")),
        ((NAME, NAME), {}, ("field:full_name", "twice")),
        ((NAME,), {"contact": " "}, ("contact", "blank")),
        ((NAME,), {"answer_by": LATER}, ("answer_by", "past")),
        ((NAME,), {"answer_by": NOW - DAY}, ("answer_by", "past")),
    ],
)
def test_a_request_names_places_of_the_version_with_reason_remedy_contact_and_a_later_day(
    cast: Cast, items: tuple[Need, ...], more: dict[str, Any], fault: tuple[str, str]
) -> None:
    dossier = received(cast)
    with pytest.raises(SupplementUnfit) as caught:
        ask(dossier, cast.here.case, LATER, *items, **more)
    assert fault in caught.value.faults
    assert again(dossier).state == "received"
    assert not SupplementRequest.objects.exists()


def test_nothing_is_asked_for_without_naming_anything(cast: Cast) -> None:
    with pytest.raises(SupplementUnfit, match="items: none"):
        services.request_supplement(
            dossier=received(cast), by=cast.here.case, at=LATER, items=(), contact="x", answer_by=LATER + DAY
        )


def test_a_question_that_is_not_asked_with_these_answers_cannot_be_pointed_at(cast: Cast) -> None:
    birth.publish(cast)
    answers = {"child_name": "Đỗ Mẫu An", "born": "2026-11-03", "with_father": False}
    dossier = cast.file(birth.CODE, answers=answers).dossier
    with pytest.raises(SupplementUnfit, match="father_name"):
        ask(dossier, cast.here.intake, LATER, Need("field", "father_name", "missing", "Ghi tên cha."))


def test_only_whoever_has_the_work_asks(cast: Cast) -> None:
    dossier = received(cast)
    for stranger in (cast.here.intake, cast.there.case, cast.here.administrator):
        with pytest.raises(policies.NotAllowed):
            ask(dossier, stranger, LATER)


def test_a_moment_before_the_last_event_is_refused(cast: Cast) -> None:
    dossier = received(cast)
    with pytest.raises(ledger.BeforeLastEvent):
        ask(dossier, cast.here.case, NOW - HOUR, answer_by=NOW + DAY)
    ask(dossier, cast.here.case, LATER)
    with pytest.raises(ValueError, match="forward in time"):
        services.cancel_supplement(dossier=dossier, by=cast.here.case, at=NOW)


@pytest.mark.parametrize("state", ["result_ready", "returned", "refused", "supplement_requested"])
def test_nothing_is_asked_for_where_it_is_too_late(cast: Cast, state: str) -> None:
    dossier = cast.file(BIRTH).dossier
    if state in ("result_ready", "returned"):
        dossier = cast.settled() if state == "result_ready" else cast.returned()
    elif state == "refused":
        services.refuse_dossier(dossier=dossier, by=cast.here.intake, at=NOW, reason_code="other", reason="Mẫu")
    else:
        ask(dossier, cast.here.intake, LATER)
    with pytest.raises((Refused, services.NothingOpen)):
        ask(dossier, cast.here.intake, LATER + HOUR)


# --- a further request ------------------------------------------------------------------------------------------------
def asked_twice(cast: Cast) -> Dossier:
    """Mended once; the case officer proposes to ask again."""
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER)
    answer(dossier, LATER + HOUR)
    ask(dossier, cast.here.case, LATER + 2 * HOUR, PAPER, repeat_reason="Ảnh mới vẫn mờ.")
    return again(dossier)


def test_a_second_request_says_why_and_waits_for_an_approver(cast: Cast) -> None:
    dossier = asked_twice(cast)
    assert dossier.state == "received"
    assert work(dossier) == [
        ("process", cast.here.civil_status.code),
        ("~decide-supplement-2", cast.here.commune.code),
    ]
    assert types(dossier)[-1] == "supplement_proposed"
    assert not queries.asked_more_than_once(dossier)
    with pytest.raises(services.AlreadyAsked):
        ask(dossier, cast.here.case, LATER + 3 * HOUR, PAPER, repeat_reason="Nữa")


def test_a_second_request_without_a_reason_is_refused(cast: Cast) -> None:
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER)
    answer(dossier, LATER + HOUR)
    with pytest.raises(SupplementUnfit, match="repeat_reason"):
        ask(dossier, cast.here.case, LATER + 2 * HOUR, PAPER)


def test_an_accepted_second_request_is_sent_and_counts_late(cast: Cast) -> None:
    dossier = asked_twice(cast)
    at = LATER + 3 * HOUR
    services.decide_supplement(dossier=dossier, n=2, by=cast.here.approver, at=at, accept=True)
    after = types(dossier).index("supplement_decided")
    assert types(dossier)[after : after + 2] == ["supplement_decided", "supplement_requested"]
    assert work(dossier) == [("await_supplement", cast.here.civil_status.code)]
    assert queries.asked_more_than_once(dossier)
    second = answer(dossier, at + HOUR, {}, op_id="mend-2")
    assert second.filing.n == 3
    assert [each.n for each in queries.supplement_requests_of(dossier)] == [1, 2]


def test_a_refused_second_request_leaves_the_work_where_it_was(cast: Cast) -> None:
    dossier, at = asked_twice(cast), LATER + 3 * HOUR
    with pytest.raises(SupplementUnfit, match="note"):
        services.decide_supplement(dossier=dossier, n=2, by=cast.here.approver, at=at, accept=False)
    services.decide_supplement(dossier=dossier, n=2, by=cast.here.approver, at=at, accept=False, note="Ảnh đọc được.")
    assert work(dossier) == [("process", cast.here.civil_status.code)]
    assert not queries.asked_more_than_once(dossier)
    third = ask(dossier, cast.here.case, at + HOUR, PAPER, repeat_reason="Xem lại ảnh trang 2.")
    assert (third.n, third.accepted) == (3, None)


def test_whoever_proposed_it_takes_it_back_and_nobody_else_decides(cast: Cast) -> None:
    dossier, at = asked_twice(cast), LATER + 3 * HOUR
    for stranger in (cast.here.intake, cast.there.approver):
        with pytest.raises(policies.NotAllowed):
            services.decide_supplement(dossier=dossier, n=2, by=stranger, at=at, accept=True)
    with pytest.raises(policies.NotAllowed):
        services.decide_supplement(dossier=dossier, n=2, by=cast.here.case, at=at, accept=True)
    taken = services.decide_supplement(
        dossier=dossier, n=2, by=cast.here.case, at=at, accept=False, note="Không cần nữa."
    )
    assert taken.accepted is False


def test_of_two_who_decide_the_second_finds_nothing_open(cast: Cast) -> None:
    dossier, at = asked_twice(cast), LATER + 3 * HOUR
    services.decide_supplement(dossier=dossier, n=2, by=cast.here.approver, at=at, accept=True)
    with pytest.raises(services.NothingOpen):
        services.decide_supplement(dossier=dossier, n=2, by=cast.here.leader, at=at, accept=False, note="Không")


def test_a_day_to_answer_by_that_passed_while_it_was_decided_is_given_anew(cast: Cast) -> None:
    dossier, at = asked_twice(cast), LATER + 20 * DAY
    with pytest.raises(SupplementUnfit, match="answer_by"):
        services.decide_supplement(dossier=dossier, n=2, by=cast.here.approver, at=at, accept=True)
    services.decide_supplement(dossier=dossier, n=2, by=cast.here.approver, at=at, accept=True, answer_by=at + 5 * DAY)
    assert WorkItem.objects.get(matter=dossier.matter, closed_by=None).due_at == at + 5 * DAY


def test_an_approver_who_asks_again_decides_at_once(cast: Cast) -> None:
    dossier = cast.take_in(CERTIFY).dossier
    need = Need("component", "original", "unreadable", "Mang bản chính rõ hơn.")
    ask(dossier, cast.here.approver, LATER, need)
    answer(dossier, LATER + HOUR, {}, [photo("original")])
    request = ask(dossier, cast.here.approver, LATER + 2 * HOUR, need, repeat_reason="Trang 2 vẫn mờ.")
    assert (request.accepted, again(dossier).state) == (True, "supplement_requested")


# --- answering --------------------------------------------------------------------------------------------------------
def test_the_supplement_is_a_second_filing_and_the_first_stays_as_it_was(cast: Cast) -> None:
    dossier = received(cast)
    first = Filing.objects.get(dossier=dossier)
    ask(dossier, cast.here.case, LATER)
    done = answer(dossier, LATER + HOUR)
    second = Filing.objects.get(dossier=dossier, n=2)
    assert done.filing == second
    assert Filing.objects.get(n=1).content == first.content
    said = json.loads(second.content)
    assert said["answers"] == {"full_name": "Đỗ Mẫu Bình"}
    assert said["number"] == dossier.number
    assert [each["title"] for each in said["asked"]] == ["Họ tên", "Giấy chứng sinh"]
    assert [row for section in said["readback"] for row in section["rows"]] == [["full_name", "Họ tên", "Đỗ Mẫu Bình"]]
    assert Paper.objects.get(filing=second).sid == "birth_paper"
    assert queries.answers_of(dossier) == {"full_name": "Đỗ Mẫu Bình"}
    assert queries.history_of(dossier)[-1].payload["filing_sha256"] == second.sha256
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.filter(n=2).update(content="{}")


def test_the_interrupted_step_goes_on_with_whoever_had_it_and_the_pause_is_added(cast: Cast) -> None:
    dossier = received(cast)
    services.take_work(dossier=dossier, by=cast.here.case, at=NOW)
    before = again(dossier).due_at
    ask(dossier, cast.here.case, LATER)
    done = answer(dossier, LATER + 7 * DAY).dossier
    assert (done.state, work(dossier)) == ("received", [("process", cast.here.civil_status.code)])
    item = WorkItem.objects.get(matter=dossier.matter, closed_by=None)
    assert (item.assignee, item.act, item.due_at) == (cast.here.case, "process", done.due_at)
    assert before is not None
    assert done.due_at is not None
    # Seven days with a weekend and the holiday on Tuesday are four working days: from Monday 23 to Monday 30.
    assert done.due_at - before == timedelta(days=7)
    assert "tạm dừng" in clock.explain(queries.due_of(done).why, "vi")
    assert types(dossier)[-1] == "supplement_filed"
    assert list(ledger.breaks()) == []


def test_before_receipt_no_clock_stands_and_the_intake_gets_a_new_moment(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    ask(dossier, cast.here.intake, LATER)
    assert dossier.matter.clock_entries.count() == 0
    done = answer(dossier, LATER + 2 * DAY).dossier
    item = WorkItem.objects.get(matter=dossier.matter, closed_by=None)
    assert (done.state, item.step, done.due_at) == ("submitted", "receive", None)
    assert item.due_at > LATER + 2 * DAY
    services.receive_dossier(dossier=done, by=cast.here.intake, at=LATER + 3 * DAY, limit=limit())


def test_somebody_who_left_the_post_does_not_get_the_step_back(cast: Cast) -> None:
    dossier = received(cast)
    services.take_work(dossier=dossier, by=cast.here.case, at=NOW)
    ask(dossier, cast.here.case, LATER)
    Post.objects.filter(person=cast.here.case).update(valid_to=TODAY + DAY)
    answer(dossier, LATER + 3 * DAY)
    assert WorkItem.objects.get(matter=dossier.matter, closed_by=None).assignee is None


def test_the_same_supplement_twice_is_one_filing(cast: Cast) -> None:
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER)
    first, second = answer(dossier, LATER + HOUR), answer(dossier, LATER + 2 * HOUR)
    assert (first.repeated, second.repeated) == (False, True)
    assert second.filing == first.filing
    with pytest.raises(services.KeyUsedForAnotherRequest):
        answer(dossier, LATER + HOUR, {"full_name": "Ai Khác Mẫu"}, request_sha256="c" * 64)
    assert Filing.objects.filter(dossier=dossier).count() == 2


def test_a_key_counts_for_one_dossier(cast: Cast) -> None:
    dossier, other = received(cast), received(cast)
    for each in (dossier, other):
        ask(each, cast.here.case, LATER)
    answer(dossier, LATER + HOUR, op_id="same")
    with pytest.raises(services.KeyUsedForAnotherRequest):
        answer(other, LATER + HOUR, op_id="same")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keys", [("one", "one"), ("one", "two")])
def test_of_two_supplements_at_once_one_is_filed(cast: Cast, keys: tuple[str, str]) -> None:
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER)
    paper = photo()
    together = threading.Barrier(2, timeout=20)
    outcomes: list[str] = []

    def send(key: str) -> None:
        try:
            together.wait()
            done = answer(dossier, LATER + HOUR, components=[paper], op_id=key)
            outcomes.append("again" if done.repeated else "filed")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == (["again", "filed"] if keys[0] == keys[1] else ["filed", "refused"])
    assert Filing.objects.filter(dossier=dossier).count() == 2
    assert len(work(dossier)) == 1


@pytest.mark.parametrize(
    ("answers", "papers", "sids"),
    [
        ({}, ["birth_paper"], {"full_name"}),
        ({"full_name": ""}, ["birth_paper"], {"full_name"}),
        ({"full_name": "Đỗ Mẫu Bình"}, [], {"birth_paper"}),
        ({"full_name": "Đỗ Mẫu Bình", "colour": "đỏ"}, ["birth_paper"], {"colour"}),
        ({"full_name": "Đỗ Mẫu Bình"}, ["birth_paper", "original"], {"original"}),
        ({"full_name": 7}, ["birth_paper"], {"full_name"}),
    ],
)
def test_all_that_was_asked_for_and_nothing_else_is_taken(
    cast: Cast, answers: dict[str, Any], papers: list[str], sids: set[str]
) -> None:
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER)
    with pytest.raises(SupplementIncomplete) as caught:
        answer(dossier, LATER + HOUR, answers, [photo(sid) for sid in papers])
    wrong = caught.value
    assert {*(each.sid for each in wrong.problems), *wrong.missing, *wrong.not_asked} == sids
    assert again(dossier).state == "supplement_requested"
    assert Filing.objects.filter(dossier=dossier).count() == 1


def test_another_answer_opens_the_question_that_it_calls_for(cast: Cast) -> None:
    birth.publish(cast)
    answers = {"child_name": "Đỗ Mẫu An", "born": "2026-11-03", "with_father": False}
    dossier = cast.file(birth.CODE, answers=answers, components=[photo()]).dossier
    request = ask(
        dossier, cast.here.intake, LATER, Need("field", "with_father", "contradicts", "Xem lại việc khai cha.")
    )
    opened = queries.opened_by(again(dossier), request, TODAY)
    assert opened.fields == {"with_father", "father_name"}
    assert [page.sid for page in opened.pages({})] == ["child"]
    assert [page.sid for page in opened.pages({"with_father": True})] == ["child", "father"]
    with pytest.raises(SupplementIncomplete) as caught:
        answer(dossier, LATER + HOUR, {"with_father": True}, [])
    assert [each.sid for each in caught.value.problems] == ["father_name"]
    done = answer(dossier, LATER + HOUR, {"with_father": True, "father_name": "Đỗ Mẫu Cha"}, [])
    assert json.loads(done.filing.content)["answers"] == {"with_father": True, "father_name": "Đỗ Mẫu Cha"}


def test_a_late_answer_is_taken_and_an_answer_after_the_end_is_not(cast: Cast) -> None:
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER, answer_by=LATER + DAY)
    answer(dossier, LATER + 30 * DAY)
    ended = cast.returned()
    with pytest.raises(Refused):
        answer(ended, LATER + DAY)


def test_at_the_counter_whoever_receives_enters_it_for_the_person(cast: Cast) -> None:
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER)
    with pytest.raises(policies.NotAllowed):
        answer(dossier, LATER + HOUR, by=cast.there.intake)
    brought = services.ComponentData("birth_paper", kind="original", quantity=1)
    done = answer(dossier, LATER + HOUR, components=[brought], by=cast.here.intake)
    event = queries.history_of(dossier)[-1]
    assert (event.actor, event.office) == (cast.here.intake, cast.here.centre)
    assert json.loads(done.filing.content)["channel"] == "direct"


def test_the_office_that_needs_nothing_any_more_goes_on(cast: Cast) -> None:
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER)
    with pytest.raises(policies.NotAllowed):
        services.cancel_supplement(dossier=dossier, by=cast.there.case, at=LATER + HOUR)
    services.cancel_supplement(dossier=dossier, by=cast.here.case, at=LATER + HOUR)
    assert (again(dossier).state, types(dossier)[-1]) == ("received", "supplement_cancelled")
    assert again(dossier).due_at is not None
    with pytest.raises(Refused):
        answer(dossier, LATER + 2 * HOUR)
    with pytest.raises(Refused):
        services.cancel_supplement(dossier=dossier, by=cast.here.case, at=LATER + 2 * HOUR)


def test_no_personal_words_of_a_supplement_outlive_their_erasure(cast: Cast) -> None:
    dossier = received(cast)
    request = ask(dossier, cast.here.case, LATER)
    draft = drafts.draft_for(request_id=request.pk, at=LATER)
    SupplementDraft.objects.filter(pk=draft.pk).update(answers={"full_name": "Đỗ Thị Mẫu"})
    services.write_message(dossier=dossier, text="Tôi là Đỗ Thị Mẫu", op_id="m", at=LATER)
    services.withdraw_dossier(dossier=dossier, by=cast.here.intake, at=LATER, identity_checked_by="citizen_card")
    services.erase_personal_data(dossier=again(dossier), by=cast.here.leader, at=LATER + DAY, legal_source="Luật mẫu")
    item = queries.supplement_requests_of(dossier)[0].items.first()
    assert item is not None
    assert (item.note, item.remedy) == ("", "-")
    assert SupplementDraft.objects.get().answers == {}
    assert [each.text for each in dossier.messages.all()] == [""]


def test_what_was_typed_is_forgotten_when_its_time_is_over(cast: Cast) -> None:
    dossier = received(cast)
    request = ask(dossier, cast.here.case, LATER)
    draft = drafts.draft_for(request_id=request.pk, at=LATER)
    assert drafts.draft_for(request_id=request.pk, at=LATER + HOUR) == draft
    assert drafts.remove_expired(at=LATER + DAY) == 0
    assert drafts.remove_expired(at=LATER + 15 * DAY) == 1
    assert organisation.is_demo()

"""Feedback and petitions: who has them, their four clocks, who sees what, what everybody may read, what is erased."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from motcua.kernel import files, ledger, outbox, schedule
from motcua.kernel.calendar import Day
from motcua.kernel.matters import WorkItem
from motcua.kernel.workflow import Refused
from motcua.oversight import queries, services
from motcua.oversight.models import Feedback, Publication
from motcua.oversight.policies import NotAllowed
from motcua.oversight.policies import feedback as policies
from motcua.oversight.services import Given, NamesSomebody, WordsNeeded
from tests.cast import NOW, TODAY
from tests.oversight.departments import World
from tests.oversight.feedback import TEXT, accepted, answered, fresh, published, said, sent

BEGUN = NOW - timedelta(days=60)


def due(feedback: Feedback, clock: str) -> Any:
    return queries.due_of_clock(fresh(feedback), clock).at


def open_step(feedback: Feedback) -> WorkItem:
    return WorkItem.objects.select_related("office").get(matter=feedback.matter, closed_by=None)


# --- sending ---------------------------------------------------------------------------------------------------------
def test_it_has_a_number_a_code_an_office_and_a_due_moment(world: World) -> None:
    made = services.send_feedback(said=said(), commune=world.here.commune, op_id="pa", at=NOW)
    step = open_step(made.feedback)
    assert made.feedback.number == "PA-2026-0001"
    assert (step.step, step.office) == ("feedback_check", world.here.centre)
    # Monday the 23rd; Tuesday is a holiday: two working days end on Thursday.
    assert step.due_at == due(made.feedback, "check")
    assert f"{step.due_at:%d/%m %H:%M}" == "26/11 10:00"


def test_sent_twice_it_is_one_and_has_the_same_code(world: World) -> None:
    first, second = (
        services.send_feedback(said=said(), commune=world.here.commune, op_id="pa", at=NOW) for _ in range(2)
    )
    assert (first.feedback, first.claim_code) == (second.feedback, second.claim_code)
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize("changes", [{"text": " "}, {"name": ""}])
def test_without_words_or_a_name_it_is_not_taken(world: World, changes: dict[str, str]) -> None:
    with pytest.raises(WordsNeeded):
        sent(world, **changes)


def test_number_and_code_together_open_it_and_nothing_else_does(world: World) -> None:
    made = services.send_feedback(said=said(), commune=world.here.commune, op_id="pa", at=NOW)
    code = made.claim_code
    assert policies.get_feedback_by_claim(f" {made.feedback.number.lower()} ", code.lower()) == made.feedback
    for number, given in ((made.feedback.number, "3467ACDEFG"), ("PA-2026-0009", code)):
        with pytest.raises(Feedback.DoesNotExist):
            policies.get_feedback_by_claim(number, given)


def test_how_an_officer_behaves_is_for_whoever_leads_and_hidden_from_colleagues(world: World) -> None:
    feedback = sent(world, topic="conduct", text="Cán bộ Nhận nói to tiếng")
    assert open_step(feedback).office == world.here.commune
    assert feedback.matter.title == feedback.number
    seen = {
        person.full_name
        for person in (world.here.intake, world.here.case, world.here.administrator, world.here.leader)
        if policies.visible_feedback(person, TODAY).filter(pk=feedback.pk).exists()
    }
    assert seen == {world.here.leader.full_name}


def test_another_commune_and_whoever_has_nothing_to_do_with_such_do_not_see_it(world: World) -> None:
    feedback = sent(world)
    for person in (world.there.leader, world.there.intake, world.here.administrator, world.justice.officer):
        with pytest.raises(Feedback.DoesNotExist):
            policies.get_feedback(person, feedback.number, TODAY)
    assert policies.get_feedback(world.here.intake, feedback.number, TODAY) == feedback


def test_an_officer_writes_it_down_for_somebody(world: World) -> None:
    given: dict[str, Any] = {"said": said(), "commune": world.here.commune, "at": NOW, "channel": "phone"}
    made = services.send_feedback(op_id="pa", by=world.here.intake, **given)
    assert (made.feedback.taken_by, made.feedback.channel) == (world.here.intake, "phone")
    with pytest.raises(policies.NotAllowed):
        services.send_feedback(op_id="pb", by=world.there.intake, **given)


# --- clocks ----------------------------------------------------------------------------------------------------------
def test_the_four_clocks_count_the_laws_days_over_weekend_and_holiday(world: World) -> None:
    feedback = sent(world)
    ends = {clock: f"{due(feedback, clock):%d/%m}" for clock in ("check", "forward", "settle")}
    assert ends == {"check": "26/11", "forward": "01/12", "settle": "15/12"}
    feedback = answered(world)
    assert f"{due(feedback, 'publish'):%d/%m}" == "26/11"
    assert open_step(feedback).due_at == due(feedback, "publish")


def test_while_the_person_is_asked_the_time_to_answer_stands_still(world: World) -> None:
    feedback, later = accepted(world), NOW + timedelta(days=7)
    services.ask_for_more(feedback=feedback, question="Thủ tục nào?", by=world.here.leader, at=NOW)
    assert queries.due_of_clock(fresh(feedback), "settle").reason == "paused"
    services.clarify_feedback(feedback=feedback, text="Khai sinh.", op_id="c", at=later)
    services.clarify_feedback(feedback=feedback, text="Khai sinh.", op_id="c", at=later)
    assert f"{due(feedback, 'settle'):%d/%m}" == "21/12"  # four working days later
    assert [note.text for note in feedback.notes.all()] == ["Thủ tục nào?", "Khai sinh."]


def test_who_adds_nothing_does_not_hold_it_up_for_ever(world: World) -> None:
    feedback = accepted(world, BEGUN)
    services.ask_for_more(feedback=feedback, question="Thủ tục nào?", by=world.here.leader, at=BEGUN)
    step = open_step(feedback)
    assert services.move_what_waits(at=step.due_at - timedelta(minutes=1)) == 0
    assert services.move_what_waits(at=step.due_at + timedelta(minutes=1)) == 1
    assert (fresh(feedback).state, open_step(feedback).step) == ("in_hand", "feedback_answer")


def test_another_body_has_it_with_time_of_its_own(world: World) -> None:
    feedback, later = sent(world), NOW + timedelta(days=4)
    by = {"feedback": feedback, "by": world.here.intake, "at": later}
    services.pass_feedback_on(to=world.justice.office, reason="Việc của sở.", **by)
    feedback = fresh(feedback)
    assert (feedback.round, open_step(feedback).office) == (2, world.justice.office)
    assert due(feedback, "settle") > NOW + timedelta(days=21)
    assert policies.get_feedback(world.justice.officer, feedback.number, TODAY)
    # Whoever had it still reads it, and does nothing more.
    assert policies.get_feedback(world.here.leader, feedback.number, TODAY)
    assert not queries.possible_feedback_acts(world.here.leader, feedback, TODAY)
    first = [each for each in queries.clocks_of(feedback, later) if each.ended]
    assert not any(each.is_late(later) for each in first)


def test_passed_on_after_more_than_five_working_days_it_is_late(world: World) -> None:
    feedback, later = sent(world), NOW + timedelta(days=9)
    given: dict[str, Any] = {"by": world.here.leader, "at": later}
    services.pass_feedback_on(feedback=feedback, to=world.justice.office, reason="Việc của sở.", **given)
    late = {each.clock for each in queries.clocks_of(fresh(feedback), later) if each.is_late(later)}
    assert late == {"forward"}


def test_within_the_body_it_is_not_passed_on_but_given(world: World) -> None:
    feedback = sent(world)
    with pytest.raises(ValueError, match="there already"):
        services.pass_feedback_on(
            feedback=feedback, to=world.here.civil_status, reason="Hộ tịch.", by=world.here.intake, at=NOW
        )
    services.accept_feedback(
        feedback=feedback, kind="feedback", to=world.here.civil_status, by=world.here.intake, at=NOW
    )
    assert open_step(feedback).office == world.here.civil_status
    services.answer_feedback(feedback=feedback, text="Đã sửa.", by=world.here.case, at=NOW)
    assert open_step(feedback).office == world.here.commune
    with pytest.raises(policies.NotAllowed):
        services.publish_feedback(feedback=feedback, question="Hỏi", answer="Đáp", by=world.here.case, at=NOW)


def test_overdue_it_is_shown_to_the_office_above_once(world: World) -> None:
    feedback = sent(world, at=BEGUN)
    late = due(feedback, "check") + timedelta(days=2)
    assert [services.move_what_waits(at=late) for _ in range(2)] == [1, 0]
    overseen = WorkItem.objects.get(matter=feedback.matter, step="feedback_oversee")
    assert overseen.office == world.here.commune
    services.accept_feedback(feedback=feedback, kind="feedback", by=world.here.leader, at=late)
    assert open_step(feedback).step == "feedback_answer"


def test_a_province_may_allow_less_time_than_the_law_and_never_more(world: World) -> None:
    given: dict[str, Any] = {"office": world.cast.province, "unit": "working_day", "by": world.governor, "at": NOW}
    services.set_time_limit(name="feedback.settle", value=10, **given)
    assert f"{due(sent(world), 'settle'):%d/%m}" == "08/12"
    with pytest.raises(ValueError, match="settle"):
        services.set_time_limit(name="feedback.settle", value=16, **given)
    with pytest.raises(ValueError, match="check"):
        services.set_time_limit(name="feedback.check", value=1, **given | {"unit": "month"})


def test_a_line_of_a_clock_is_never_changed(world: World) -> None:
    feedback = sent(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        feedback.clock_lines.update(at=BEGUN)
    assert feedback.clock_lines.filter(at=NOW).count() == 3


# --- what it is not --------------------------------------------------------------------------------------------------
def test_a_complaint_is_guided_where_the_law_says_and_never_answered_here(world: World) -> None:
    feedback = sent(world)
    by: dict[str, Any] = {"feedback": feedback, "by": world.here.intake, "at": NOW}
    services.guide_elsewhere(kind="complaint", text="Gửi đơn khiếu nại đến Chủ tịch.", **by)
    feedback = fresh(feedback)
    assert (feedback.state, feedback.kind, feedback.matter.closed_at) == ("guided", "complaint", NOW)
    with pytest.raises(Refused):
        services.answer_feedback(feedback=feedback, text="Trả lời.", by=world.here.leader, at=NOW)


def test_a_refusal_says_why(world: World) -> None:
    by: dict[str, Any] = {"feedback": sent(world), "by": world.here.intake, "at": NOW}
    with pytest.raises(WordsNeeded):
        services.refuse_feedback(reason="unclear", text=" ", **by)
    with pytest.raises(ValueError, match="weather"):
        services.refuse_feedback(reason="weather", text="Trời mưa.", **by)
    services.refuse_feedback(reason="unclear", text="Chưa rõ ông/bà muốn nói gì.", **by)


# --- answers ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "text"),
    [("question", "Bà đỗ thị mẫu hỏi"), ("answer", "Gọi số 0300.000.001"), ("question", "Nhà ở Thôn Mẫu 1 hỏi")],
)
def test_what_everybody_reads_names_nobody(world: World, field: str, text: str) -> None:
    feedback, words = answered(world), {"question": "Hỏi", "answer": "Đáp"}
    with pytest.raises(NamesSomebody) as refused:
        services.publish_feedback(feedback=feedback, **words | {field: text}, by=world.here.leader, at=NOW)
    assert refused.value.field == field
    assert not Publication.objects.exists()


def test_published_it_is_over_and_on_the_communes_list_alone(world: World) -> None:
    feedback = published(world)
    assert feedback.matter.closed_at == NOW
    assert [each.question for each in queries.publications(world.here.commune)] == [TEXT]
    assert not queries.publications(world.there.commune)


def test_the_person_says_whether_it_helps_and_the_last_word_counts(world: World) -> None:
    feedback = answered(world)
    for helped in (True, False, False):
        services.judge_answer(feedback=feedback, helped=helped, at=NOW)
    assert fresh(feedback).helped is False
    assert feedback.matter.events.filter(type="oversight.feedback_judged").count() == 2
    with pytest.raises(Refused):
        services.judge_answer(feedback=sent(world), helped=True, at=NOW)


def test_whoever_gave_an_address_is_told_what_an_office_did_and_nothing_of_what_was_said(world: World) -> None:
    feedback = answered(world, email="mau@vidu.example")
    while outbox.run_due(NOW):
        pass
    subjects = {message.subject for message in mail.outbox}
    assert len(mail.outbox) == 2  # taken on, answered
    assert subjects == {f"Phản ánh {feedback.number}: có tin mới"}
    assert all(TEXT not in message.body and "Từ nay" not in message.body for message in mail.outbox)


# --- erasure ---------------------------------------------------------------------------------------------------------
def test_erased_nothing_of_the_person_is_left_and_the_chain_verifies(world: World) -> None:
    file = files.keep(b"%PDF-1.4 mau", type="application/pdf")
    given: dict[str, Any] = {"commune": world.here.commune, "at": NOW}
    made = services.send_feedback(
        said=said(email="mau@vidu.example"), op_id="pa", files=[Given(file, "a.pdf")], **given
    )
    erase: dict[str, Any] = {"feedback": made.feedback, "by": world.here.leader, "at": NOW}
    with pytest.raises(ValueError, match="over"):
        services.erase_feedback(legal_source="Luật 91/2025", **erase)
    services.refuse_feedback(reason="unclear", text="Chưa rõ.", **erase)
    services.erase_feedback(legal_source="Luật 91/2025", **erase)
    feedback = fresh(made.feedback)
    kept = (feedback.text, feedback.name, feedback.phone, feedback.email, feedback.address, feedback.matter.title)
    assert kept == ("-", "-", "", "", "", feedback.number)
    assert {note.text for note in feedback.notes.all()} == {"-"}
    while outbox.run_due(NOW):
        pass
    assert not file.path.exists()
    assert not list(ledger.breaks())


def test_whoever_leads_erases_from_the_page_what_is_over_and_nobody_else(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    feedback = published(world)
    assert queries.possible_feedback_acts(world.here.intake, feedback, TODAY) == ()
    assert queries.possible_feedback_acts(world.here.leader, feedback, TODAY) == ("erase",)
    with pytest.raises(NotAllowed):
        services.erase_feedback(feedback=feedback, by=world.here.intake, at=NOW, legal_source="Luật 91/2025")
    client.force_login(world.here.leader.account)
    where = f"/desk/feedback/{feedback.number}/"
    assert "Xóa dữ liệu cá nhân" in client.get(where).content.decode()
    answer = client.post(f"{where}erase/", {"legal_source": ""})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["legal_source", "sure"])
    client.post(f"{where}erase/", {"legal_source": "Luật 91/2025", "sure": "on"})
    assert fresh(feedback).name == "-"
    assert queries.possible_feedback_acts(world.here.leader, fresh(feedback), TODAY) == ()


# --- a changed calendar ---------------------------------------------------------------------------------------------
def test_a_day_off_moves_the_clocks_that_run_with_an_event_and_the_open_step(world: World) -> None:
    feedback = accepted(world)
    before, checked = due(feedback, "settle"), due(feedback, "check")
    schedule.set_day(
        office=world.here.commune, day=Day(before.date(), "off", "Nghỉ mẫu"), at=NOW, by=world.here.administrator
    )
    assert due(feedback, "settle") == before
    assert services.recount_feedback(at=NOW) == 1
    after = due(feedback, "settle")
    assert after > before
    assert due(feedback, "check") == checked  # it had ended
    assert open_step(feedback).due_at == after
    event = ledger.history(feedback.matter).filter(type="oversight.feedback_recounted").get()
    assert (event.payload["clock"], event.payload["due_at"]) == ("settle", after.astimezone(UTC).isoformat())
    assert services.recount_feedback(at=NOW) == 0
    services.answer_feedback(feedback=fresh(feedback), text="Đã sửa.", by=world.here.leader, at=NOW)
    assert due(feedback, "settle") == after

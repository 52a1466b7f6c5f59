"""A conclusion becomes directives that somebody has, with a due moment, until they are done; none is judged twice."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from motcua.kernel import ledger, organisation, worklist
from motcua.kernel.files import keep, read
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.kernel.workflow import Refused
from motcua.oversight import policies, queries, services
from motcua.oversight.models import Conclusion, Directive, Task
from motcua.oversight.rules.directives import Period
from tests.cast import BEGUN, NOW, TODAY
from tests.oversight import directing
from tests.oversight.departments import World
from tests.oversight.directing import DUE, again

LATER = NOW + timedelta(days=10)


def steps(directive: Directive) -> list[tuple[str, Office]]:
    items = WorkItem.objects.filter(matter=directive.matter, closed_by=None).order_by("id")
    return [(item.step, item.office) for item in items]


# --- the conclusion --------------------------------------------------------------------------------------------------
def test_an_issued_conclusion_keeps_its_words_and_its_paper(world: World) -> None:
    conclusion = directing.issued(world)
    assert [each.text for each in conclusion.paragraphs.all()] == directing.TEXT.splitlines()
    assert conclusion.paper is not None
    paper = PdfReader(io.BytesIO(read(conclusion.paper.sha256)))
    assert "12/TB-MAU" in paper.pages[0].extract_text()
    with pytest.raises(services.IssuedAlready):
        services.revise_conclusion(
            conclusion=conclusion, written=directing.written(text="Khác"), by=world.governor, at=NOW
        )


@pytest.mark.parametrize("missing", ["title", "text", "number", "dated", "signer"])
def test_it_is_not_issued_while_something_is_missing(world: World, missing: str) -> None:
    whole = directing.drafted(world)
    empty = directing.written(**{missing: None if missing == "dated" else " "})

    def issue() -> None:
        services.revise_conclusion(conclusion=whole, written=empty, by=world.governor, at=NOW)
        services.issue_conclusion(conclusion=whole, by=world.governor, at=NOW)

    with pytest.raises(services.Incomplete) as refused:
        issue()
    assert refused.value.field == missing
    assert Conclusion.objects.get().issued_at is None


def test_a_number_is_issued_once(world: World) -> None:
    directing.issued(world)
    with pytest.raises(services.NumberTaken):
        directing.issued(world)


def test_a_draft_is_seen_by_who_may_change_it_and_an_issued_one_by_who_was_asked(world: World) -> None:
    draft = directing.drafted(world)
    assert not policies.visible_conclusions(world.here.leader, TODAY).exists()
    conclusion = services.issue_conclusion(conclusion=draft, by=world.governor, at=NOW)
    assert not policies.visible_conclusions(world.here.case, TODAY).exists()
    directing.given(world, [world.here.commune], conclusion)
    assert policies.get_conclusion(world.here.case, conclusion.reference, TODAY) == conclusion
    assert not policies.visible_conclusions(world.there.leader, TODAY).exists()


# --- giving ----------------------------------------------------------------------------------------------------------
def test_a_paragraph_becomes_one_directive_for_each_office_under_one_parent(world: World) -> None:
    task = directing.given(world, co_offices=[world.justice.office])
    both = list(task.directives.order_by("matter__reference"))
    assert [each.reference for each in both] == [f"{task.reference}.1", f"{task.reference}.2"]
    assert [steps(each) for each in both] == [[("take_on", each.office)] for each in both]
    assert {each.due_at for each in both} == {queries.directive_due(both[0]).at}
    assert queries.helping(both[0]) == [world.justice.office]
    assert not list(queries.directive_faults())


def test_one_alone_has_the_number_of_its_task(world: World) -> None:
    directive = directing.directive(world)
    assert directive.reference == directive.task.reference


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("result", {"result": "  "}),
        ("due_date", {"due_date": None}),
        ("due_date", {"due_date": TODAY - timedelta(days=1)}),
    ],
)
def test_nothing_is_given_without_result_and_due_moment(world: World, field: str, asked: dict[str, object]) -> None:
    with pytest.raises(services.Incomplete) as refused:
        directing.given(world, **asked)
    assert refused.value.field == field
    assert not Task.objects.exists()


def test_nothing_is_given_to_nobody_to_oneself_or_to_an_office_elsewhere(world: World) -> None:
    conclusion = directing.issued(world)
    for offices in ([world.cast.province], [world.here.civil_status]):
        with pytest.raises(services.Incomplete):
            directing.given(world, offices, conclusion)


def test_nothing_follows_from_a_draft(world: World) -> None:
    assert not directing.drafted(world).paragraphs.exists()


def test_a_whole_province_is_asked_in_one_transaction(world: World) -> None:
    for n in range(3, 125):
        organisation.open_office(
            code=f"{world.cast.province.code}-m{n}",
            kind="commune",
            name=f"Xã Mẫu {n}",
            parent=world.cast.province,
            slug=f"xa-mau-{n}",
            valid_from=BEGUN,
        )
    offices = list(Office.objects.filter(kind="commune"))
    conclusion = directing.issued(world)
    with CaptureQueriesContext(connection) as asked:
        task = directing.given(world, offices, conclusion)
    assert task.directives.count() == len(offices) == 124
    # Of each office only its event is written by itself.
    assert len(asked) < 124 + 40
    counts = queries.directive_counts(world.cast.province, LATER)
    assert {(count.open, count.late) for count in counts.values()} == {(1, 1)}
    assert len(counts) == 124


# --- the course ------------------------------------------------------------------------------------------------------
def test_reported_sent_back_with_what_is_missing_reported_again_and_approved(world: World) -> None:
    directive = services.take_on(directive=directing.directive(world), by=world.here.leader, at=NOW)
    assert steps(directive) == [("carry_out", world.here.commune)]
    file = services.Given(keep(b"%PDF-1.4 mau", type="application/pdf"), "bc.pdf")
    services.report_on(directive=directive, text="Đã xong.", by=world.here.leader, at=NOW, file=file)
    assert steps(directive) == [("judge_report", world.cast.province)]
    services.send_back(directive=directive, missing="Thiếu danh sách.", by=world.governor, at=NOW)
    assert steps(directive) == [("carry_out", world.here.commune)]
    services.report_on(directive=directive, text="Kèm danh sách.", by=world.here.leader, at=NOW)
    services.approve_report(directive=directive, by=world.governor, at=LATER)
    done = again(directive)
    assert (done.state, queries.directive_outcome(done, LATER), steps(done)) == ("done", "done", [])
    assert done.matter.closed_at == LATER
    assert [turn.kind for turn in done.turns.all()] == ["report", "sent_back", "report", "approved"]


def test_time_stands_still_while_a_report_is_judged(world: World) -> None:
    directive = directing.reported(world)
    due = directive.due_at
    services.send_back(directive=directive, missing="Thiếu.", by=world.governor, at=NOW + timedelta(days=3))
    assert again(directive).due_at > due


def test_what_is_reported_late_is_late_whenever_it_is_approved(world: World) -> None:
    directive = directing.directive(world)
    services.report_on(directive=directive, text="Muộn.", by=world.here.leader, at=LATER)
    assert queries.directive_outcome(again(directive), LATER) == "open_late"
    services.approve_report(directive=directive, by=world.governor, at=LATER)
    assert queries.directive_outcome(again(directive), LATER) == "done_late"


def test_another_day_is_asked_for_with_a_reason_and_decided_by_who_gave_it(world: World) -> None:
    directive, wanted = directing.directive(world), DUE + timedelta(days=7)
    services.ask_change(directive=directive, due_date=wanted, reason="Chờ máy in.", by=world.here.leader, at=NOW)
    assert steps(directive) == [("decide_change", world.cast.province)]
    with pytest.raises(policies.NotAllowed):
        services.decide_change(directive=directive, allowed=True, by=world.here.leader, at=NOW)
    services.decide_change(directive=directive, allowed=True, by=world.governor, at=NOW)
    assert again(directive).due_at.date() == wanted
    assert steps(directive) == [("carry_out", world.here.commune)]


def test_no_is_said_with_a_reason_and_the_day_stays(world: World) -> None:
    directive = directing.directive(world)
    services.ask_change(
        directive=directive, due_date=DUE + timedelta(days=7), reason="Chờ.", by=world.here.leader, at=NOW
    )
    with pytest.raises(services.Incomplete):
        services.decide_change(directive=directive, allowed=False, by=world.governor, at=NOW)
    services.decide_change(directive=directive, allowed=False, text="Việc gấp.", by=world.governor, at=NOW)
    assert again(directive).due_at.date() == DUE


def test_a_day_that_is_not_later_is_no_change(world: World) -> None:
    with pytest.raises(services.Incomplete) as refused:
        services.ask_change(
            directive=directing.directive(world), due_date=DUE, reason="Chờ.", by=world.here.leader, at=NOW
        )
    assert refused.value.field == "due_date"


def test_a_report_after_it_is_over_and_the_second_of_two_officers_are_refused(world: World) -> None:
    directive = directing.reported(world)
    with pytest.raises(Refused) as second:
        services.report_on(directive=directive, text="Nữa.", by=world.here.leader, at=NOW)
    assert second.value.state == "reported"
    services.approve_report(directive=directive, by=world.governor, at=NOW)
    for act in (services.approve_report, services.report_on):
        with pytest.raises(Refused) as refused:
            act(directive=directive, text="Nữa.", by=world.governor, at=NOW)
        assert refused.value.reason_code == "finished"
    assert directive.turns.count() == 2


def test_whoever_gave_it_does_not_report_and_whoever_does_it_does_not_judge(world: World) -> None:
    directive = directing.directive(world)
    for person in (world.governor, world.there.leader, world.here.case):
        with pytest.raises(policies.NotAllowed):
            services.report_on(directive=directive, text="Xong.", by=person, at=NOW)
    services.report_on(directive=directive, text="Xong.", by=world.here.leader, at=NOW)
    with pytest.raises(policies.NotAllowed):
        services.approve_report(directive=directive, by=world.here.leader, at=NOW)


def test_whoever_was_given_it_in_the_office_reports(world: World) -> None:
    directive = directing.directive(world)
    services.take_on(directive=directive, assignee=world.here.case, by=world.here.leader, at=NOW)
    assert [item.reference for item in worklist.items(worklist.queue(world.here.case, worklist.MINE, NOW, TODAY))] == [
        directive.reference
    ]
    services.report_on(directive=directive, text="Xong.", by=world.here.case, at=NOW)
    services.send_back(directive=directive, missing="Thiếu.", by=world.governor, at=NOW)
    item = WorkItem.objects.get(matter=directive.matter, closed_by=None)
    assert item.assignee == world.here.case


def test_taken_back_with_a_reason_nobody_has_it(world: World) -> None:
    directive = directing.directive(world)
    services.withdraw_directive(directive=directive, reason="Trùng việc.", by=world.governor, at=NOW)
    assert (again(directive).state, steps(directive)) == ("withdrawn", [])


# --- regular ---------------------------------------------------------------------------------------------------------
def test_a_regular_one_rests_after_its_report_and_its_next_period_begins_by_itself(world: World) -> None:
    directive = directing.reported(world, period=Period(1, "month"))
    services.approve_report(directive=directive, by=world.governor, at=NOW)
    assert (again(directive).state, steps(directive)) == ("resting", [])
    assert services.follow_directives(at=NOW) == 0
    begins = again(directive).due_at + timedelta(minutes=1)
    assert services.follow_directives(at=begins) == 1
    assert services.follow_directives(at=begins) == 0
    assert steps(directive) == [("carry_out", world.here.commune)]
    assert again(directive).due_at.date() == date(2026, 12, 28)  # the 27th is a Sunday
    services.report_on(directive=directive, text="Tháng hai.", by=world.here.leader, at=begins)
    services.approve_report(directive=directive, by=world.governor, at=begins)
    services.end_directive(directive=directive, reason="Đã thành nếp.", by=world.governor, at=begins)
    assert queries.directive_outcome(again(directive), begins) == "done"
    assert not list(queries.directive_faults())
    assert not list(ledger.breaks())


@pytest.mark.parametrize(
    ("period", "first", "day", "following"),
    [
        (Period(1, "month"), date(2026, 1, 31), date(2026, 1, 31), date(2026, 2, 28)),
        (Period(1, "month"), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)),
        (Period(3, "month"), date(2026, 1, 31), date(2026, 9, 1), date(2026, 10, 31)),
        (Period(2, "week"), date(2026, 1, 5), date(2026, 1, 5), date(2026, 1, 19)),
        (Period(1, "week"), date(2026, 1, 5), date(2025, 1, 5), date(2026, 1, 5)),
    ],
)
def test_a_period_is_counted_from_its_first_day(period: Period, first: date, day: date, following: date) -> None:
    assert period.after(first, day) == following


# --- lateness --------------------------------------------------------------------------------------------------------
def test_an_overdue_one_comes_back_to_who_gave_it_once(world: World) -> None:
    directive = directing.directive(world)
    assert services.follow_directives(at=NOW) == 0
    assert services.follow_directives(at=LATER) == 1
    assert services.follow_directives(at=LATER) == 0
    assert ("oversee_directive", world.cast.province) in steps(directive)
    services.report_on(directive=directive, text="Xong.", by=world.here.leader, at=LATER)
    assert steps(directive) == [("judge_report", world.cast.province)]


def test_other_pages_ask_what_an_office_has_open_and_what_is_late_where(world: World) -> None:
    late = directing.directive(world)
    directing.given(world, [world.there.commune], late.task.conclusion, due_date=DUE + timedelta(days=60))
    lines = queries.directives_of([world.here.commune])
    assert [(line.reference, line.outcome(LATER)) for line in lines] == [(late.reference, "open_late")]
    counts = queries.directive_counts(world.cast.province, LATER)
    assert (counts[world.here.commune.pk].late, counts[world.there.commune.pk].late) == (1, 0)
    services.report_on(directive=late, text="Xong.", by=world.here.leader, at=LATER)
    services.approve_report(directive=late, by=world.governor, at=LATER)
    assert world.here.commune.pk not in queries.directive_counts(world.cast.province, LATER)

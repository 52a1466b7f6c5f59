"""However two sides act on directives, in whatever order and at whatever hour: somebody has each until it is over or
rests, the due moment agrees with the clock's entries, and what is done stays as late or as in time as it was.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from motcua.kernel import ledger, schedule
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.kernel.workflow import Refused
from motcua.oversight import policies, queries, services
from motcua.oversight.models import Directive
from motcua.oversight.rules import directives as rules
from motcua.oversight.rules.directives import Period
from motcua.oversight.services import Incomplete
from tests.cast import NOW
from tests.oversight import directing
from tests.oversight.departments import World
from tests.oversight.directing import again

REFUSALS = (Refused, policies.NotAllowed, Incomplete)
ACTS = (*queries.BY_THE_OFFICE, *queries.BY_THE_ISSUER)
# Regular ones begin a period by themselves.
PERIODS = st.sampled_from([None, Period(1, "week"), Period(1, "month")])


class Course(RuleBasedStateMachine):
    """Two directives of one task, five people, and time that only goes on."""

    world: World

    @initialize(period=PERIODS)
    def begin(self, period: Period | None) -> None:
        world, self.now = self.world, NOW
        self.directives = list(directing.given(world, period=period).directives.order_by("matter__reference"))
        self.people = [world.here.leader, world.there.leader, world.here.case, world.governor, world.justice.officer]
        self.over: dict[UUID, str] = {}

    @rule(hours=st.integers(0, 200))
    def time_goes_on(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_house_is_kept(self) -> None:
        services.follow_directives(at=self.now)
        assert services.follow_directives(at=self.now) == 0

    @rule(n=st.integers(0, 1), who=st.integers(0, 4), act=st.sampled_from(ACTS), days=st.integers(-3, 30))
    def somebody_acts(self, n: int, who: int, act: str, days: int) -> None:
        directive, by = again(self.directives[n]), self.people[who]
        offered = act in queries.possible_directive_acts(by, directive, NOW.date())
        refused: Exception | None = None
        try:
            with transaction.atomic():
                self._act(act, directive, by, days)
        except REFUSALS as caught:
            refused = caught
        # What the page offers is refused only for what was typed, and nothing else is done.
        assert offered == (refused is None) or isinstance(refused, Incomplete)

    @rule(n=st.integers(0, 1), k=st.integers(0, 40), days=st.integers(1, 30))
    def the_work_goes_on(self, n: int, k: int, days: int) -> None:
        """Somebody who may does what may be done, so that the courses get far; it is seldom taken back."""
        directive = again(self.directives[n])
        possible = [
            (by, act)
            for by in self.people
            for act in queries.possible_directive_acts(by, directive, NOW.date())
            if act != rules.WITHDRAW or k == 0
        ]
        if possible:
            by, act = possible[k % len(possible)]
            self.somebody_acts(n=n, who=self.people.index(by), act=act, days=days)

    def _act(self, act: str, directive: Directive, by: Person, days: int) -> Any:
        given: dict[str, Any] = {"directive": directive, "by": by, "at": self.now}
        if act == rules.ASK_CHANGE:
            day = directive.due_at.date() + timedelta(days=days)
            return services.ask_change(due_date=day, reason="Chờ.", **given)
        if act in (rules.APPROVE, rules.APPROVE_PERIOD) and (directive.task.every is None) != (act == rules.APPROVE):
            raise Incomplete("act")  # there is one act for both, and the page offers the one that fits
        return _VERBS[act](**given, **_SAID.get(act, {}))

    @invariant()
    def somebody_has_each_until_it_is_over_or_rests(self) -> None:
        assert not list(queries.directive_faults())
        for directive in map(again, self.directives):
            assert (directive.matter.closed_at is not None) == (directive.state in rules.FINISHED)
            for item in WorkItem.objects.filter(matter=directive.matter, closed_by=None).exclude(step=rules.OVERSEE):
                with_issuer = directive.state in rules.WITH_THE_ISSUER
                assert item.office_id == (directive.issuer_id if with_issuer else directive.office_id)

    @invariant()
    def the_due_moment_agrees_with_the_clock(self) -> None:
        for directive in map(again, self.directives):
            due = queries.directive_due(directive)
            if directive.state in (*rules.WITH_THE_OFFICE, "change_asked"):
                assert due.at == directive.due_at
                assert _in_working_time(directive, directive.due_at)
            elif directive.state in ("reported", "resting"):
                assert due.reason == "paused"
            else:
                assert due.reason == "stopped"

    @invariant()
    def what_is_over_stays_as_it_was(self) -> None:
        for directive in map(again, self.directives):
            if directive.state in rules.FINISHED:
                now = queries.directive_outcome(directive, self.now)
                assert self.over.setdefault(directive.pk, now) == now

    def teardown(self) -> None:
        assert not list(ledger.breaks())


_VERBS: dict[str, Any] = {
    rules.TAKE_ON: services.take_on,
    rules.REPORT: services.report_on,
    rules.APPROVE: services.approve_report,
    rules.APPROVE_PERIOD: services.approve_report,
    rules.SEND_BACK: services.send_back,
    rules.ALLOW: services.decide_change,
    rules.REFUSE: services.decide_change,
    rules.END: services.end_directive,
    rules.WITHDRAW: services.withdraw_directive,
}
_SAID: dict[str, dict[str, Any]] = {
    rules.SEND_BACK: {"missing": "Thiếu."},
    rules.REPORT: {"text": "Xong."},
    rules.END: {"reason": "Thôi."},
    rules.WITHDRAW: {"reason": "Thôi."},
    rules.ALLOW: {"allowed": True},
    rules.REFUSE: {"allowed": False, "text": "Gấp."},
}


def _in_working_time(directive: Directive, at: datetime) -> bool:
    """A due moment is the end of a working day."""
    calendar = schedule.calendar_for(directive.office)
    return calendar.end_of_day(calendar.local(at).date()) == at


def test_whatever_both_sides_do_somebody_has_it_until_it_is_over(world: World) -> None:
    class Told(Course):
        """Each course begins in an empty world: what was done before it is taken back."""

        def __init__(self) -> None:
            self.world = world
            self.point = transaction.savepoint()
            super().__init__()

        def teardown(self) -> None:
            super().teardown()
            transaction.savepoint_rollback(self.point)

    run_state_machine_as_test(Told, settings=settings(max_examples=12, stateful_step_count=15, deadline=None))

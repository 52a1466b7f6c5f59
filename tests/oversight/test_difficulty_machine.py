"""However people act on a difficulty, in whatever order and at whatever hour: somebody always has it until it is over,
the clock of the answer agrees with its entries, and nobody's act is half done.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from motcua.kernel import ledger
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.kernel.workflow import Refused
from motcua.oversight import policies, queries, services
from motcua.oversight.models import Difficulty
from motcua.oversight.rules import difficulties as rules
from motcua.oversight.services import CannotJoin
from motcua.oversight.watching import invariants
from tests.cast import NOW
from tests.oversight.departments import World, fresh

REFUSALS = (Refused, policies.NotAllowed, CannotJoin)
NUMBERS = st.integers(0, 2)
PEOPLE = st.integers(0, 6)


class Course(RuleBasedStateMachine):
    """Three difficulties, seven people, and time that only goes on."""

    world: World

    @initialize(leader_first=st.booleans(), public=st.booleans())
    def begin(self, leader_first: bool, public: bool) -> None:
        world, self.now = self.world, NOW
        services.set_route(
            province=world.cast.province,
            scope="all",
            key="",
            department=world.justice.office,
            leader_first=leader_first,
            by=world.governor,
            at=NOW,
        )
        whose = {"by": None, "office": world.here.commune} if public else {}
        self.difficulties = [world.raised(**whose), world.raised(), world.raised(world.there)]
        self.people = [
            world.here.case,
            world.here.leader,
            world.there.case,
            world.justice.officer,
            world.justice.leader,
            world.home.officer,
            world.governor,
        ]

    @rule(hours=st.integers(0, 60))
    def time_goes_on(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_house_is_kept(self) -> None:
        services.move_what_waits(at=self.now)

    @rule(n=NUMBERS, who=PEOPLE, act=st.sampled_from([*queries.OF_THE_OFFICE, *queries.OF_THE_ASKER]), other=NUMBERS)
    def somebody_acts(self, n: int, who: int, act: str, other: int) -> None:
        difficulty, by = self.difficulties[n], self.people[who]
        offered = act in queries.possible_acts(by, fresh(difficulty), NOW.date())
        try:
            with transaction.atomic():
                self._act(act, difficulty, by, self.difficulties[other])
        except REFUSALS:
            assert not offered or act == rules.JOIN, f"{act} was offered and refused"
        else:
            assert offered, f"{act} was not offered and done"

    def _act(self, act: str, difficulty: Difficulty, by: Person, other: Difficulty) -> None:
        given: dict[str, Any] = {"difficulty": difficulty, "by": by, "at": self.now}
        holder = fresh(difficulty).holder
        elsewhere = self.world.home.office if holder != self.world.home.office else self.world.justice.office
        acts: dict[str, Any] = {
            rules.SEND_UP: lambda: services.send_up(**given),
            rules.TAKE: lambda: services.take_difficulty(**given),
            rules.ASK_BACK: lambda: services.ask_back(question="Ở đâu?", **given),
            rules.PASS_ON: lambda: services.pass_on(to=elsewhere, reason="Việc khác.", **given),
            rules.JOIN: lambda: services.join_difficulties(into=other, **given),
            rules.ANSWER: lambda: services.answer_difficulty(text="Thế này.", **given),
            rules.CLARIFY: lambda: services.clarify(text="Ở đây.", **given),
            rules.CONFIRM: lambda: services.confirm_answer(**given),
            rules.REOPEN: lambda: services.reopen_difficulty(reason="Chưa.", **given),
            rules.WITHDRAW: lambda: services.withdraw_difficulty(**given),
        }
        acts[act]()

    @rule(n=NUMBERS, who=st.integers(0, 2))
    def somebody_meets_it_too(self, n: int, who: int) -> None:
        by = self.people[who]
        office = policies.identity.posts_of(by, NOW.date())[0].office
        try:
            with transaction.atomic():
                services.add_voice(difficulty=fresh(self.difficulties[n]), by=by, office=office, at=self.now)
        except Refused:
            pass

    @invariant()
    def somebody_has_it_until_it_is_over(self) -> None:
        assert not list(invariants.faults([each.pk for each in self.difficulties]))
        for difficulty in map(fresh, self.difficulties):
            items = WorkItem.objects.filter(matter=difficulty.matter, closed_by=None).exclude(step=rules.OVERSEE)
            assert (difficulty.matter.closed_at is not None) == (difficulty.state in rules.FINISHED)
            assert [item.step for item in items] == [rules.STEP_OF_STATE.get(difficulty.state)] * len(items)

    @invariant()
    def the_due_moment_is_what_the_clock_says(self) -> None:
        for difficulty in map(fresh, self.difficulties):
            due = queries.due_of(difficulty)
            if difficulty.state in ("raised", "in_hand"):
                assert due.reason == "running"
                assert difficulty.due_at == due.at
            if difficulty.state == "asked_back":
                assert (difficulty.due_at, due.reason) == (None, "paused")
            if difficulty.state in rules.FINISHED:
                assert due.reason in ("stopped", "not_started")

    @invariant()
    def nobody_is_joined_into_what_is_joined(self) -> None:
        assert not Difficulty.objects.filter(merged_into__state="merged").exists()

    def teardown(self) -> None:
        assert not list(ledger.breaks())


def test_whatever_people_do_somebody_has_it_until_it_is_over(world: World) -> None:
    class Told(Course):
        """Each course begins in an empty world: what was done before it is taken back."""

        def __init__(self) -> None:
            self.world = world
            self.point = transaction.savepoint()
            super().__init__()

        def teardown(self) -> None:
            super().teardown()
            transaction.savepoint_rollback(self.point)

    run_state_machine_as_test(Told, settings=settings(max_examples=15, stateful_step_count=15, deadline=None))

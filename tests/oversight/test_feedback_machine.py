"""However people and offices act on feedback, in whatever order and at whatever hour: somebody has it until it is over,
its four clocks say when and why, a stopped one never moves again, and nobody's act is half done.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from motcua.kernel import ledger
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.kernel.workflow import Refused
from motcua.oversight import queries, services
from motcua.oversight.models import Feedback
from motcua.oversight.policies import feedback as policies
from motcua.oversight.rules import feedback as rules
from tests.cast import NOW
from tests.oversight.departments import World
from tests.oversight.feedback import fresh, sent

REFUSALS = (Refused, policies.NotAllowed)
NUMBERS = st.integers(0, 1)
PEOPLE = st.integers(0, 6)


class Course(RuleBasedStateMachine):
    """Two of them, seven people, and time that only goes on."""

    world: World

    @initialize(topic=st.sampled_from(rules.TOPICS))
    def begin(self, topic: str) -> None:
        world, self.now, self.op = self.world, NOW, 0
        self.feedback = [sent(world, topic=topic), sent(world, world.there)]
        self.ended: dict[Any, datetime | None] = {}
        self.people = [
            world.here.intake,
            world.here.case,
            world.here.leader,
            world.there.leader,
            world.justice.officer,
            world.home.officer,
            world.here.administrator,
        ]

    @rule(hours=st.integers(0, 90))
    def time_goes_on(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_house_is_kept(self) -> None:
        services.move_what_waits(at=self.now)

    @rule(n=NUMBERS, who=PEOPLE, act=st.sampled_from(queries.FEEDBACK_ACTS), conduct=st.booleans())
    def somebody_acts(self, n: int, who: int, act: str, conduct: bool) -> None:
        feedback, by = self.feedback[n], self.people[who]
        offered = act in queries.possible_feedback_acts(by, fresh(feedback), NOW.date())
        try:
            with transaction.atomic():
                self._act(act, feedback, by, conduct)
        except REFUSALS:
            assert not offered, f"{act} was offered and refused"
        else:
            assert offered, f"{act} was not offered and done"

    def _act(self, act: str, feedback: Feedback, by: Person, conduct: bool) -> None:
        given: dict[str, Any] = {"feedback": feedback, "by": by, "at": self.now}
        body = policies.body_of(fresh(feedback).holder)
        home, justice = self.world.home.office, self.world.justice.office
        acts: dict[str, Any] = {
            rules.ACCEPT: lambda: services.accept_feedback(
                kind="petition", topic=rules.CONDUCT if conduct else "", **given
            ),
            rules.ASK: lambda: services.ask_for_more(question="Ở đâu?", **given),
            rules.PASS_ON: lambda: services.pass_feedback_on(
                to=home if body != home else justice, reason="Việc của sở.", **given
            ),
            rules.REFUSE: lambda: services.refuse_feedback(reason="unclear", text="Chưa rõ.", **given),
            rules.GUIDE: lambda: services.guide_elsewhere(kind="complaint", text="Gửi đơn khiếu nại.", **given),
            rules.ANSWER: lambda: services.answer_feedback(text="Thế này.", **given),
            rules.PUBLISH: lambda: services.publish_feedback(question="Hỏi.", answer="Trả lời.", **given),
            rules.KEEP: lambda: services.keep_feedback(reason="Việc riêng.", **given),
        }
        acts[act]()

    @rule(n=NUMBERS, act=st.sampled_from(["clarify", "judge"]))
    def the_person_acts(self, n: int, act: str) -> None:
        feedback, self.op = fresh(self.feedback[n]), self.op + 1
        try:
            with transaction.atomic():
                if act == "clarify":
                    services.clarify_feedback(feedback=feedback, text="Đây.", op_id=f"c-{self.op}", at=self.now)
                else:
                    services.judge_answer(feedback=feedback, helped=bool(n), at=self.now)
        except Refused:
            assert feedback.state != "asked_back" if act == "clarify" else feedback.state not in rules.ANSWERED

    @invariant()
    def somebody_has_it_until_it_is_over(self) -> None:
        assert not list(queries.faults_of_feedback())
        for feedback in map(fresh, self.feedback):
            items = WorkItem.objects.filter(matter=feedback.matter, closed_by=None).exclude(step=rules.OVERSEE)
            assert (feedback.matter.closed_at is not None) == (feedback.state in rules.FINISHED)
            assert [item.step for item in items] == [rules.STEP_OF_STATE.get(feedback.state)] * len(items)

    @invariant()
    def the_clocks_say_what_the_state_says(self) -> None:
        for feedback in map(fresh, self.feedback):
            running = {each.clock for each in queries.clocks_of(feedback, self.now) if each.due.reason == "running"}
            # Whoever has it in hand may still find that another office is competent, unless more was asked for.
            assert running - {rules.FORWARD} == self._running(feedback)
            assert rules.FORWARD not in running or feedback.state in ("arrived", "in_hand")
            if feedback.state == "asked_back":
                assert queries.due_of_clock(feedback, rules.SETTLE).reason == "paused"

    @staticmethod
    def _running(feedback: Feedback) -> set[str]:
        table = {"arrived": {rules.CHECK, rules.SETTLE}, "in_hand": {rules.SETTLE}, "answered": {rules.MAKE_PUBLIC}}
        return table.get(feedback.state, set())

    @invariant()
    def what_is_to_be_done_is_due_when_its_clock_is(self) -> None:
        for feedback in map(fresh, self.feedback):
            item = WorkItem.objects.filter(matter=feedback.matter, closed_by=None).exclude(step=rules.OVERSEE).first()
            if item and item.step in rules.CLOCK_OF_STEP:
                assert item.due_at == queries.due_of_clock(feedback, rules.CLOCK_OF_STEP[item.step]).at

    @invariant()
    def an_ended_clock_never_moves_again(self) -> None:
        for feedback in map(fresh, self.feedback):
            for n, each in enumerate(queries.clocks_of(feedback, self.now)):
                if each.ended:
                    key = (feedback.pk, n, each.clock, each.ended)
                    assert self.ended.setdefault(key, each.due.at) == each.due.at

    @invariant()
    def nothing_that_is_public_names_anybody(self) -> None:
        for feedback in map(fresh, self.feedback):
            assert hasattr(feedback, "publication") == (feedback.state == "published")

    def teardown(self) -> None:
        assert not list(ledger.breaks())


def test_whatever_people_do_somebody_has_feedback_until_it_is_over(world: World) -> None:
    class Told(Course):
        """Each course begins in an empty world: what was done before it is taken back."""

        def __init__(self) -> None:
            self.world = world
            self.point = transaction.savepoint()
            super().__init__()

        def teardown(self) -> None:
            super().teardown()
            transaction.savepoint_rollback(self.point)

    run_state_machine_as_test(Told, settings=settings(max_examples=10, stateful_step_count=12, deadline=None))

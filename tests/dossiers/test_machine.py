"""Whatever people do with dossiers, in whatever order and at whatever hour, every promise holds after every step
(promises.py), an act that is refused has changed nothing, and the register adds up for any period and cut-off day.

`MOTCUA_TEST_COURSES=300` walks so many courses, longer ones, and says how often each act was done (CONTRIBUTING.md).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import ClosedPeriod, Dossier
from motcua.dossiers.queries import figures as facts
from motcua.dossiers.queries import periods
from motcua.dossiers.rules import figures
from motcua.dossiers.services import Need, NoMessageTaken
from motcua.kernel import schedule
from motcua.kernel.calendar import Day
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office
from motcua.kernel.workflow import Refused
from motcua.payments.services import Line
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.cast import BEGUN, BIRTH, CERTIFY, NOW, OPEN_LIMIT, Cast, Town, limit
from tests.dossiers import forked, own_register, promises

LONG = int(os.environ.get("MOTCUA_TEST_COURSES", "0"))
REFUSALS = (
    Refused,
    policies.NotAllowed,
    services.NothingOpen,
    services.NotPossible,
    services.AlreadyAsked,
    services.SupplementUnfit,
    services.SupplementIncomplete,
    services.LimitNeeded,
    services.NoResult,
    NoMessageTaken,
)
CODES = (forked.FORKED, BIRTH, CERTIFY, OPEN_LIMIT)
NEWER_FROM = date(2026, 11, 26)
GIVEN = limit(2)
PEOPLE = ("intake", "case", "approver", "leader")
UNDER_WAY = ("received", "processing")
STOP = {"reason_code": "dispute", "reason": "Có tranh chấp", "legal_basis": "Luật mẫu"}
# Days around those on which everything happens: the Saturday and the holiday among them.
DAYS = st.integers(-3, 40).map(lambda n: casting.TODAY + timedelta(days=n))
# A failing course is not made shorter: that takes minutes, and its acts are printed in their order.
HOW = settings(
    max_examples=LONG or 10,
    stateful_step_count=50 if LONG else 25,
    deadline=None,
    phases=set(Phase) - {Phase.shrink, Phase.explain},
)
done: Counter[str] = Counter()


def received(course: Course) -> bool:
    return course.dossier.state in UNDER_WAY


def in_state(*states: str) -> Callable[[Course], bool]:
    return lambda course: course.dossier.state in states


class Course(RuleBasedStateMachine):
    """Some dossiers, of which one is looked at; the people of two communes; time that only goes on."""

    cast: Cast

    @initialize(code=st.sampled_from(CODES), counter=st.booleans(), survey=st.booleans())
    def begin(self, code: str, counter: bool, survey: bool) -> None:
        self.now, self.keys = NOW, 0
        # As somebody holds them who opened the page at the very beginning and never again.
        self.stale: list[Dossier] = []
        self.filings: dict[Any, str] = {}
        self._file(code, counter=counter, survey=survey)

    # --- what is there -----------------------------------------------------------------------------------------------
    def _file(self, code: str, *, counter: bool, survey: bool) -> None:
        town, day = self.cast.here, timezone.localdate(self.now)
        given: dict[str, Any] = {"at": self.now, "edition": procedures.edition_for(town.commune, code, day)}
        if code == forked.FORKED:
            given["answers"] = {"wants_survey": survey}
        made = self.cast.take_in(code, limit=GIVEN, **given) if counter else self.cast.file(code, **given)
        self.stale.append(made.dossier)
        self._look(len(self.stale) - 1)

    def _look(self, n: int) -> None:
        self.n = n % len(self.stale)
        self.dossier = Dossier.objects.select_related(*policies.RELATED).get(pk=self.stale[self.n].pk)
        self.items = queries.open_items(self.dossier)

    @property
    def town(self) -> Town:
        here = self.dossier.competent_office_id == self.cast.here.commune.pk
        return self.cast.here if here else self.cast.there

    @property
    def counter(self) -> Person:
        """Whoever takes in where it was received."""
        of_there = self.dossier.receiving_office_id == self.cast.there.centre.pk
        return (self.cast.there if of_there else self.cast.here).intake

    def _key(self) -> str:
        self.keys += 1
        return f"course-{self.keys}"

    def _given(self, **more: Any) -> dict[str, Any]:
        return {"dossier": self.stale[self.n], "at": self.now} | more

    def _try(self, act: Callable[..., Any], *, name: str = "", must: bool = False, **given: Any) -> bool:
        """Do it; whether it was done. What is refused has changed nothing."""
        before = len(queries.history_of(self.dossier))
        try:
            with transaction.atomic():
                act(**self._given(**given))
        except REFUSALS:
            if must:
                raise
            self._look(self.n)
            assert len(queries.history_of(self.dossier)) == before
            return False
        done[name or act.__name__] += 1
        self._look(self.n)
        return True

    # --- time and place ----------------------------------------------------------------------------------------------
    @rule(hours=st.sampled_from((1, 3, 8, 20, 24, 30, 72, 200)))
    def time_goes_on(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(code=st.sampled_from(CODES), counter=st.booleans(), survey=st.booleans())
    @precondition(lambda self: len(self.stale) < 3 or self.dossier.state in rules.FINISHED)
    def another_is_filed(self, code: str, counter: bool, survey: bool) -> None:
        self._file(code, counter=counter, survey=survey)

    @rule(n=st.integers(0, 5))
    @precondition(lambda self: len(self.stale) > 1)
    def somebody_looks_at(self, n: int) -> None:
        self._look(n)

    @rule(day=DAYS, kind=st.sampled_from(("off", "work", "ordinary")), everywhere=st.booleans())
    def a_day_changes(self, day: date, kind: Any, everywhere: bool) -> None:
        changed = Day(day, kind, "Ngày mẫu")
        by, office = self.cast.here.administrator, self.cast.here.commune
        schedule.set_day(office=office, day=changed, at=self.now, by=by, for_everyone=everywhere)
        done["due_recounted"] += services.recount_due_moments(at=self.now)
        self._look(self.n)

    @rule()
    def the_house_is_kept(self) -> None:
        done["escalated"] += services.escalate_late_work(at=self.now)
        done["months closed"] += services.close_due_periods(at=self.now)
        self._look(self.n)

    @rule(day=st.integers(0, 28))
    def the_cut_off_day_moves(self, day: int) -> None:
        services.set_cut_off(office=self.cast.here.commune, day=day, by=self.cast.here.leader, at=self.now)

    # --- the straight road -------------------------------------------------------------------------------------------
    @rule(last=st.booleans(), counter=st.booleans(), method=st.sampled_from(rules.RETURN_METHODS))
    def it_goes_on(self, last: bool, counter: bool, method: str) -> None:
        """Whatever comes next on the straight road is done, and is never refused to whoever has it."""
        state = self.dossier.state
        if state == "submitted" and not self.dossier.competence_open:
            self._try(services.receive_dossier, by=self.counter, limit=GIVEN, must=True)
        elif state in UNDER_WAY:
            self._next_step(last=last)
        elif state == "supplement_requested":
            self._papers_come(at_counter=counter)
        elif state == "result_ready":
            self._try(services.return_result, by=self.counter, method=method, receiver="Người Mẫu", must=True)

    @rule(last=st.booleans(), counter=st.booleans())
    @precondition(lambda self: self.dossier.state not in rules.FINISHED)
    def and_on(self, last: bool, counter: bool) -> None:
        self.it_goes_on(last=last, counter=counter, method="post")

    @rule(last=st.booleans())
    @precondition(in_state(*UNDER_WAY, "result_ready"))
    def and_further(self, last: bool) -> None:
        self.it_goes_on(last=last, counter=False, method="electronic")

    def _next_step(self, *, last: bool) -> None:
        main = [item for item in self.items if item.act not in rules.SIDE_ACTS]
        item = main[-1 if last else 0]
        given: dict[str, Any] = {"by": self.town.case, "step": item.step, "must": True}
        if item.act == "process":
            self._try(services.complete_step, **given)
        elif item.act == "settle":
            self._try(services.settle_dossier, by=self.town.leader, result_name="Kết quả", must=True)
        elif item.act == "request" and queries.outside_request(self.dossier, item.step) is None:
            self._try(services.ask_outside, reference="12", **given)
        elif item.act == "request":
            self._try(services.note_outside_answer, answer="Đã cấp", **given)

    @rule()
    @precondition(received)
    def settle_at_once(self) -> None:
        self._try(services.settle_dossier, name="settled at once", by=self.town.leader, result_name="Kết quả")

    # --- papers ------------------------------------------------------------------------------------------------------
    @rule(last=st.booleans(), leader=st.booleans(), paper=st.booleans())
    @precondition(in_state("submitted", *UNDER_WAY))
    def ask_for_papers(self, last: bool, leader: bool, paper: bool) -> None:
        main = [item for item in self.items if item.act not in rules.SIDE_ACTS]
        item = main[-1 if last else 0]
        by = {"receive": self.counter, rules.DETERMINE: self.counter, "settle": self.town.approver}
        definition = queries.edition_of(self.dossier).definition
        wanted = [Need("field", definition.fields[0].sid, "contradicts", "Ghi lại.")] if definition.fields else []
        if (paper or not wanted) and definition.components:
            wanted.append(Need("component", definition.components[0].sid, "unreadable", "Chụp lại."))
        self._try(
            services.request_supplement,
            by=self.town.leader if leader else by.get(item.act, self.town.case),
            items=wanted,
            contact="Quầy số 1",
            answer_by=self.now + timedelta(days=5),
            repeat_reason="Còn thiếu",
            step=item.step,
        )

    @rule(accept=st.booleans())
    @precondition(lambda self: queries.undecided_supplement(self.dossier) is not None)
    def decide_on_a_further_request(self, accept: bool) -> None:
        asked = queries.undecided_supplement(self.dossier)
        assert asked is not None
        until = self.now + timedelta(days=5)
        given = {"n": asked.n, "by": self.town.leader, "note": "Lý do", "answer_by": until}
        self._try(services.decide_supplement, accept=accept, **given)

    def _papers_come(self, *, at_counter: bool) -> None:
        asked = queries.open_supplement(self.dossier)
        assert asked is not None
        wanted = list(asked.items.all())
        answers = {
            each.sid: False if each.sid == "wants_survey" else "Đỗ Mẫu Bình" for each in wanted if each.kind == "field"
        }
        papers = [casting.paper(each.sid) for each in wanted if each.kind == "component"]
        said = {"answers": answers, "components": papers, "op_id": self._key(), "request_sha256": "b" * 64}
        self._try(services.file_supplement, by=self.counter if at_counter else None, must=not at_counter, **said)

    @rule(leader=st.booleans())
    @precondition(in_state("supplement_requested"))
    def the_papers_are_not_needed(self, leader: bool) -> None:
        self._try(services.cancel_supplement, by=self.town.leader if leader else self.town.case)

    # --- another way to end ------------------------------------------------------------------------------------------
    @rule(how=st.sampled_from(("end", "confirm", "withdraw")))
    @precondition(lambda self: self.dossier.state not in rules.FINISHED)
    def it_ends(self, how: str) -> None:
        received, settled = self.dossier.received_at is not None, self.dossier.settled_at is not None
        if how == "confirm":
            self._try(services.confirm_withdrawal, by=self.counter)
        elif how == "withdraw":
            self._try(services.withdraw_dossier, by=self.counter, identity_checked_by="citizen_card", must=not settled)
        elif received:
            self._try(services.stop_dossier, by=self.town.leader, must=not settled, **STOP)
        else:
            said = {"reason_code": "not_eligible", "reason": "Không đủ điều kiện"}
            self._try(services.refuse_dossier, by=self.counter, must=True, **said)

    @rule(act=st.sampled_from((services.ask_withdrawal, services.take_back_withdrawal)))
    @precondition(received)
    def the_applicant_wants_it_back(self, act: Callable[..., Any]) -> None:
        self._try(act, op_id=self._key())

    @rule(who=st.sampled_from(("leader", "intake", "case")))
    @precondition(lambda self: queries.to_undo(queries.history_of(self.dossier)) is not None)
    def undo(self, who: str) -> None:
        undone = queries.to_undo(queries.history_of(self.dossier))
        if undone is None or undone.office is None:
            return
        here = undone.office.path.startswith(self.cast.here.commune.path)
        by = getattr(self.cast.here if here else self.cast.there, who)
        self._try(services.undo_last, by=by, reason="Nhầm", must=who == "leader")

    # --- another way to go -------------------------------------------------------------------------------------------
    @rule(there=st.booleans(), doubted=st.booleans())
    @precondition(in_state("submitted", *UNDER_WAY))
    def whose_it_is(self, there: bool, doubted: bool) -> None:
        to = (self.cast.there if there else self.cast.here).commune
        if self.dossier.competence_open:
            settled = {"office": to, "by": self._corrector(), "reason": "Đã rõ", "must": True}
            self._try(services.settle_competence, **settled)
        elif doubted:
            self._try(services.doubt_competence, by=self._corrector(), reason="Chưa rõ")
        else:
            self._try(services.transfer_dossier, by=self._corrector(), to=to, reason="Nơi khác có thẩm quyền")

    def _corrector(self) -> Person:
        main = queries.main_item(self.items)
        here = main is not None and main.office.path.startswith(self.cast.here.commune.path)
        return (self.cast.here if here else self.cast.there).leader

    @rule(code=st.sampled_from(CODES))
    @precondition(in_state("submitted", *UNDER_WAY))
    def it_was_another_procedure(self, code: str) -> None:
        said = {"procedure": code, "reason_code": "wrong_procedure", "reason": "Nhập nhầm", "limit": GIVEN}
        self._try(services.change_edition, by=self._corrector(), **said)

    @rule()
    @precondition(lambda self: received(self) and timezone.localdate(self.now) >= NEWER_FROM)
    def it_goes_to_the_newer_version(self) -> None:
        said = {"procedure": self.dossier.procedure_code, "reason_code": "new_version", "reason": "Bản mới"}
        self._try(services.change_edition, name="new_version", by=self._corrector(), limit=GIVEN, **said)

    @rule(days=st.integers(1, 9), leader=st.booleans())
    @precondition(received)
    def propose_a_new_appointment(self, days: int, leader: bool) -> None:
        day = max(self.now, self.dossier.due_at or self.now) + timedelta(days=days)
        until = datetime.combine(timezone.localdate(day), time(9), UTC)
        said = {"reason_code": "complex", "reason": "Cần xác minh", "new_due_at": until}
        self._try(services.propose_extension, by=self.town.leader if leader else self.town.case, **said)

    @rule(accepted=st.booleans())
    @precondition(lambda self: queries.undecided_extension(self.dossier) is not None)
    def decide_on_a_new_appointment(self, accepted: bool) -> None:
        self._try(services.decide_extension, by=self.town.leader, accepted=accepted, note="Lý do")

    # --- beside the way ----------------------------------------------------------------------------------------------
    @rule(n=st.integers(0, 6), amount=st.sampled_from((8000, 50000)))
    @precondition(lambda self: bool(self.items))
    def something_beside_the_way(self, n: int, amount: int) -> None:
        leader, day = self._corrector(), self.now + timedelta(2)
        paid = {"source": "cash", "amount": amount, "receipt_number": ""}
        asked = {"office": self.cast.here.certification, "question": "Có không?", "due_at": day}
        acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
            (services.ask_opinion, {"by": leader} | asked),
            (services.give_opinion, {"by": self.cast.here.leader, "answer": "Có"}),
            (services.answer_applicant, {"by": self.counter, "text": "Xin chờ", "op_id": self._key()}),
            (services.write_message, {"text": "Xong chưa?", "op_id": self._key()}),
            (services.charge_dossier, {"by": self.counter, "lines": [Line("fee", "Lệ phí", amount)]}),
            (services.take_payment, {"by": self.counter, "op_id": self._key()} | paid),
            (services.take_work, {"by": self.town.case, "step": self.items[-1].step}),
        ]
        act, given = acts[n]
        self._try(act, **given)

    # --- two at once, and out of turn --------------------------------------------------------------------------------
    @rule(who=st.sampled_from(PEOPLE), there=st.booleans(), n=st.integers(0, 5))
    def somebody_acts_out_of_turn(self, who: str, there: bool, n: int) -> None:
        """Whoever, with an old page: the service decides by what is there now."""
        by = getattr(self.cast.there if there else self.cast.here, who)
        acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
            (services.receive_dossier, {"limit": GIVEN}),
            (services.complete_step, {}),
            (services.settle_dossier, {"result_name": "Kết quả"}),
            (services.return_result, {"method": "post", "receiver": "Người Mẫu"}),
            (services.refuse_dossier, {"reason_code": "other", "reason": "Không"}),
            (services.undo_last, {"reason": "Nhầm"}),
        ]
        act, given = acts[n]
        self._try(act, by=by, **given)

    @rule(first=st.booleans())
    @precondition(received)
    def two_officers_end_it_at_once(self, first: bool) -> None:
        acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
            (services.stop_dossier, STOP),
            (services.withdraw_dossier, {"identity_checked_by": "citizen_card"}),
        ]
        one, other = acts if first else reversed(acts)
        people = {services.stop_dossier: self.town.leader, services.withdraw_dossier: self.counter}
        won = self._try(one[0], by=people[one[0]], **one[1])
        assert not (won and self._try(other[0], by=people[other[0]], **other[1])), "both of two at once won"
        self.undo(who="leader")

    # --- what holds --------------------------------------------------------------------------------------------------
    @invariant()
    def every_promise_holds(self) -> None:
        promises.all_hold(self.dossier)
        for pk, content in self.dossier.filings.values_list("pk", "content"):
            assert self.filings.setdefault(pk, content) == content, "what was filed never changes"

    @invariant()
    def the_register_adds_up(self) -> None:
        first = casting.TODAY + timedelta(days=self.keys % 4)
        self._adds_up(first, timezone.localdate(self.now))

    def _adds_up(self, first: date, last: date) -> None:
        if last < first:
            return
        within = figures.period(first, last, timezone.get_current_timezone(), self.now)
        for town in (self.cast.here, self.cast.there):
            counted = _counted(town.commune, within)
            assert figures.holds(counted)
            own = own_register.figures(self._lines(town.commune), first, last)
            assert _summed(counted) == dict(own)

    def _lines(self, office: Office) -> list[own_register.Line]:
        of_office = Dossier.objects.filter(competent_office=office).select_related("matter")
        return [own_register.line(queries.history_of(each), each.due_at) for each in of_office]

    def teardown(self) -> None:
        if not hasattr(self, "now"):
            return
        for n in range(len(self.stale)):
            self._look(n)
            promises.all_hold(self.dossier)
        self._months_follow_each_other()

    def _months_follow_each_other(self) -> None:
        """Whatever the cut-off days: what is in progress at the end of a month is carried over into the next."""
        office, today = self.cast.here.commune, timezone.localdate(self.now)
        months = periods.months_of(office)
        month, progress = months.of(casting.TODAY), 0
        while months.span(month)[0] <= today:
            first, last = months.span(month)
            self._adds_up(first, last)
            within = figures.period(first, last, timezone.get_current_timezone(), self.now)
            counted = _counted(office, within)
            assert counted["carried_over"] == progress
            progress = figures.total(counted, figures.IN_PROGRESS)
            month = (month[0] + month[1] // 12, month[1] % 12 + 1)
        for closed in ClosedPeriod.objects.filter(office=office):
            found = periods.reported_between(office, closed.first, closed.last, self.now)
            corrected = {key: found.figures[key] + found.adjustments.get(key, 0) for key in figures.KEYS}
            assert corrected == found.situation.counts


def _counted(office: Office, within: figures.Period) -> figures.Figures:
    found = facts.facts(facts.offices_below(office), within)
    return figures.count(figures.classified(found, within), within)


def _summed(counted: figures.Figures) -> dict[str, int]:
    """Without zeros, and what is in progress as one number: whether it is overdue its clock says (promises.py)."""
    progress = figures.total(counted, figures.IN_PROGRESS)
    rest = {key: number for key, number in counted.items() if key not in figures.IN_PROGRESS}
    return {key: number for key, number in (rest | {"in_progress": progress}).items() if number}


@pytest.fixture
def world(cast: Cast) -> Cast:
    """The cast with a forked route, a newer version to come, and officers who work for the whole commune too."""
    forked.publish()
    newer = casting.document(OPEN_LIMIT) | {
        "name": "Xác nhận mẫu, bản mới",
        "channels": [{"kind": "online", "limit": {"value": 4}}, {"kind": "direct"}],
    }
    catalogue.publish_version(doc=newer, at=NOW, by=None, effective_from=NEWER_FROM)
    for town in (cast.here, cast.there):
        post = Post.objects.select_related("role").get(person=town.case)
        Post.objects.create(person=town.case, office=town.commune, role=post.role, valid_from=BEGUN)
    return cast


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_is_done_every_promise_holds_and_the_register_adds_up(world: Cast) -> None:
    class Walked(Course):
        """Each course begins with nothing filed: what was done before it is taken back."""

        def __init__(self) -> None:
            self.cast, self.point = world, transaction.savepoint()
            super().__init__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                transaction.savepoint_rollback(self.point)

    done.clear()
    run_state_machine_as_test(Walked, settings=HOW)
    if LONG:
        print(dict(done))

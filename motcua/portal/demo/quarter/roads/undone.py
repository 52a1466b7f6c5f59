"""Roads on which an act is taken back."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import services
from motcua.portal.demo.quarter.case import Case
from motcua.portal.demo.quarter.roads import parts, straight
from motcua.portal.demo.quarter.roads.parts import Way


def _undone(case: Case, moment: datetime) -> Way:
    moment = case.later(moment, 10)
    yield moment, case.does(services.undo_last, by=case.one("leader"), reason=case.words["undone"])
    return moment


def step_taken_back(case: Case) -> Way:
    """A step is done, taken up again, done."""
    moment = case.later((yield from parts.received(case)), 30)
    if case.act == "process":
        yield moment, case.does(services.complete_step, by=lambda: case.officer)
        moment = yield from _undone(case, moment)
    return (yield from parts.ended(case, moment))


def result_taken_back(case: Case) -> Way:
    """Signed by mistake."""
    moment = yield from _undone(case, (yield from parts.done(case, (yield from parts.received(case)))))
    moment = case.later(moment, 30)
    yield moment, case.settle
    return (yield from parts.returned(case, moment))


def return_taken_back(case: Case) -> Way:
    """Handed over on paper only by mistake."""
    moment = yield from _undone(case, (yield from straight.straight(case)))
    return (yield from parts.returned(case, moment))


def stop_taken_back(case: Case) -> Way:
    """Stopped by mistake."""
    moment = yield from _undone(case, (yield from straight.stopped(case)))
    return (yield from parts.ended(case, moment))


def refusal_taken_back(case: Case) -> Way:
    """Refused by mistake."""
    moment = case.later((yield from _undone(case, (yield from straight.refused(case)))), 10)
    yield moment, case.receive
    return (yield from parts.ended(case, moment))

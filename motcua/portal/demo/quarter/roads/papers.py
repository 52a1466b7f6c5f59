"""Roads on which papers are asked for, once or twice."""

from __future__ import annotations

from functools import partial

from motcua.dossiers import queries, services
from motcua.portal.demo.quarter.case import Case
from motcua.portal.demo.quarter.roads import parts, straight
from motcua.portal.demo.quarter.roads.parts import Way


def papers_before_receipt(case: Case) -> Way:
    """Something is missing when it is looked at."""
    moment = yield from parts.asked(case, (yield from parts.filed(case)))
    moment = case.later((yield from parts.mended(case, moment)), 30)
    yield moment, case.receive
    return (yield from parts.ended(case, moment))


def papers(case: Case) -> Way:
    """Something is missing while it is worked on."""
    moment = yield from parts.asked(case, (yield from parts.received(case)))
    return (yield from parts.ended(case, (yield from parts.mended(case, moment))))


def papers_brought_to_the_counter(case: Case) -> Way:
    """The applicant brings them."""
    moment = yield from parts.asked(case, (yield from parts.received(case)))
    return (yield from parts.ended(case, (yield from parts.mended(case, moment, at_the_counter=True))))


def papers_not_needed(case: Case) -> Way:
    """The office finds them itself."""
    moment = case.days_later((yield from parts.asked(case, (yield from parts.received(case)))), 1)
    yield moment, case.does(services.cancel_supplement, by=lambda: case.asker)
    return (yield from parts.ended(case, moment))


def _asked_again(case: Case, *, accept: bool) -> Way:
    moment = yield from parts.asked(case, (yield from parts.received(case)))
    moment = case.later((yield from parts.mended(case, moment)), 40)
    yield moment, case.ask
    if queries.undecided_supplement(case.dossier) is None:  # whoever decides asked himself
        return moment
    moment = case.later(moment, 45)
    yield moment, partial(case.decide, accept=accept)
    return moment


def papers_asked_twice(case: Case) -> Way:
    """A second request, agreed to."""
    moment = yield from _asked_again(case, accept=True)
    return (yield from parts.ended(case, (yield from parts.mended(case, moment))))


def papers_not_asked_twice(case: Case) -> Way:
    """A second request, not agreed to."""
    moment = yield from _asked_again(case, accept=False)
    if case.fresh().state == "supplement_requested":
        moment = yield from parts.mended(case, moment)
    return (yield from parts.ended(case, moment))


def papers_never_came(case: Case) -> Way:
    """Stopped when nothing came."""
    moment = case.days_later((yield from parts.asked(case, (yield from parts.received(case)))), 10)
    yield moment, straight.stop(case, "stop", "supplement_not_given")
    return moment

"""What every road of the quarter is made of: filed, received, done, returned, asked for papers."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime
from functools import partial

from motcua.dossiers import services
from motcua.portal.demo.quarter.case import Act, Case

Way = Generator[tuple[datetime, Act], None, datetime]
Road = Callable[[Case], Way]


def filed(case: Case) -> Way:
    """Sent, or taken in and received at once."""
    yield case.filed_at, case.file
    return case.filed_at


def received(case: Case) -> Way:
    """Filed, and found valid."""
    moment = yield from filed(case)
    if case.channel != "online":
        return moment
    moment = case.later(moment, 45)
    yield moment, case.receive
    return moment


def done(case: Case, moment: datetime) -> Way:
    """Taken, processed, signed, numbered."""
    moment = case.later(moment, 20)
    yield moment, case.does(services.take_work, by=lambda: case.officer)
    end = case.settling(case.later(moment, 40))
    if case.act == "process":
        half = case.calendar.working_minutes_between(moment, end) // 2
        moment = case.later(moment, half)
        yield moment, case.does(services.complete_step, by=lambda: case.officer)
    moment = max(end, case.later(moment, 10))
    yield moment, case.settle
    moment = case.later(moment, 30)
    yield moment, case.does(services.number_result, by=case.one("records_clerk"))
    return moment


def returned(case: Case, moment: datetime) -> Way:
    """Collected or sent some days later."""
    moment = case.days_later(moment, 1 + case.n % 2)
    yield moment, case.hand_over
    return moment


def ended(case: Case, moment: datetime) -> Way:
    """From receipt to the returned result."""
    moment = yield from done(case, moment)
    return (yield from returned(case, moment))


def asked(case: Case, moment: datetime) -> Way:
    """Something is missing."""
    moment = case.later(moment, 50)
    yield moment, case.ask
    return moment


def mended(case: Case, moment: datetime, *, at_the_counter: bool = False) -> Way:
    """It comes."""
    moment = case.days_later(moment, 1 + case.n % 5)
    yield moment, partial(case.mend, at_the_counter=at_the_counter)
    return moment

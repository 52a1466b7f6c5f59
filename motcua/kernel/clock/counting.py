"""From the ledger's entries to the due moment.

A working-day limit n ends with the last session of the n-th working day after valid receipt; days and months count as
in the almanac and move to the end of the next working day; working hours run inside sessions only. A pause adds exactly
the units between its two moments.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from motcua.kernel.calendar import Calendar, Day
from motcua.kernel.clock.values import Code, Due, Entry, Limit, Pause, Unit, Why
from motcua.kernel.workflow import Machine, Transition

COURSE = Machine(
    (
        Transition("start", ("new",), "running"),
        Transition("pause", ("running",), "paused"),
        Transition("resume", ("paused",), "running"),
        Transition("extend", ("running",), "running"),
        Transition("extend", ("paused",), "paused"),
        Transition("stop", ("running", "paused"), "stopped"),
        # The act that had stopped it was undone: it ran on all the while.
        Transition("reopen", ("stopped",), "running"),
    ),
    initial=("new",),
    final=("stopped",),
)
ONE_DAY = timedelta(days=1)


@dataclass
class _Course:
    """What the entries say, read in order."""

    state: str = "new"
    received: datetime | None = None
    spans: tuple[tuple[datetime, datetime], ...] = ()
    paused_at: datetime | None = None
    extension: Entry | None = None


def due(calendar: Calendar, limit: Limit | None, entries: Iterable[Entry]) -> Due:
    """When it is due by this calendar; entries in their order, or workflow.Refused for an order no clock can have."""
    course = _read(calendar, entries)
    if course.received is None:
        return Due(None, "not_started", Why("not_started"))
    if limit is None and course.extension is None:
        return Due(None, "limit_unknown", Why("limit_unknown", received_at=course.received))
    pauses = tuple(Pause(start, end, _units(calendar, limit, start, end)) for start, end in course.spans)
    why = Why("set", limit, course.received, pauses=pauses)
    if limit is not None:
        why = _count(calendar, limit, course.received, sum((pause.added for pause in pauses), timedelta()))
        why = replace(why, pauses=pauses)
    original = why.due_at
    if course.extension is not None:
        why = _extended(calendar, why, course.extension)
    return _answer(calendar, course, why, original)


def _answer(calendar: Calendar, course: _Course, why: Why, original: datetime | None) -> Due:
    if course.state == "paused":
        why = replace(why, code="paused", due_at=None, paused_at=course.paused_at)
        return Due(None, "paused", why, original=original)
    assert why.due_at is not None
    # A moment that an officer set is an appointment, whatever becomes of the calendar.
    estimated = why.code != "set" and not calendar.is_published(why.due_at.date())
    if estimated:
        why = replace(why, official_until=calendar.official_until)
    return Due(why.due_at, "stopped" if course.state == "stopped" else "running", why, estimated, original)


def _read(calendar: Calendar, entries: Iterable[Entry]) -> _Course:
    course, last = _Course(), None
    for entry in entries:
        at = calendar.local(entry.at)
        if last is not None and at < last:
            raise ValueError("the entries of a clock go forward in time")
        last = at
        course.state = COURSE.next(course.state, entry.kind)
        if entry.kind == "start":
            course.received = at
        elif entry.kind == "pause":
            course.paused_at = at
        elif entry.kind == "resume" and course.paused_at is not None:
            course.spans += ((course.paused_at, at),)
            course.paused_at = None
        elif entry.kind == "extend":
            course.extension = entry
        elif entry.kind == "reopen" and course.paused_at is not None:
            course.state = "paused"
    return course


def _units(calendar: Calendar, limit: Limit | None, start: datetime, end: datetime) -> timedelta:
    unit: Unit = limit.unit if limit else "working_day"
    if unit == "working_hour":
        return calendar.working_time_between(start, end)
    if unit == "working_day":
        return timedelta(days=calendar.working_days_between(start.date(), end.date()))
    return end.date() - start.date()


def _count(calendar: Calendar, limit: Limit, received: datetime, added: timedelta) -> Why:
    if limit.unit == "working_hour":
        at = calendar.add_working_time(received, timedelta(hours=limit.value) + added)
        return _explained(calendar, "counted", limit, received, at, received.date() - ONE_DAY)
    if limit.unit == "working_day":
        return _count_working_days(calendar, limit, received, added.days)
    day = received.date() + timedelta(days=limit.value) if limit.unit == "day" else _later(received.date(), limit.value)
    day += added
    why = _explained(calendar, "counted", limit, received, calendar.end_of_day(day), day - ONE_DAY)
    return why if calendar.is_working_day(day) else replace(why, rolled_from=day)


def _count_working_days(calendar: Calendar, limit: Limit, received: datetime, added: int) -> Why:
    code, first, after = _code(calendar, limit, received), received.date(), received.date()
    if code in {"after_cutoff", "after_hours"}:
        first = calendar.next_working_day(first)
        # A day off on which it came is part of the reason; a working day on which it came too late is not.
        after -= ONE_DAY
    last = calendar.add_working_days(first, limit.value + added)
    return _explained(calendar, code, limit, received, calendar.end_of_day(last), after)


def _code(calendar: Calendar, limit: Limit, received: datetime) -> Code:
    if not limit.same_day:
        return "counted"
    sessions = calendar.sessions(received.date())
    if not sessions or received > calendar.at(received.date(), sessions[-1].end):
        return "after_hours"
    return "after_cutoff" if limit.cutoff is not None and received.time() > limit.cutoff else "same_day"


def _explained(calendar: Calendar, code: Code, limit: Limit, received: datetime, due_at: datetime, after: date) -> Why:
    """`after` is the day from which, itself excluded, the days off and the worked Saturdays are part of the reason."""
    off: tuple[Day, ...] = calendar.days_off_between(after, due_at.date())
    extra = calendar.extra_days_between(after, due_at.date())
    return Why(code, limit, received, due_at, days_off=off, extra_days=extra)


def _extended(calendar: Calendar, why: Why, extension: Entry) -> Why:
    """The extension's own moment, moved on by what was paused after it was given."""
    assert extension.until is not None
    given, until = calendar.local(extension.at), calendar.local(extension.until)
    later = (_units(calendar, why.limit, max(p.start, given), p.end) for p in why.pauses if p.end > given)
    added = sum(later, timedelta())
    if added:
        until = _moved(calendar, why.limit, until, added)
    return replace(why, code="set", due_at=until, original=why.due_at, extended_at=given)


def _moved(calendar: Calendar, limit: Limit | None, until: datetime, added: timedelta) -> datetime:
    unit: Unit = limit.unit if limit else "working_day"
    if unit == "working_hour":
        return calendar.add_working_time(until, added)
    if unit == "working_day":
        return calendar.end_of_day(calendar.add_working_days(until.date(), added.days))
    return calendar.end_of_day(until.date() + added)


def _later(day: date, months: int) -> date:
    """The same date of the later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

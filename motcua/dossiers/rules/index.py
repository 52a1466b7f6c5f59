"""The service index of Decision 766/QĐ-TTg as far as dossiers say it: what is in time, and how long it took.

The formulas were read from a transcription of the official description; the points of single indicators are not
confirmed, so none are given here. Time stands still while papers are awaited; a second supplement request makes a
dossier count as late.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from motcua.dossiers.rules import figures
from motcua.dossiers.rules.figures import Fact, Period
from motcua.kernel.calendar import Calendar

Pause = tuple[datetime, datetime]


def in_time(fact: Fact, within: Period, asked: int) -> bool:
    """Indicator 2.1: done, ended or still running within its time, and asked for papers at most once."""
    if asked > 1:
        return False
    ended = figures.ended_at(fact)
    if ended is None or ended >= within.end:
        return not figures.is_overdue(fact, within.as_of)
    return fact.due_at is None or ended <= fact.due_at


def working_days(calendar: Calendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> int:
    """Indicator 2.2: working days from receipt to the result, without those while papers were awaited."""
    waited = sum(_days(calendar, begun, min(until, end)) for begun, until in pauses if begun < end)
    return max(_days(calendar, start, end) - waited, 0)


def _days(calendar: Calendar, start: datetime, end: datetime) -> int:
    first, last = calendar.local(start).date(), calendar.local(end).date()
    return calendar.working_days_between(first, last) if last > first else 0

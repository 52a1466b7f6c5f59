"""The shipped calendar as pure values, and a walker that counts the slow, obvious way."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from motcua import kernel
from motcua.kernel import calendar
from motcua.kernel.calendar import Calendar, Day

SHIPPED = Path(kernel.__file__).parent / "data" / "holidays.csv"


def shipped_days() -> tuple[Day, ...]:
    with SHIPPED.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(Day(date.fromisoformat(row["date"]), row["kind"], row["name"], row["status"]) for row in rows)  # type: ignore[arg-type]


DAYS = shipped_days()
CALENDAR = Calendar(DAYS, version=1, official_until=calendar.official_until(DAYS))


def at(text: str) -> datetime:
    """ "2026-11-23 09:12" at the office."""
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.zone)


def days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day


def walked_working_days(day: date, count: int) -> date:
    """The count-th working day after `day`, one day at a time."""
    for later in days_after(day) if count else iter(()):
        count -= CALENDAR.is_working_day(later)
        if count == 0:
            return later
    return day


def walked_end(day: date) -> datetime:
    """The end of the last session of the first working day from `day` on."""
    while not CALENDAR.sessions(day):
        day += timedelta(days=1)
    return CALENDAR.at(day, max(session.end for session in CALENDAR.sessions(day)))


def walked_minutes(start: datetime, end: datetime) -> int:
    """Minutes between two moments that lie inside a session, one minute at a time."""
    count = 0
    while start < end:
        count += any(session.start <= start.time() < session.end for session in CALENDAR.sessions(start.date()))
        start += timedelta(minutes=1)
    return count


def walked_add_minutes(start: datetime, minutes: int) -> datetime:
    """The moment when so many minutes inside sessions are over, one minute at a time."""
    while minutes:
        minutes -= any(session.start <= start.time() < session.end for session in CALENDAR.sessions(start.date()))
        start += timedelta(minutes=1)
    return start

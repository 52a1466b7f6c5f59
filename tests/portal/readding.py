"""The figures of a commune added up again from its register (Form 07 as CSV) by a few lines that know nothing of ours.

Own arithmetic and an own calendar: which days are worked is read from the list of holidays and the days that the office
set, and the due day of a plain limit is counted here once more.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

KEYS = (
    *("filed", "carried_over", "received", "settled_early", "settled_on_time", "settled_late"),
    *("in_progress_within", "in_progress_overdue", "stopped", "refused", "withdrawn"),
)
Row = Mapping[str, str]


def rows(text: str) -> list[Row]:
    """The lines of the register."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def figures(register: Iterable[Row], first: date, last: date, now: datetime) -> dict[str, int]:
    """The eleven figures of these days."""
    found = Counter(each for row in register for each in _counts(row, first, last, now))
    return {key: found[key] for key in KEYS}


def grouped(register: Iterable[Row], by: str, first: date, last: date, now: datetime) -> dict[str, dict[str, int]]:
    """The same apart for each value of a column."""
    groups: dict[str, list[Row]] = {}
    for row in register:
        groups.setdefault(row[by], []).append(row)
    return {value: figures(own, first, last, now) for value, own in groups.items()}


def _counts(row: Row, first: date, last: date, now: datetime) -> Iterable[str]:
    if first <= _day(row["filed_at"]) <= last:
        yield "filed"
    if not row["received_at"]:
        return
    yield "received" if _day(row["received_at"]) >= first else "carried_over"
    ended = row["ended_at"]
    if not ended or _day(ended) > last:
        end = min(now, datetime.combine(last + timedelta(days=1), datetime.min.time(), now.tzinfo))
        judged = _moment(row["clock_still_since"]) if row["clock_still_since"] else end
        late = bool(row["due_at"]) and _moment(row["due_at"]) < judged
        yield "in_progress_overdue" if late else "in_progress_within"
    elif row["settled_at"]:
        yield _in_time(_moment(row["settled_at"]), _moment(row["due_at"]))
    else:
        yield row["ending"]


def _in_time(settled: datetime, due: datetime) -> str:
    if settled > due:
        return "settled_late"
    return "settled_on_time" if settled.date() == due.date() else "settled_early"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _day(text: str) -> date:
    return _moment(text).date()


def due_day(received: date, limit: int, off: Iterable[date], worked: Iterable[date]) -> date:
    """The last day of a limit in working days: Saturdays and Sundays are none unless they are worked."""
    resting, extra, day = set(off), set(worked), received
    while limit:
        day += timedelta(days=1)
        limit -= (day.weekday() < 5 and day not in resting) or day in extra
    return day

"""What a dossier counts as in a period: one classification for the board, the reports, the registers and the index.

Nouns: Fact (the moments of one dossier that count, and what it is counted by), Period (from a day to a day, judged as
of a moment), bucket (what one dossier counts as), Figures (how many of each). Nothing here knows today or a table.

The identity of every period, for any set of dossiers: carried over + received
= settled (early, on time, late) + in progress (within, overdue) + stopped + refused + withdrawn.
What was never validly received stands outside it, in a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple, TypeVar
from uuid import UUID

from motcua.kernel import clock
from motcua.kernel.calendar import Calendar

FILED, CARRIED_OVER, RECEIVED = "filed", "carried_over", "received"
SETTLED = ("settled_early", "settled_on_time", "settled_late")
WITHIN, OVERDUE = "in_progress_within", "in_progress_overdue"
IN_PROGRESS = (WITHIN, OVERDUE)
ENDED = ("stopped", "refused", "withdrawn")
# Outside the identity: without a valid receipt no legal time ran.
WAITING, REFUSED_BEFORE, WITHDRAWN_BEFORE = "waiting", "refused_before_receipt", "withdrawn_before_receipt"
OUTSIDE = (REFUSED_BEFORE, WITHDRAWN_BEFORE, WAITING)
INSIDE = (*SETTLED, *IN_PROGRESS, *ENDED)
BUCKETS = (*INSIDE, *OUTSIDE)
KEYS = (FILED, CARRIED_OVER, RECEIVED, *INSIDE, *OUTSIDE)
Figures = dict[str, int]
K = TypeVar("K", bound=Hashable)
# Early, on time and late are told apart by the days of two moments, so any calendar serves.
_ANY = Calendar()


class Fact(NamedTuple):
    """One dossier as far as it is counted."""

    id: UUID
    state: str
    filed_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    settled_at: datetime | None
    closed_at: datetime | None
    procedure: str
    channel: str
    office: int
    # Since when its clock stood still at the end of the period; its time is judged at that moment.
    still_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included; what is open is judged as of the end, or of now if that is
    earlier.
    """

    first: date
    last: date
    start: datetime
    end: datetime
    as_of: datetime

    def __contains__(self, moment: object) -> bool:
        return isinstance(moment, datetime) and self.start <= moment < self.end


def period(first: date, last: date, zone: tzinfo, now: datetime) -> Period:
    """The period of these days in the office's zone; ValueError when the last lies before the first."""
    if last < first:
        raise ValueError("a period ends on or after the day on which it begins")
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    return Period(first, last, start, end, min(end, now))


def ended_at(fact: Fact) -> datetime | None:
    """When its legal time ended: with the settling, else with the stop, the refusal or the withdrawal."""
    if fact.settled_at is not None:
        return fact.settled_at
    return fact.closed_at if fact.state in ENDED else None


def bucket(fact: Fact, within: Period) -> str | None:
    """What the dossier counts as in the period; None when it has nothing to do with it."""
    if fact.received_at is None or fact.received_at >= within.end:
        return _before_receipt(fact, within)
    ended = ended_at(fact)
    if ended is None or ended >= within.end:
        return OVERDUE if is_overdue(fact, within.as_of) else WITHIN
    if ended < within.start:
        return None
    if fact.settled_at is None:
        return fact.state
    return "settled_" + (clock.standing(_ANY, fact.due_at, ended, ended) or "on_time")


def is_overdue(fact: Fact, at: datetime) -> bool:
    """Whether its time had run out at that moment; a clock that stands still is judged when it stopped."""
    return fact.due_at is not None and fact.due_at < (fact.still_since or at)


def _before_receipt(fact: Fact, within: Period) -> str | None:
    if fact.filed_at >= within.end:
        return None
    ended = ended_at(fact) if fact.received_at is None else None
    if ended is None or ended >= within.end:
        return WAITING
    if ended < within.start:
        return None
    return WITHDRAWN_BEFORE if fact.state == "withdrawn" else REFUSED_BEFORE


def origin(fact: Fact, within: Period) -> str:
    """Whether it came in the period or was there before; empty for what was never received."""
    if fact.received_at is None or fact.received_at >= within.end:
        return ""
    return RECEIVED if fact.received_at >= within.start else CARRIED_OVER


def classified(facts: Iterable[Fact], within: Period) -> list[tuple[Fact, str]]:
    """The dossiers of the period, each with what it counts as; the others are left out."""
    found = ((fact, bucket(fact, within)) for fact in facts)
    return [(fact, name) for fact, name in found if name is not None]


def count(counted: Iterable[tuple[Fact, str]], within: Period) -> Figures:
    """How many of each."""
    figures = dict.fromkeys(KEYS, 0)
    for fact, name in counted:
        figures[name] += 1
        if came := origin(fact, within):
            figures[came] += 1
        if fact.filed_at in within:
            figures[FILED] += 1
    return figures


def count_by(counted: Iterable[tuple[Fact, str]], within: Period, key: Callable[[Fact], K]) -> dict[K, Figures]:
    """How many of each, apart for each value of the key."""
    groups: dict[K, list[tuple[Fact, str]]] = {}
    for fact, name in counted:
        groups.setdefault(key(fact), []).append((fact, name))
    return {value: count(group, within) for value, group in groups.items()}


def total(figures: Mapping[str, int], keys: Iterable[str]) -> int:
    """The sum of these keys."""
    return sum(figures[key] for key in keys)


def holds(figures: Mapping[str, int]) -> bool:
    """Whether what came equals what became of it."""
    return figures[CARRIED_OVER] + figures[RECEIVED] == total(figures, INSIDE)


def adjustments(frozen: Mapping[str, int], live: Mapping[str, int]) -> Figures:
    """What has been corrected since the figures were frozen: the difference of each key that has one."""
    found = {key: live.get(key, 0) - frozen.get(key, 0) for key in KEYS}
    return {key: difference for key, difference in found.items() if difference}


# --- the clock as it stood -------------------------------------------------------------------------------------------
MOVES = ("pause", "resume", "extend")


def clock_at(
    calendar: Calendar, limit: clock.Limit | None, entries: Iterable[clock.Entry], end: datetime
) -> tuple[datetime | None, datetime | None]:
    """The due moment as the ledger had it before `end`, and since when the clock stood still; None when it ran."""
    seen = [entry for entry in entries if entry.at < end]
    found = clock.due(calendar, limit, seen)
    if found.reason != "paused":
        return found.at, None
    pause = next(entry for entry in reversed(seen) if entry.kind == "pause")
    return clock.due(calendar, limit, [entry for entry in seen if entry is not pause]).at, pause.at

"""When offices work: sessions of a day, days off, worked Saturdays, half days, and counting over them.

Nouns: Session (from a time to a time), Day (a date that is not what its weekday says), Hours (a week of sessions,
for a period), Calendar (all of it, with a version). Labour Code 45/2019 Art. 111–112; the block of Tết and the swapped
days are announced each year.
It reads no clock and no table, and it does not know limits (clock).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

# compensation: makes up for a holiday on a rest day; swap_off and swap_work: the two halves of a swap; half: hours of
# its own; ordinary: like any other of its weekday, which takes back what was entered or ruled before.
Kind = Literal["off", "compensation", "swap_off", "swap_work", "half", "ordinary"]
# to_confirm: announced, the act not yet seen; rule: what the law gives without an announcement; estimated: a guess
# until the announcement.
Status = Literal["official", "to_confirm", "rule", "estimated"]

SATURDAY, SUNDAY = 5, 6
DAYS_OFF: frozenset[Kind] = frozenset({"off", "compensation", "swap_off"})
UNPUBLISHED: frozenset[Status] = frozenset({"rule", "estimated"})
# Holidays with a date of their own (Labour Code Art. 112(1); 24 November by Resolution 28/2026/QH16): the rule where
# nothing is entered.
YEARLY = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Ngày Chiến thắng",
    (5, 1): "Quốc tế Lao động",
    (9, 2): "Quốc khánh",
    (11, 24): "Ngày Văn hóa Việt Nam",
}
# No office rests longer; a calendar without working days is a mistake to be told, not a loop.
LONGEST_REST = timedelta(days=400)


class NoWorkingDay(ValueError):
    """This calendar has no working day for more than a year."""


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """Work from a time to a time, without a break."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError("a session ends after it starts")


Sessions = tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A date that is not what its weekday says. `sessions` gives hours of its own, e.g. a worked Saturday morning."""

    date: date
    kind: Kind
    name: str
    status: Status = "official"
    sessions: Sessions = ()

    def __post_init__(self) -> None:
        if self.kind in DAYS_OFF and self.sessions:
            raise ValueError("a day off has no sessions")
        if self.kind == "half" and not self.sessions:
            raise ValueError("a half day says its sessions")
        in_order(self.sessions)


@dataclass(frozen=True)
class Hours:
    """Sessions of weekdays (0 = Monday) from a date to before a date.

    A weekday that is not named keeps what earlier Hours say.
    """

    week: Mapping[int, Sessions]
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        for sessions in self.week.values():
            in_order(sessions)

    def covers(self, day: date) -> bool:
        """In force on that date."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


def in_order(sessions: Sessions) -> None:
    """Raise ValueError unless each session starts when the one before it has ended."""
    if any(later.start < earlier.end for earlier, later in pairwise(sessions)):
        raise ValueError("sessions follow each other")


WORKDAY: Sessions = (Session(time(7, 30), time(11, 30)), Session(time(13), time(17)))
STANDARD = Hours(dict.fromkeys(range(SATURDAY), WORKDAY) | {SATURDAY: (), SUNDAY: ()})


@dataclass(frozen=True)
class Calendar:
    """Working time of one office. Later Days and Hours win over earlier ones; moments are aware, and kept in `zone`."""

    days: tuple[Day, ...] = ()
    hours: tuple[Hours, ...] = ()
    version: int = 0
    official_until: date = date.max
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Ho_Chi_Minh"))
    _named: dict[date, Day] = field(init=False, repr=False, compare=False)
    _sessions: dict[date, Sessions] = field(init=False, repr=False, compare=False, default_factory=dict)
    _working: dict[int, tuple[int, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_named", {day.date: day for day in self.days})

    # --- what a day is ---------------------------------------------------------------------------------------------
    def day(self, day: date) -> Day | None:
        """What is entered for that date, or what the law gives for it beyond the official calendar."""
        found = self._named.get(day)
        return _ruled(day) if found is None and day > self.official_until else found

    def name_of(self, day: date) -> str:
        """What that date is called; empty for a day like any other."""
        found = self.day(day)
        return found.name if found else ""

    def is_published(self, day: date) -> bool:
        """Whether the official calendar reaches that date."""
        return day <= self.official_until

    def sessions(self, day: date) -> Sessions:
        """When the office works on that date."""
        found = self._sessions.get(day)
        if found is None:
            found = self._sessions[day] = self._find_sessions(day)
        return found

    def usual_sessions(self, day: date) -> Sessions:
        """When it would work if the date were like any other of its weekday."""
        weekday = day.weekday()
        for hours in (*reversed(self.hours), STANDARD):
            if weekday in hours.week and hours.covers(day):
                return hours.week[weekday]
        return ()

    def _find_sessions(self, day: date) -> Sessions:
        named = self.day(day)
        if named is None or named.kind == "ordinary":
            return self.usual_sessions(day)
        if named.kind == "swap_work" and not named.sessions:
            monday = day - timedelta(days=day.weekday())
            return max((self.usual_sessions(monday + timedelta(days=n)) for n in range(7)), key=_length)
        return named.sessions

    def is_working_day(self, day: date) -> bool:
        """Whether the office works at all on that date; a half day counts as a day."""
        return bool(self.sessions(day))

    # --- days ------------------------------------------------------------------------------------------------------
    def next_working_day(self, day: date) -> date:
        """The first working day after that date."""
        return self.add_working_days(day, 1)

    def working_day_from(self, day: date) -> date:
        """That date if it is a working day, else the next one that is."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after that date; the date itself for 0."""
        if count == 0:
            return day
        year, last_found = day.year, day.toordinal()
        while True:
            ordinals = self._working_days_of(year)
            at = bisect_right(ordinals, day.toordinal()) if year == day.year else 0
            if at + count <= len(ordinals):
                return date.fromordinal(ordinals[at + count - 1])
            count -= len(ordinals) - at
            last_found = ordinals[-1] if ordinals else last_found
            if date(year, 12, 31).toordinal() - last_found > LONGEST_REST.days:
                raise NoWorkingDay(f"after {date.fromordinal(last_found)}")
            year += 1

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days are later than `after` and not later than `until`."""
        if until <= after:
            return 0
        low = bisect_right(self._working_days_of(after.year), after.toordinal())
        high = bisect_right(self._working_days_of(until.year), until.toordinal())
        return high - low + sum(len(self._working_days_of(year)) for year in range(after.year, until.year))

    def days_off_between(self, after: date, until: date) -> tuple[Day, ...]:
        """Named days in (after, until] that are off although their weekday works: a reader would count them."""
        return tuple(
            day
            for day in self._named_between(after, until)
            if self.usual_sessions(day.date) and not self.sessions(day.date)
        )

    def extra_days_between(self, after: date, until: date) -> tuple[Day, ...]:
        """Named days in (after, until] that are worked although their weekday rests: swapped Saturdays."""
        return tuple(
            day
            for day in self._named_between(after, until)
            if self.sessions(day.date) and not self.usual_sessions(day.date)
        )

    def _named_between(self, after: date, until: date) -> list[Day]:
        dates = (date.fromordinal(n) for n in range(after.toordinal() + 1, until.toordinal() + 1))
        return [found for day in dates if (found := self.day(day))]

    def _working_days_of(self, year: int) -> tuple[int, ...]:
        found = self._working.get(year)
        if found is None:
            span = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            found = self._working[year] = tuple(n for n in span if self.sessions(date.fromordinal(n)))
        return found

    # --- moments ---------------------------------------------------------------------------------------------------
    def local(self, moment: datetime) -> datetime:
        """The moment as the office's clock shows it; a moment without a zone is refused."""
        if moment.tzinfo is None:
            raise ValueError("moments are aware")
        return moment.astimezone(self.zone)

    def at(self, day: date, clock: time) -> datetime:
        """That time of that date at the office."""
        return datetime.combine(day, clock, self.zone)

    def end_of_day(self, day: date) -> datetime:
        """The end of the last session of that date, or of the next working day when it has none."""
        day = self.working_day_from(day)
        return self.at(day, self.sessions(day)[-1].end)

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Time inside sessions from one moment to the other; nothing when they are not in this order."""
        start, end = self.local(start), self.local(end)
        total = timedelta()
        day = start.date()
        while day <= end.date():
            for session in self.sessions(day):
                span = min(end, self.at(day, session.end)) - max(start, self.at(day, session.start))
                total += max(span, timedelta())
            day = self.next_working_day(day)
        return total

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole minutes inside sessions from one moment to the other."""
        return self.working_time_between(start, end) // timedelta(minutes=1)

    def add_working_time(self, start: datetime, length: timedelta) -> datetime:
        """The moment when so much time inside sessions has passed; rather the end of a session than the next start."""
        start = self.local(start)
        day = start.date()
        while True:
            for session in self.sessions(day):
                begin, end = max(start, self.at(day, session.start)), self.at(day, session.end)
                if begin < end and length <= end - begin:
                    return begin + length
                length -= max(end - begin, timedelta())
            day = self.next_working_day(day)

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment when so many minutes inside sessions have passed."""
        return self.add_working_time(start, timedelta(minutes=minutes))


def _ruled(day: date) -> Day | None:
    """A yearly holiday, or the working day off for one that fell on the weekend before (Labour Code Art. 111(3))."""
    if name := YEARLY.get((day.month, day.day)):
        return Day(day, "off", name, "rule")
    before = (day - timedelta(days=n) for n in range(1, day.weekday() + 3))
    lost = sum((other.month, other.day) in YEARLY for other in before)
    return Day(day, "compensation", "Nghỉ bù", "rule") if day.weekday() < lost else None


def official_until(days: Iterable[Day]) -> date:
    """How far entered days are official: to the eve of the first unannounced one, else to the end of the last year."""
    known = sorted((day.date, day.status) for day in days if day.kind in DAYS_OFF)
    if not known:
        return date.max
    first = next((day for day, status in known if status in UNPUBLISHED), None)
    return first - timedelta(days=1) if first else date(known[-1][0].year, 12, 31)


def _length(sessions: Sessions) -> int:
    return sum(
        (s.end.hour - s.start.hour) * 3600 + (s.end.minute - s.start.minute) * 60 + (s.end.second - s.start.second)
        for s in sessions
    )

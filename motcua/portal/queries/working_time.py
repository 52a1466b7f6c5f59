"""An office's week and its days as the settings pages show them, and what they make of a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Q, QuerySet

from motcua.kernel import clock, schedule
from motcua.kernel.calendar import Sessions
from motcua.kernel.organisation import Office
from motcua.kernel.schedule import CalendarDay, OfficeHours

# What the page tries out: long enough that a day off somewhere in the coming week is felt.
EXAMPLE = clock.Limit(3, "working_day")


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week of hours that begins on a day to come, with the sessions of each weekday that it names."""

    valid_from: date
    week: dict[int, Sessions]
    office: Office


@dataclass(frozen=True, slots=True)
class DayLine:
    """A date that is not like its weekday; `own` when the office entered it itself."""

    date: date
    kind: str
    name: str
    status: str
    source: str
    sessions: Sessions
    office: Office | None
    own: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody is told who brings a dossier at this moment: until when, and why."""

    due: clock.Due

    @property
    def at(self) -> datetime | None:
        """The due moment."""
        return self.due.at

    def words(self, language: str) -> str:
        """The sentence that explains it, in this language."""
        return clock.explain(self.due.why, language)


def promise(office: Office, at: datetime) -> Promise:
    """When a dossier received at this moment would be due in three working days, by the newest calendar."""
    calendar = schedule.calendar_for(office)
    return Promise(clock.due(calendar, EXAMPLE, [clock.Entry("start", at)]))


def week_of(office: Office, day: date) -> dict[int, Sessions]:
    """The usual sessions of each weekday (0 = Monday) in the week that begins on that day."""
    calendar = schedule.calendar_for(office)
    days = (day + timedelta(days=n) for n in range(7))
    return dict(sorted((each.weekday(), calendar.usual_sessions(each)) for each in days))


def planned_weeks(office: Office, day: date) -> list[WeekLine]:
    """Hours of this office or one above that begin later than that day, in the order in which they begin."""
    rows = OfficeHours.objects.filter(office__code__in=office.codes, valid_from__gt=day)
    rows = rows.select_related("office").order_by("valid_from", "version", "weekday")
    return [
        WeekLine(begins, {row.weekday: schedule.parse_sessions(row.sessions) for row in listed}, listed[0].office)
        for (begins, _version), found in groupby(rows, key=lambda row: (row.valid_from, row.version_id))
        if (listed := list(found))
    ]


def days_of(office: Office, since: date) -> list[DayLine]:
    """Every date from that day on that is not like its weekday at this office, in order."""
    rows = CalendarDay.objects.filter(Q(office=None) | Q(office__code__in=office.codes), date__gte=since)
    by_date = groupby(sorted(_in_turn(office, rows), key=lambda row: row.date), key=lambda row: row.date)
    lines = [_line(office, list(found)) for _day, found in by_date]
    return [line for line in lines if line is not None]


def day_from_above(office: Office, day: date) -> CalendarDay | None:
    """What that date is by the word of everyone's calendar or of an office above; None when nothing was said."""
    rows = CalendarDay.objects.filter(Q(office=None) | Q(office__code__in=office.codes[:-1]), date=day)
    said = _in_turn(office, rows)
    return said[-1] if said else None


def _in_turn(office: Office, rows: QuerySet[CalendarDay]) -> list[CalendarDay]:
    """As the calendar reads them: everyone's, then each office's from the province down, each by version."""
    place = {None: 0} | {code: number for number, code in enumerate(office.codes, 1)}
    return sorted(
        rows.select_related("office"), key=lambda row: (place[row.office.code if row.office else None], row.version_id)
    )


def _line(office: Office, said: list[CalendarDay]) -> DayLine | None:
    """The last word about a date. What repeats the word from above is from above."""
    last = said[-1]
    above = next((row for row in reversed(said) if row.office_id != office.pk), None)
    own = last.office_id == office.pk
    if own and above is not None and schedule.as_day(above) == schedule.as_day(last):
        last, own = above, False
    if last.kind == "ordinary" and above is None:
        return None
    day = schedule.as_day(last)
    return DayLine(day.date, day.kind, day.name, day.status, last.source, day.sessions, last.office, own)

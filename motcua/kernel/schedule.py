"""The stored calendar: the days and hours that make an office's working time, by version.

Nouns: CalendarVersion (one change, made at a moment for a reason), CalendarDay (a date that is not what its weekday
says, for everyone or for an office and all below it), OfficeHours (a weekday's sessions from a date on). Nothing is
edited: a later version speaks over an earlier one, so every due date can be computed again as it was. It does not count
(`kernel.calendar`).
"""

from __future__ import annotations

import csv
import functools
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib import resources
from typing import Any, ClassVar, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from motcua.kernel import calendar, freshness, ledger, matters, protection
from motcua.kernel.calendar import Calendar, Day, Hours, Kind, Session, Sessions, Status
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office

KINDS: tuple[Kind, ...] = ("off", "compensation", "swap_off", "swap_work", "half", "ordinary")
STATUSES: tuple[Status, ...] = ("official", "to_confirm", "rule", "estimated")
SHIPPED = "shipped calendar"


class CalendarVersion(models.Model):
    """One change of the calendar. `stamp` tells apart what has the same number, as after a change taken back."""

    no = models.PositiveIntegerField(primary_key=True)
    stamp = models.UUIDField(default=uuid.uuid4)
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["no"]

    def __str__(self) -> str:
        return f"{self.no}: {self.reason}"


class CalendarDay(models.Model):
    """A date that is not what its weekday says; without an office it holds for everyone."""

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="days")
    date = models.DateField()
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    name = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=12, choices=[(status, status) for status in STATUSES])
    source = models.CharField(max_length=200, blank=True)
    # [["07:30", "11:30"], …]; null where the kind says enough.
    sessions = models.JSONField(null=True)
    office = models.ForeignKey("kernel.Office", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["date", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "date"], condition=Q(office=None), name="one_day_for_everyone_per_version"
            ),
            models.UniqueConstraint(fields=["version", "date", "office"], name="one_day_per_office_and_version"),
            models.CheckConstraint(
                name="half_days_have_sessions_and_days_off_none",
                condition=(~Q(kind="half") | Q(sessions__isnull=False))
                & (~Q(kind__in=["off", "compensation", "swap_off"]) | Q(sessions__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class OfficeHours(models.Model):
    """When an office, and all below it, works on a weekday (0 = Monday), from a date to before a date."""

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="hours")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    sessions = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["office", "version", "weekday"]
        verbose_name_plural = "office hours"
        constraints = [
            models.CheckConstraint(name="weekday_is_one_of_seven", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="hours_end_after_they_begin", condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from"))
            ),
            models.UniqueConstraint(fields=["version", "office", "weekday"], name="one_weekday_per_office_and_version"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} on {self.weekday}"


protection.append_only("kernel_calendarversion")
protection.append_only("kernel_calendarday")
protection.append_only("kernel_officehours")


@dataclass(frozen=True, slots=True)
class CalendarDaySet:
    """A date was given another meaning, for everyone or for this office."""

    type: ClassVar[str] = "kernel.calendar_day_set"
    calendar_version: int
    date: str
    kind: str
    for_everyone: bool


@dataclass(frozen=True, slots=True)
class OfficeHoursSet:
    """An office works other hours from a date on."""

    type: ClassVar[str] = "kernel.office_hours_set"
    calendar_version: int
    weekdays: tuple[int, ...]
    valid_from: str
    valid_to: str | None


# --- reading ---------------------------------------------------------------------------------------------------------
def calendar_for(office: Office, version: int | None = None) -> Calendar:
    """The working time of this office by the newest calendar or an earlier one. One tiny query; the rest is kept."""
    return _calendar(office.codes, *_version(version, freshness.stamps().calendar))


def newest_version() -> int:
    """The number of the newest calendar; 0 before anything was said of any day."""
    return _version(None, freshness.stamps().calendar)[0]


@functools.lru_cache(maxsize=128)
def _version(version: int | None, _stamp: str) -> tuple[int, uuid.UUID | None]:
    versions = CalendarVersion.objects.order_by("-no").values_list("no", "stamp")
    return (versions if version is None else versions.filter(no=version)).first() or (0, None)


@functools.lru_cache(maxsize=512)
def _calendar(codes: tuple[str, ...], no: int, stamp: uuid.UUID | None) -> Calendar:
    """Offices without days and hours of their own share one calendar: only codes that have rows tell them apart."""
    return _shared(tuple(code for code in codes if code in _speaking(no, stamp)), no, stamp)


@functools.lru_cache(maxsize=8)
def _speaking(no: int, stamp: uuid.UUID | None) -> frozenset[str]:
    rows = (model.objects.filter(version__lte=no, office__isnull=False) for model in (CalendarDay, OfficeHours))
    return frozenset(code for found in rows for code in found.values_list("office__code", flat=True))


@functools.lru_cache(maxsize=128)
def _shared(codes: tuple[str, ...], no: int, stamp: uuid.UUID | None) -> Calendar:
    days = _in_turn(CalendarDay.objects.filter(Q(office=None) | Q(office__code__in=codes), version__lte=no), codes)
    hours = _in_turn(OfficeHours.objects.filter(office__code__in=codes, version__lte=no), codes)
    known = {row.date: as_day(row) for row in days}
    return Calendar(
        days=tuple(known.values()),
        hours=tuple(Hours({row.weekday: parse_sessions(row.sessions)}, row.valid_from, row.valid_to) for row in hours),
        version=no,
        official_until=calendar.official_until(known.values()),
        zone=ZoneInfo(settings.TIME_ZONE),
    )


def _in_turn(rows: models.QuerySet[Any], codes: tuple[str, ...]) -> list[Any]:
    """What speaks last wins: everyone's rows, then each office's from the province down, each by version."""
    place = {None: 0} | {code: number for number, code in enumerate(codes, 1)}
    return sorted(
        rows.select_related("office"),
        key=lambda row: (place[row.office.code if row.office else None], row.version_id, row.pk),
    )


def as_day(row: CalendarDay) -> Day:
    """The stored day as a value to count with."""
    sessions = parse_sessions(row.sessions or ())
    return Day(row.date, cast("Kind", row.kind), row.name, cast("Status", row.status), sessions)


def parse_sessions(pairs: Iterable[Sequence[str]]) -> Sessions:
    """[["07:30", "11:30"], …] as sessions; ValueError when they are not times in order."""
    sessions = tuple(Session(time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)
    calendar.in_order(sessions)
    return sessions


def _as_pairs(sessions: Sessions) -> list[list[str]]:
    return [[f"{session.start:%H:%M}", f"{session.end:%H:%M}"] for session in sessions]


# --- writing ---------------------------------------------------------------------------------------------------------
def _new_version(at: datetime, reason: str) -> CalendarVersion:
    """The next version, by one writer at a time: whoever comes second waits at the first row."""
    CalendarVersion.objects.select_for_update().order_by("no").first()
    last = CalendarVersion.objects.order_by("-no").values_list("no", flat=True).first() or 0
    return CalendarVersion.objects.create(no=last + 1, made_at=at, reason=reason)


@transaction.atomic
def load_holidays(at: datetime) -> int:
    """Bring in the shipped days and say how many were new. What was entered here wins over what is shipped later."""
    newest = {row.date: row for row in CalendarDay.objects.filter(office=None).select_related("version")}
    wanted = [row for row in _shipped() if _is_new(row, newest.get(date.fromisoformat(row["date"])))]
    if wanted:
        version = _new_version(at, SHIPPED)
        CalendarDay.objects.bulk_create(CalendarDay(version=version, **row) for row in wanted)
    return len(wanted)


def _shipped() -> list[dict[str, str]]:
    file = resources.files("motcua.kernel") / "data" / "holidays.csv"
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _is_new(row: dict[str, str], stored: CalendarDay | None) -> bool:
    if stored is None:
        return True
    same = all(getattr(stored, name) == row[name] for name in ("kind", "name", "status", "source"))
    return stored.version.reason == SHIPPED and not same


@transaction.atomic
def set_day(
    *,
    office: Office,
    day: Day,
    at: datetime,
    by: Person,
    post: Post | None = None,
    source: str = "",
    for_everyone: bool = False,
) -> CalendarVersion:
    """Say what a date is for this office and all below it, or for everyone; kind "ordinary" takes it back."""
    version = _new_version(at, f"{day.kind} {day.date.isoformat()}")
    CalendarDay.objects.create(
        version=version,
        date=day.date,
        kind=day.kind,
        name=day.name,
        status=day.status,
        source=source,
        sessions=_as_pairs(day.sessions) or None,
        office=None if for_everyone else office,
    )
    said = CalendarDaySet(version.no, day.date.isoformat(), day.kind, for_everyone)
    ledger.record(said, matter=matters.administration_of(office, at), at=at, by=by, post=post, office=office)
    return version


@transaction.atomic
def set_hours(
    *,
    office: Office,
    week: Mapping[int, Sessions],
    valid_from: date,
    at: datetime,
    by: Person,
    post: Post | None = None,
    valid_to: date | None = None,
) -> CalendarVersion:
    """Say when this office and all below it work on these weekdays from a date on; an empty weekday is a rest day."""
    Hours(week, valid_from, valid_to)  # refuses sessions that overlap
    version = _new_version(at, f"hours of {office.code} from {valid_from.isoformat()}")
    OfficeHours.objects.bulk_create(
        OfficeHours(
            version=version,
            office=office,
            weekday=weekday,
            sessions=_as_pairs(sessions),
            valid_from=valid_from,
            valid_to=valid_to,
        )
        for weekday, sessions in sorted(week.items())
    )
    until = valid_to.isoformat() if valid_to else None
    said = OfficeHoursSet(version.no, tuple(sorted(week)), valid_from.isoformat(), until)
    ledger.record(said, matter=matters.administration_of(office, at), at=at, by=by, post=post, office=office)
    return version

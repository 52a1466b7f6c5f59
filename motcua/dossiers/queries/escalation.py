"""Whose work is late enough to be told of, by the ladder of its office; as cheap with a hundred thousand open steps as
with ten: only what is due soon or overdue is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from motcua.dossiers import rules
from motcua.dossiers.models import Escalation, EscalationLevel
from motcua.dossiers.rules import escalation
from motcua.dossiers.rules.escalation import LONGEST_HOURS, MOST_LEVELS, Level
from motcua.kernel import identity, schedule
from motcua.kernel.calendar import Calendar
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office

__all__ = ["LONGEST_HOURS", "MOST_LEVELS", "Ladder", "Late", "Level", "ladder_of", "late_work", "overseer"]
# What only waits for the applicant is late by nobody's fault here; what is overseen already is not overseen again.
_LEFT_OUT = ("return", rules.AWAIT_SUPPLEMENT, rules.OVERSEE)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs that hold at an office, and whose they are; None when nobody set any."""

    levels: tuple[Level, ...]
    office_id: int | None


@dataclass(frozen=True, slots=True)
class Late:
    """An open step of which somebody has to be told, and the next rung."""

    item_id: int
    level: Level


def ladder_of(office: Office) -> Ladder:
    """What holds at this office: its own rungs, else those of the nearest office above, else the standard ones."""
    return _ladder(office.codes, _ladders())


def _ladders() -> dict[str, Ladder]:
    """Every ladder that somebody set, by the code of its office."""
    rows = EscalationLevel.objects.order_by("office", "level").values_list(
        "office__code", "office_id", "level", "when", "hours", "role"
    )
    found: dict[str, Ladder] = {}
    for code, office_id, level, when, hours, role in rows:
        before = found.get(code, Ladder((), office_id))
        found[code] = Ladder((*before.levels, Level(level, cast("escalation.When", when), hours, role)), office_id)
    return found


def _ladder(codes: Iterable[str], ladders: Mapping[str, Ladder]) -> Ladder:
    own = [ladders[code] for code in codes if code in ladders]
    return own[-1] if own else Ladder(escalation.STANDARD, None)


def late_work(now: datetime, most: int) -> list[Late]:
    """What has reached a rung of which nobody was told yet, the most urgent first."""
    ladders = _ladders()
    offices = {office.pk: office for office in Office.objects.filter(pk__in=_open().values("office").distinct())}
    if not offices:
        return []
    of_office = {pk: _ladder(office.codes, ladders).levels for pk, office in offices.items()}
    calendars = {pk: schedule.calendar_for(office) for pk, office in offices.items()}
    horizon = max(_horizon(of_office[pk], calendars[pk], now) for pk in offices)
    found: list[Late] = []
    for item_id, office_id, due_at, reached in _candidates(horizon, max(map(len, of_office.values()))):
        level = _next(of_office[office_id], reached or 0)
        if level is not None and _is_reached(level, calendars[office_id], due_at, now):
            found.append(Late(item_id, level))
            if len(found) == most:
                break
    return found


def _open() -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(closed_by=None, matter__kind="dossier").exclude(act__in=_LEFT_OUT)


def _candidates(horizon: datetime, top: int) -> Iterator[tuple[int, int, datetime, int | None]]:
    told = Escalation.objects.filter(item=OuterRef("pk"), due_at=OuterRef("due_at")).order_by()
    reached = Subquery(told.values("item").annotate(top=Max("level")).values("top"))
    items = _open().filter(due_at__lte=horizon).annotate(reached=reached)
    rows = items.filter(Q(reached=None) | Q(reached__lt=top)).order_by("due_at", "id")
    yield from rows.values_list("id", "office_id", "due_at", F("reached")).iterator(chunk_size=2000)


def _horizon(levels: Iterable[Level], calendar: Calendar, now: datetime) -> datetime:
    """What is due later than this has reached no rung."""
    hours = max((level.hours for level in levels if level.when == "before"), default=0)
    return calendar.add_working_minutes(now, hours * 60)


def _next(levels: Iterable[Level], reached: int) -> Level | None:
    return next((level for level in levels if level.level > reached), None)


def _is_reached(level: Level, calendar: Calendar, due_at: datetime, now: datetime) -> bool:
    if level.when == "before":
        return due_at <= calendar.add_working_minutes(now, level.hours * 60)
    return due_at < now and calendar.working_minutes_between(due_at, now) >= level.hours * 60


def overseer(office: Office, role: str, day: date) -> tuple[Office, Person | None] | None:
    """Who is told of late work at this office: the nearest office, from it upwards, where somebody holds the role or
    leads, and that person where it is only one.
    """
    for path in _upwards(office):
        posts = Post.objects.held_on(day).filter(office__path=path).select_related("office", "person", "role")
        held = [post for post in posts if _is_told(post, role)]
        if held:
            people = {post.person for post in held}
            return held[0].office, people.pop() if len(people) == 1 else None
    return None


def _is_told(post: Post, role: str) -> bool:
    return post.role.code == role if role else identity.LEAD in post.role.capabilities


def _upwards(office: Office) -> Iterator[str]:
    codes = office.codes
    for end in range(len(codes), 0, -1):
        yield "/".join(codes[:end]) + "/"

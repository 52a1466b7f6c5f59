"""Who answers for a difficulty, and how long each step may take in an office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Q, QuerySet

from motcua.kernel import clock, organisation, schedule
from motcua.kernel.clock import Limit, Unit
from motcua.kernel.organisation import Office
from motcua.oversight.models import Difficulty, Route, TimeLimit
from motcua.oversight.models.routing import SCOPES
from motcua.oversight.rules import difficulties, directives, feedback

# (value, unit) of every step where no row says otherwise.
LIMITS = {**difficulties.LIMITS, **directives.LIMITS, **feedback.LIMITS, "report.read": (3, "working_day")}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a difficulty goes."""

    department: Office
    leader_first: bool


def way_for(office: Office, day: date, *, procedure: str = "", sector: str = "", topic: str = "") -> Way:
    """The department that answers: the first of SCOPES with a route speaks, of its rows the newest; the province itself
    where none does, or where the department no longer exists.
    """
    province = Office.objects.get(code=office.codes[0])
    keys = {"procedure": procedure, "sector": sector, "topic": topic, "all": ""}
    asked = Q(scope="all")
    for scope in ("procedure", "sector", "topic"):
        if keys[scope]:
            asked |= Q(scope=scope, key=keys[scope])
    rows = Route.objects.filter(asked, province=province).select_related("department").order_by("-id")
    newest: dict[str, Route] = {}
    for row in rows:
        newest.setdefault(row.scope, row)
    for scope in SCOPES:
        found = newest.get(scope)
        if found and (found.department.valid_to is None or found.department.valid_to > day):
            return Way(found.department, found.leader_first)
    return Way(province, leader_first=False)


def way_of(difficulty: Difficulty, day: date) -> Way:
    """Where this difficulty goes by the routes of that day."""
    place = {"procedure": difficulty.procedure_code, "sector": difficulty.sector, "topic": difficulty.topic}
    return way_for(difficulty.office, day, **place)


def routes(province: Office) -> list[Route]:
    """The routes that speak today, in the order in which they speak."""
    newest: dict[tuple[str, str], Route] = {}
    for row in Route.objects.filter(province=province).select_related("department").order_by("-id"):
        newest.setdefault((row.scope, row.key), row)
    return sorted(newest.values(), key=lambda row: (SCOPES.index(row.scope), row.key))


def offices_that_may_answer(province: Office, day: date) -> QuerySet[Office]:
    """The province itself and its departments."""
    own = Q(pk=province.pk) | Q(kind=organisation.DEPARTMENT, parent=province)
    return Office.objects.on(day).filter(own).order_by("path")


def own_limits(name: str, province: Office) -> list[TimeLimit]:
    """What speaks in offices below the province that have a time of their own for this step."""
    below = TimeLimit.objects.filter(clock=name, office__path__startswith=province.path).exclude(office=province)
    newest: dict[int, TimeLimit] = {}
    for row in below.select_related("office").order_by("-id"):
        newest.setdefault(row.office_id, row)
    return sorted(newest.values(), key=lambda row: row.office.path)


def limit_for(name: str, office: Office) -> Limit:
    """How long this step may take there: the row of the nearest office, of its rows the newest, else the rule's own."""
    rows = TimeLimit.objects.filter(clock=name, office__code__in=office.codes).select_related("office")
    found = max(rows, key=lambda row: (len(row.office.path), row.pk), default=None)
    value, unit = (found.value, found.unit) if found else LIMITS[name]
    return Limit(value, cast("Unit", unit))


def due_from(name: str, office: Office, at: datetime) -> datetime:
    """When this step is due if it begins now."""
    due = clock.due(schedule.calendar_for(office), limit_for(name, office), [clock.Entry("start", at)])
    assert due.at is not None
    return due.at

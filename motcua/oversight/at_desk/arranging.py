"""What the pages show on which a province says who answers for what and how long each step may take. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.at_desk import guiding
from motcua.oversight.models import Route
from motcua.oversight.words import wording
from motcua.procedures import queries as procedures


@dataclass(frozen=True, slots=True)
class Line:
    """One route that speaks today."""

    what: Any
    scope: Any
    route: Route


@dataclass(frozen=True, slots=True)
class Clock:
    """How long one step may take: in the province, and where an office has its own."""

    name: Any
    words: str
    own: list[tuple[str, str]]


def page(person: Person, day: date) -> dict[str, Any]:
    """Everything that was said, and whether this person may say something else."""
    province = policies.province_of(person, day)
    return {
        "province": province,
        "lines": [_line(route) for route in queries.routes(province)],
        "clocks": [_clock(name, province) for name in wording.LIMITS],
        "may_set": policies.arranges(person, province, day),
    }


def _line(route: Route) -> Line:
    return Line(_named(route), wording.ROUTE_SCOPES[route.scope], route)


def _named(route: Route) -> Any:
    if route.scope == "all":
        return _("Everything that no other line names")
    if route.scope == "topic":
        return wording.TOPICS[route.key]
    if route.scope == "sector":
        return next((each.name_vi for each in procedures.sectors() if each.slug == route.key), route.key)
    known = procedures.named().get(route.key)
    return f"{route.key} {known.name}" if known else route.key


def _clock(name: str, province: Office) -> Clock:
    limit = queries.limit_for(name, province)
    own = [(row.office.name, wording.duration(row.value, row.unit)) for row in queries.own_limits(name, province)]
    return Clock(wording.LIMITS[name], wording.duration(limit.value, limit.unit), own)


def form_page(person: Person, day: date) -> dict[str, Any]:
    """What stands around a form."""
    return {"province": policies.province_of(person, day), "suggestions": guiding.suggestions()}

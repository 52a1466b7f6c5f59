"""A province says who answers for what, and how long each step may take; what was said before stays to be read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.kernel import clock, identity, ledger, matters
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Happening
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.events.difficulties import RouteSet, TimeLimitSet
from motcua.oversight.models import Route, TimeLimit
from motcua.oversight.rules import feedback
from motcua.oversight.services import course


def set_route(
    *, province: Office, scope: str, key: str, department: Office, by: Person, at: datetime, leader_first: bool = False
) -> Route:
    """From now on this department answers for that. Raises policies.NotAllowed."""
    with transaction.atomic():
        route = Route.objects.create(
            province=province, scope=scope, key=key, department=department, leader_first=leader_first, set_at=at
        )
        _record(RouteSet(scope, key, department.code, leader_first), province, by, at)
    return route


def set_time_limit(
    *, office: Office, name: str, value: int, unit: str, by: Person, at: datetime, legal_source: str = ""
) -> TimeLimit:
    """From now on this step takes so long at most, in this office and all below it.

    Raises policies.NotAllowed, ValueError for a step or a time that does not exist, or is longer than the
    law allows.
    """
    if name not in queries.LIMITS or value < 1 or feedback.is_longer_than_the_law(name, value, unit):
        raise ValueError(name)
    clock.Limit(value, unit)  # type: ignore[arg-type]  # refuses a unit that is none
    with transaction.atomic():
        limit = TimeLimit.objects.create(
            clock=name, office=office, value=value, unit=unit, legal_source=legal_source, set_at=at
        )
        _record(TimeLimitSet(name, value, unit), office, by, at)
    return limit


def _record(happening: Happening, office: Office, by: Person, at: datetime) -> None:
    post = None if by.is_system else policies.post_for(by, identity.OVERSEE, office, course.day_of(at))
    ledger.record(happening, matter=matters.administration_of(office, at), at=at, by=by, post=post, office=office)

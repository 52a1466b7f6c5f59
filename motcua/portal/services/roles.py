"""The roles that ship reach a centre that is there already: a new version brings a role, or a role more it may do.

What ships is offered to a centre once. What it took away from a role afterwards stays away; nothing is ever taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.kernel import identity, ledger, matters
from motcua.kernel.identity import Role
from motcua.kernel.ledger import Event
from motcua.kernel.organisation import Installation
from motcua.portal import shipped
from motcua.portal.events import RolesBrought


def bring_roles(*, at: datetime) -> int:
    """Bring what ships and was never brought here: roles, and what a role may do; how many. Nothing where no centre is
    yet; the same again is nothing.
    """
    with transaction.atomic():
        centre = Installation.objects.select_related("province").first()
        if centre is None:
            return 0
        before = {pair for event in _earlier() for pair in event.payload["brought"]}
        brought = [pair for role in shipped.read("centre")["roles"] for pair in _bring(role, before)]
        if brought:
            matter = matters.administration_of(centre.province, at)
            by = identity.system_person()
            ledger.record(RolesBrought(tuple(brought)), matter=matter, at=at, by=by, office=centre.province)
    return len(brought)


def _earlier() -> Iterator[Event]:
    yield from Event.objects.filter(type=RolesBrought.type)


def _bring(shipped_role: dict[str, Any], before: set[str]) -> Iterator[str]:
    """What this role may do and was never told here before; afterwards it may."""
    names = {"name_vi": shipped_role["vi"], "name_en": shipped_role["en"]}
    role = Role.objects.get_or_create(code=shipped_role["code"], defaults=names)[0]
    new = [each for each in shipped_role["capabilities"] if f"{role.code}:{each}" not in before]
    missing = [each for each in new if each not in role.capabilities]
    if missing:
        role.capabilities = [*role.capabilities, *missing]
        role.save(update_fields=["capabilities"])
    yield from (f"{role.code}:{each}" for each in new)

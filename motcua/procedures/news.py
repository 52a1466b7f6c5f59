"""What is new in the catalogue, newest first: versions that began, and what an office laid over them.

Nouns: Change. Read from the ledger, so that a change shows the moment at which it was made, and none is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.ledger import Event
from motcua.kernel.organisation import Office
from motcua.procedures.events import OverlayMade, VersionPublished
from motcua.procedures.models import Procedure

NEW, CHANGED, CHANGED_HERE = "new", "changed", "changed_here"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one procedure, as it concerns one office."""

    position: int
    kind: str
    code: str
    name: str
    no: int
    at: datetime


def newest(office: Office, limit: int) -> list[Change]:
    """The last changes that concern this office: every version, and the overlays of it and of those above it."""
    published = Event.objects.filter(type=VersionPublished.type)
    laid = Event.objects.filter(type=OverlayMade.type, office__code__in=office.codes)
    columns = ("position", "type", "matter__reference", "payload", "at")
    events = [row for found in (published, laid) for row in found.order_by("-position").values_list(*columns)[:limit]]
    return list(_named(sorted(events, key=lambda row: -row[0])[:limit]))


def _named(events: list[tuple[int, str, str, dict[str, int], datetime]]) -> Iterator[Change]:
    names = dict(Procedure.objects.filter(pk__in={row[2] for row in events}).values_list("pk", "short_name"))
    for position, type_, code, payload, at in events:
        no = payload["no"]
        kind = CHANGED_HERE if type_ == OverlayMade.type else CHANGED if no > 1 else NEW
        yield Change(position, kind, code, names[code], no, at)


def last_moment() -> datetime | None:
    """When anything in the catalogue changed last; None while it is empty."""
    types = (VersionPublished.type, OverlayMade.type)
    moments = [
        Event.objects.filter(type=each).order_by("-position").values_list("at", flat=True).first() for each in types
    ]
    return max((each for each in moments if each), default=None)

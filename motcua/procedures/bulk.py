"""Everything that an office offers on one day, read at once: for lists that machines fetch and for sheets that are
printed.

Nouns: State (names exactly what is offered, and how, without reading it), Offered (one procedure of it). Two
statements for the state and two for the whole, however many procedures there are. One procedure alone is for queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from motcua.kernel.organisation import Office
from motcua.procedures import definition, rules
from motcua.procedures.models import Overlay, Version
from motcua.procedures.queries import Edition


@dataclass(frozen=True, slots=True)
class State:
    """Which versions and overlays are in force at an office; equal states offer the same in the same words."""

    versions: tuple[int, ...]
    overlays: tuple[int, ...]


def state_of(office: Office, day: date) -> State:
    """What is in force at this office that day."""
    versions = Version.objects.in_force(day).order_by("procedure_id", "no").values_list("procedure_id", "pk")
    overlays = (
        Overlay.objects.in_force(day)
        .filter(office__code__in=office.codes)
        .order_by("office__path", "no")
        .values_list("pk", flat=True)
    )
    return State(tuple(dict(versions).values()), tuple(overlays))


def editions(state: State) -> Iterator[Edition]:
    """Every edition of the state, by code."""
    laid: dict[str, list[Overlay]] = defaultdict(list)
    for overlay in Overlay.objects.filter(pk__in=state.overlays).order_by("office__path", "no"):
        laid[overlay.procedure_id].append(overlay)
    for version in Version.objects.filter(pk__in=state.versions).order_by("procedure_id").iterator(chunk_size=100):
        over = laid[version.procedure_id]
        doc = rules.merged(version.doc, [each.doc for each in over])
        pks = tuple(each.pk for each in over)
        yield Edition(version.pk, version.no, version.sha256, pks, definition.parse(doc))

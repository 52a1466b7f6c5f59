"""Whether the rows of dossiers are what their events say (R13): state, edition, office, moments, due moment, and the
rows of results, restrictions and erasures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, ErasureRequest, Restriction, Result
from motcua.dossiers.queries.dossiers import clock_calendar, due_from
from motcua.dossiers.rules import personal
from motcua.kernel.ledger import Event
from motcua.kernel.matters import ClockEntry

CHUNK = 500
Said = tuple[int, str, Mapping[str, Any], datetime]
# Written by the exchange with another system, whose moments are its own.
_OTHERS = frozenset({"dossiers.came_from_outside", "dossiers.status_read"})


def differences(ids: Sequence[UUID] | None = None) -> Iterator[tuple[str, str, str, str]]:
    """Number, what, as it is stored and as the events say, for everything that differs; nothing when all agrees."""
    every = Dossier.objects.order_by("pk") if ids is None else Dossier.objects.filter(pk__in=ids).order_by("pk")
    last = None
    while True:
        ahead = every if last is None else every.filter(pk__gt=last)
        part = list(ahead.select_related("matter", "competent_office", "calendar_office", "applicant")[:CHUNK])
        if not part:
            return
        yield from _of_part(part)
        last = part[-1].pk


def _of_part(part: Sequence[Dossier]) -> Iterator[tuple[str, str, str, str]]:
    ids = [dossier.pk for dossier in part]
    told, clocks, rows = _told(ids), _clocks(ids), _rows(ids)
    for dossier in part:
        history = told.get(dossier.pk, [])
        stored, said = _stored(dossier, rows), dict(_said(dossier, history, clocks.get(dossier.pk, [])))
        for what, meant in said.items():
            if stored[what] != meant:
                yield dossier.number, what, str(stored[what]), str(meant)


def _told(ids: Collection[UUID]) -> dict[UUID, list[Said]]:
    found: dict[UUID, list[Said]] = {}
    events = Event.objects.filter(matter__in=ids).order_by("matter_id", "seq")
    for matter, *said in events.values_list("matter_id", "seq", "type", "payload", "at"):
        found.setdefault(matter, []).append((said[0], said[1], said[2], said[3]))
    return found


def _clocks(ids: Collection[UUID]) -> dict[UUID, list[ClockEntry]]:
    found: dict[UUID, list[ClockEntry]] = {}
    for entry in ClockEntry.objects.filter(matter__in=ids).order_by("matter_id", "seq"):
        found.setdefault(entry.matter_id, []).append(entry)
    return found


def _rows(ids: Collection[UUID]) -> dict[str, Any]:
    """Rows that stand beside a dossier and follow from its events."""
    open_ones = {"dossier__in": ids}
    results: dict[UUID, int] = {}
    for key in Result.objects.filter(**open_ones).values_list("dossier_id", flat=True):
        results[key] = results.get(key, 0) + 1
    held = Restriction.objects.filter(lifted_at=None, **open_ones)
    asked = ErasureRequest.objects.filter(decided_at=None, **open_ones)
    return {
        "results": results,
        "restricted": set(held.values_list("dossier_id", flat=True)),
        "erasure_open": set(asked.values_list("dossier_id", flat=True)),
    }


def _stored(dossier: Dossier, rows: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "state": dossier.state,
        "closed": dossier.matter.closed_at is not None,
        "edition": (dossier.procedure_code, dossier.version_id, tuple(dossier.overlay_ids)),
        "office": dossier.competent_office.code,
        "filed_at": dossier.filed_at,
        "received_at": dossier.received_at,
        "settled_at": dossier.settled_at,
        "returned_at": dossier.returned_at,
        "due_at": dossier.due_at,
        "results": rows["results"].get(dossier.pk, 0),
        "restricted": dossier.pk in rows["restricted"],
        "erasure_open": dossier.pk in rows["erasure_open"],
        "erased": not dossier.applicant.full_name,
    }


def _said(dossier: Dossier, history: Sequence[Said], clock: Sequence[ClockEntry]) -> Iterator[tuple[str, Any]]:
    happened = [(seq, type_, payload) for seq, type_, payload, _at in history]
    types = {type_ for _seq, type_, _payload in happened}
    state = rules.state_after(happened)
    yield "state", state
    yield "closed", state in rules.FINISHED
    yield from _places(happened)
    if types.isdisjoint(_OTHERS):
        yield from _moments(history)
        yield "results", sum(type_ == "dossiers.settled" for _seq, type_, _payload in happened)
    if clock:
        yield "due_at", due_from(dossier, clock, clock_calendar(dossier, clock[0].calendar_version)).at
    yield "restricted", personal.is_restricted(happened)
    yield "erasure_open", personal.erasure_is_open(happened)
    yield "erased", "dossiers.personal_data_erased" in types


def _places(happened: Sequence[tuple[int, str, Mapping[str, Any]]]) -> Iterator[tuple[str, Any]]:
    """Edition and office, where the events name them."""
    for _seq, type_, payload in happened:
        if type_ == "dossiers.filed":
            edition = (payload["procedure"], payload["version_id"], tuple(payload["overlay_ids"]))
        elif type_ == "dossiers.edition_changed":
            edition = (payload["to_procedure"], payload["to_version_id"], tuple(payload["overlay_ids"]))
    yield "edition", edition
    moved = [payload["to_office"] for _seq, type_, payload in happened if type_ == "dossiers.transferred"]
    if moved:
        yield "office", moved[-1]


def _moments(history: Sequence[Said]) -> Iterator[tuple[str, Any]]:
    """When it was filed and received, and when it was settled and returned, unless that was taken back."""
    taken_back = rules.undone([(seq, type_, payload) for seq, type_, payload, _at in history])
    stands = [(type_, at) for seq, type_, _payload, at in history if seq not in taken_back]
    for name in ("filed", "received", "settled", "returned"):
        found = [at for type_, at in stands if type_ == f"dossiers.{name}"]
        yield f"{name}_at", found[-1] if found else None

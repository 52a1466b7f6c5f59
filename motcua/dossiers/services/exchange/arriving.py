"""A message of another system is taken: kept as it came, then made a dossier, or the work of whoever can match it.

The same content is one arrival however often it comes; the same number is one dossier.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from motcua.dossiers import rules
from motcua.dossiers.events import ArrivalSetAside, ArrivalWaits
from motcua.dossiers.models import Arrival, Dossier, ExternalRef, PartnerSystem
from motcua.dossiers.rules import exchange
from motcua.dossiers.rules.exchange import Record
from motcua.dossiers.services import at_counter, timing
from motcua.dossiers.services.exchange import following, matching, papers, parts
from motcua.kernel import identity, ledger, matters
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office

KIND = "arrival"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a message; the same when it comes again."""

    arrival: Arrival
    repeated: bool

    @property
    def number(self) -> str:
        """Our number of the dossier; empty while somebody has to look at it."""
        return self.arrival.dossier.number if self.arrival.dossier else ""


def take_message(
    *,
    system: PartnerSystem,
    message: Mapping[str, Any],
    way: str,
    at: datetime,
    beside: Mapping[str, bytes] | None = None,
) -> Arrived:
    """Take one message; `beside` are files that lay with it, by their names. The database lets a content in once."""
    text = rules.canonical(message)
    record = exchange.read(message)
    return _once(system, text, record, way, at, beside or {})


def take_unreadable(*, system: PartnerSystem, raw: bytes, way: str, at: datetime) -> Arrived:
    """Keep what is no message at all, as text: somebody reads it and asks its sender."""
    text = raw.decode("utf-8", "replace").replace("\x00", " ")
    return _once(system, text, None, way, at, {})


def _once(
    system: PartnerSystem, text: str, record: Record | None, way: str, at: datetime, beside: Mapping[str, bytes]
) -> Arrived:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if earlier := _earlier(system, sha256):
        return Arrived(earlier, repeated=True)
    try:
        with transaction.atomic():
            return Arrived(_take(system, text, sha256, record, way, at, beside), repeated=False)
    except IntegrityError:
        # Another process took the same at the same moment; anything else is a fault of ours.
        if earlier := _earlier(system, sha256):
            return Arrived(earlier, repeated=True)
        raise


def _earlier(system: PartnerSystem, sha256: str) -> Arrival | None:
    related = ("dossier__matter", "matter")
    return Arrival.objects.select_related(*related).filter(system=system, sha256=sha256).first()


def _take(
    system: PartnerSystem,
    text: str,
    sha256: str,
    record: Record | None,
    way: str,
    at: datetime,
    beside: Mapping[str, bytes],
) -> Arrival:
    number = record.number if record else ""
    arrival = Arrival(system=system, number=number, sha256=sha256, content=text, way=way, at=at, outcome="noted")
    arrival.save()
    known = _known(system, number) if number else None
    if known is not None and record is not None:
        _of_known(arrival, record, known, at, beside)
    elif record is not None:
        _of_new(arrival, record, at, beside)
    else:
        _wait(arrival, [exchange.UNREADABLE], system.office, at)
    return arrival


def _known(system: PartnerSystem, number: str) -> ExternalRef | None:
    found = ExternalRef.objects.filter(system=system.code, number=number)
    return found.select_related("dossier__matter", "dossier__competent_office", "dossier__receiving_office").first()


def _of_new(arrival: Arrival, record: Record, at: datetime, beside: Mapping[str, bytes]) -> None:
    matched = matching.match(arrival.system, record, at)
    if isinstance(matched, list):
        _wait(arrival, matched, _office(arrival.system, record, at), at)
        return
    _outcome(arrival, "filed", matching.file_arrival(arrival=arrival, record=record, matched=matched, at=at))
    if arrival.dossier is not None:
        papers.keep_beside(dossier=arrival.dossier, files=beside, at=at)
        _replace_waiting(arrival, at)


def _of_known(arrival: Arrival, record: Record, ref: ExternalRef, at: datetime, beside: Mapping[str, bytes]) -> None:
    """Said anew of a dossier that is here: its status where the other system owns it, new papers always; whatever else
    it says somebody reads, since what was filed is never changed behind anybody's back.
    """
    dossier = ref.dossier
    added = parts.name_papers(dossier=dossier, system=arrival.system, record=record, at=at)
    papers.keep_beside(dossier=dossier, files=beside, at=at)
    if ref.owner == exchange.THERE and following.read_status(
        dossier=dossier, system=arrival.system, record=record, at=at
    ):
        _outcome(arrival, "followed", dossier)
    elif added and not _says_something_else(ref, record):
        _outcome(arrival, "attached", dossier)
    else:
        arrival.dossier = dossier
        _wait(arrival, [exchange.CHANGED], dossier.receiving_office or dossier.competent_office, at)
    _replace_waiting(arrival, at)


def _says_something_else(ref: ExternalRef, record: Record) -> bool:
    return bool(record.status) and record.status not in ("1", "2")


def _outcome(arrival: Arrival, outcome: str, dossier: Dossier) -> None:
    arrival.outcome, arrival.dossier = outcome, dossier
    arrival.save(update_fields=["outcome", "dossier"])


def _office(system: PartnerSystem, record: Record, at: datetime) -> Office:
    """Who looks at what fits nothing: the commune that it names, else whoever was said to."""
    commune = matching.commune_of(system, record, at)
    return at_counter.receiving_office(commune or system.office, at)


def _wait(arrival: Arrival, faults: list[str], office: Office, at: datetime) -> None:
    """Make it the work of this office, in the inbox that all share."""
    title = f"{arrival.system.name}: {arrival.number}" if arrival.number else arrival.system.name
    matter = matters.open_matter(
        kind=KIND,
        reference=f"{arrival.system_id}/{arrival.pk}",
        title=title[:300],
        at=at,
        parties=[(office, matters.OWNER)],
    )
    arrival.matter, arrival.outcome, arrival.faults = matter, "waiting", faults
    arrival.save(update_fields=["matter", "outcome", "faults", "dossier"])
    happened = ArrivalWaits(arrival.pk, arrival.system_id, tuple(faults))
    event = ledger.record(happened, matter=matter, at=at, by=identity.system_person(), office=office)
    WorkItem.objects.create(
        matter=matter,
        step=rules.MATCH,
        act=rules.MATCH,
        office=office,
        due_at=timing.soon_after(office, at),
        opened_by=event,
    )
    _replace_waiting(arrival, at)


def _replace_waiting(newer: Arrival, at: datetime) -> None:
    """What waited under the same number is told better now: nobody has to look at the older one."""
    if not newer.number:
        return
    older = Arrival.objects.filter(system=newer.system, number=newer.number, outcome="waiting", pk__lt=newer.pk)
    for each in older.select_related("matter"):
        item = WorkItem.objects.filter(matter=each.matter_id, closed_by=None).first()
        if item is None or each.matter is None:
            continue
        gone = ArrivalSetAside(each.pk, newer.pk)
        event = ledger.record(gone, matter=each.matter, at=at, by=identity.system_person(), office=item.office)
        parts.close_arrival(held=each, item=item, outcome="replaced", event=event, dossier=each.dossier)

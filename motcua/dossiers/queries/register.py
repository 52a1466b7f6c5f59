"""What the register says of each dossier: narrow rows, read for a thousand dossiers at a time.

Nouns: Entry (one dossier as the book has it). Personal values come from rows that may have been blanked by law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.models import (
    BlankSlip,
    Dossier,
    Ending,
    Extension,
    Restriction,
    Result,
    Returning,
    SupplementRequest,
)
from motcua.dossiers.queries.situation import Item
from motcua.kernel.matters import WorkItem

CHUNK = 1000
# What stands in a book in place of a person whose data is used for the dossier only.
RESTRICTED = "***"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a book: the dossier as it is counted, and what became of it."""

    item: Item
    number: str
    title: str
    applicant: str
    citizen_id: str
    address: str
    phone: str
    # Where it was received, and which commune is competent.
    receiving: str
    competent: str
    moved_to: str
    returned_at: datetime | None
    return_method: str
    receiver: str
    result: str
    document_number: str
    signed_by: str
    has_file: bool
    ending_reason: str
    supplements: int
    extensions: int
    # When it was entered, where it was received on a blank slip during an outage.
    entered_later_at: datetime | None = None


def in_order(items: Collection[Item]) -> list[Item]:
    """As a book has them: by the moment of receipt, what was never received by its filing."""
    return sorted(items, key=lambda item: (item.fact.received_at or item.fact.filed_at, str(item.fact.id)))


def entries(items: Sequence[Item]) -> Iterator[Entry]:
    """The lines of these dossiers, in the given order; nine statements for each thousand."""
    for start in range(0, len(items), CHUNK):
        yield from _entries(items[start : start + CHUNK])


_DOSSIER = (
    "pk",
    "matter__reference",
    "matter__title",
    "applicant__full_name",
    "applicant__citizen_id",
    "applicant__address",
    "applicant__phone",
    "receiving_office__name",
    "competent_office__name",
)


def _entries(items: Sequence[Item]) -> Iterator[Entry]:
    ids = [item.fact.id for item in items]
    dossiers = {row[0]: row[1:] for row in Dossier.objects.filter(pk__in=ids).values_list(*_DOSSIER)}
    restricted = set(Restriction.objects.filter(dossier__in=ids, lifted_at=None).values_list("dossier_id", flat=True))
    moved, returned, results, endings = _moved(ids), _returned(ids), _results(ids), _endings(ids)
    later = dict(BlankSlip.objects.filter(dossier__in=ids).values_list("dossier_id", "entered_at"))
    asked = _counted(SupplementRequest.objects.filter(dossier__in=ids, sent_at__isnull=False))
    extended = _counted(Extension.objects.filter(dossier__in=ids, accepted=True))
    for item in items:
        key = item.fact.id
        number, title, applicant, citizen_id, address, phone, receiving, competent = dossiers[key]
        if key in restricted:
            applicant, citizen_id, address, phone = RESTRICTED, "", "", ""
        at, method, receiver = returned.get(key, (None, "", ""))
        result, document_number, signed_by, file = results.get(key, ("", "", "", None))
        yield Entry(
            item,
            number,
            title,
            applicant or "",
            citizen_id or "",
            address or "",
            phone or "",
            receiving or competent,
            competent,
            moved.get(key, ""),
            at,
            method,
            receiver if key not in restricted else RESTRICTED,
            result,
            document_number,
            signed_by or "",
            bool(file),
            endings.get(key, ""),
            asked[key],
            extended[key],
            later.get(key),
        )


def _moved(ids: Collection[Any]) -> dict[Any, str]:
    """The office to which each was handed over first after receipt."""
    rows = WorkItem.objects.filter(matter__in=ids, act__in=("process", "settle")).order_by("-id")
    return dict(rows.values_list("matter_id", "office__name"))


def _returned(ids: Collection[Any]) -> dict[Any, tuple[datetime, str, str]]:
    rows = Returning.objects.filter(dossier__in=ids, undone_at=None)
    return {row[0]: row[1:] for row in rows.values_list("dossier_id", "at", "method", "receiver")}


def _results(ids: Collection[Any]) -> dict[Any, tuple[str, str, str, Any]]:
    """The newest result of each that was not revoked."""
    rows = Result.objects.filter(dossier__in=ids, revoked_at=None).order_by("id")
    names = ("dossier_id", "name", "document_number", "signed_by__full_name", "file_id")
    return {row[0]: row[1:] for row in rows.values_list(*names)}


def _endings(ids: Collection[Any]) -> dict[Any, str]:
    return dict(Ending.objects.filter(dossier__in=ids, undone_at=None).values_list("dossier_id", "reason"))


def _counted(rows: Any) -> Counter[Any]:
    return Counter(rows.values_list("dossier_id", flat=True))

"""The dossiers of a period as narrow rows, for `rules.figures` to sort; what is open has its clock as it stood then.

One statement finds them, each part of it along an index: what came or ended in the period, and what is open now. So it
grows with the period and the open work, not with the age of the archive; a period that lies further back also meets
what ended since, which is why whole months are frozen once they are over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, cast

from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossiers import clock_calendar, limit_from
from motcua.dossiers.rules import figures
from motcua.dossiers.rules.figures import Fact, Period
from motcua.kernel import clock
from motcua.kernel.matters import ClockEntry
from motcua.kernel.organisation import Office

_COLUMNS = (
    "pk",
    "state",
    "filed_at",
    "received_at",
    "due_at",
    "settled_at",
    "matter__closed_at",
    "procedure_code",
    "channel",
    "competent_office_id",
)
OPEN = ("submitted", "received", "processing", "supplement_requested", "payment_requested", "result_ready")
# So many ids go into one statement; SQLite takes 32,766.
_CHUNK = 10_000


def offices_below(office: Office) -> list[int]:
    """The office and everything below it, whenever it was valid: old dossiers stay with the office of their day."""
    return list(Office.objects.filter(path__startswith=office.path).order_by("pk").values_list("pk", flat=True))


def local_day(moment: datetime) -> date:
    """The day of a moment on the office's calendar."""
    return timezone.localtime(moment).date()


def facts(offices: Collection[int], within: Period) -> list[Fact]:
    """Every dossier that has to do with the period, and a few that have not; `figures.classified` sorts them."""
    start, end = within.start, within.end
    mine = Dossier.objects.filter(competent_office__in=offices).order_by()
    parts = [
        mine.filter(received_at__gte=start, received_at__lt=end),
        mine.filter(filed_at__gte=start, filed_at__lt=end),
        mine.filter(state__in=OPEN, filed_at__lt=end),
        mine.filter(settled_at__gte=start, filed_at__lt=end),
        mine.filter(endings__undone_at=None, endings__at__gte=start, filed_at__lt=end),
    ]
    first, *others = [part.values_list(*_COLUMNS) for part in parts]
    found = [Fact(*row) for row in first.union(*others)]
    return _as_it_stood(found, within)


def _as_it_stood(found: list[Fact], within: Period) -> list[Fact]:
    """What was open at the end, with its due moment of then: it may have been paused or extended since."""
    over = within.end <= within.as_of
    moved = [fact.id for fact in found if (over or fact.due_at is None) and _is_open(fact, within)]
    if not moved:
        return found
    clocks = dict(clocks_at(moved, within.end))
    return [_with_clock(fact, *clocks[fact.id]) if fact.id in clocks else fact for fact in found]


def _with_clock(fact: Fact, due_at: datetime | None, still_since: datetime | None) -> Fact:
    return fact._replace(due_at=due_at, still_since=still_since)


def _is_open(fact: Fact, within: Period) -> bool:
    return figures.bucket(fact, within) in figures.IN_PROGRESS


def clocks_at(ids: list[Any], end: datetime) -> Iterator[tuple[Any, tuple[datetime | None, datetime | None]]]:
    """Of those whose clock ever paused or was extended: the due moment at the end, and since when it stood still."""
    for start in range(0, len(ids), _CHUNK):
        yield from _clocks_of(ids[start : start + _CHUNK], end)


def _clocks_of(ids: list[Any], end: datetime) -> Iterator[tuple[Any, tuple[datetime | None, datetime | None]]]:
    rows = ClockEntry.objects.filter(matter__in=ids).order_by("matter_id", "seq")
    ledgers = {
        matter: list(entries)
        for matter, entries in groupby(
            rows.values_list("matter_id", "kind", "at", "until", "calendar_version"), key=lambda row: row[0]
        )
    }
    moved = [matter for matter, entries in ledgers.items() if any(row[1] in figures.MOVES for row in entries)]
    if not moved:
        return
    for dossier in Dossier.objects.filter(pk__in=moved).select_related("competent_office", "calendar_office"):
        entries = ledgers[dossier.pk]
        calendar = clock_calendar(dossier, entries[0][4])
        given = [clock.Entry(cast("clock.EntryKind", kind), at, until=until) for _, kind, at, until, _ in entries]
        limit = limit_from(dossier.limit) if dossier.limit else None
        yield dossier.pk, figures.clock_at(calendar, limit, given, end)

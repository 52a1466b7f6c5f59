"""Which running dossiers are counted by an older calendar than the newest, and what the newest makes of them.

Nothing of the archive is read, and nothing at all while no calendar has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossiers import clock_office, due_from
from motcua.kernel import schedule
from motcua.kernel.clock import Due
from motcua.kernel.matters import ClockEntry

# Word for word as in the index "running_by_calendar": SQLite uses an index with a condition only where the statement
# says the condition itself, not with marks for its values.
_RUNNING = RawSQL(
    "\"dossiers_dossier\".\"state\" IN ('received', 'processing', 'supplement_requested', 'payment_requested')",
    [],
    output_field=BooleanField(),
)


def counted_by_older(newest: int, most: int) -> list[Dossier]:
    """Running dossiers that a newer calendar has not been tried on, at most so many."""
    running = Dossier.objects.filter(_RUNNING, calendar_version__lt=newest)
    related = ("competent_office", "calendar_office")
    return list(running.select_related(*related).order_by("calendar_version", "matter")[:most])


def dues_by(version: int, dossiers: Iterable[Dossier]) -> dict[UUID, Due]:
    """What this version of the calendar makes of each, from its stored clock; one question for all."""
    found = list(dossiers)
    entries: dict[UUID, list[ClockEntry]] = defaultdict(list)
    for entry in ClockEntry.objects.filter(matter__in=[each.pk for each in found]).order_by("matter", "seq"):
        entries[entry.matter_id].append(entry)
    return {
        each.pk: due_from(each, entries[each.pk], schedule.calendar_for(clock_office(each), version)) for each in found
    }

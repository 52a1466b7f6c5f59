"""The stored legal clock of a dossier: one line more, and the due moment that follows from all of them."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.kernel import schedule
from motcua.kernel.clock import Due, EntryKind
from motcua.kernel.matters import ClockEntry


def note(
    dossier: Dossier,
    kind: EntryKind,
    at: datetime,
    *,
    reason: str = "",
    evidence: str = "",
    until: datetime | None = None,
) -> Due:
    """Add a line to the clock and bring the dossier's due moment up to date, inside the caller's transaction.

    `evidence` names the paper of a pause; `until` the new moment of an extension. Raises workflow.Refused for an order
    that no clock can have, ValueError for a moment before the line before.
    """
    seq = dossier.matter.clock_entries.count() + 1
    version = schedule.calendar_for(dossier.competent_office).version
    ClockEntry.objects.create(
        matter=dossier.matter,
        seq=seq,
        kind=kind,
        at=at,
        until=until,
        reason=reason,
        evidence=evidence,
        calendar_version=version,
    )
    due = queries.due_of(dossier)
    dossier.due_at, dossier.due_estimated = due.at, due.estimated
    dossier.save(update_fields=["due_at", "due_estimated"])
    return due

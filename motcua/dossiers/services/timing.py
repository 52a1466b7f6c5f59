"""The stored legal clock of a dossier: one line more, and the due moment that follows from all of them; and the
working hours within which somebody looks at what arrived.
"""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import queries, rules
from motcua.dossiers.models import Dossier
from motcua.kernel import clock, schedule
from motcua.kernel.clock import Due, EntryKind
from motcua.kernel.matters import ClockEntry
from motcua.kernel.organisation import Office


def soon_after(office: Office, at: datetime) -> datetime:
    """By when an office looks at what arrived: within the working hours that the rule gives."""
    start = clock.Entry("start", at)
    due = clock.due(schedule.calendar_for(office), clock.Limit(rules.INTAKE_HOURS, "working_hour"), [start])
    assert due.at is not None  # a clock that runs has a moment
    return due.at


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
    version = queries.clock_calendar(dossier, None).version
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

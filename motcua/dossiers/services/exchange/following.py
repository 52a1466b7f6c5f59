"""Where another system owns the status: what it says is read here as it is, and nothing is told to it.

In place of the steps of the route lies one piece of work that follows it, so that a number is never silent.
"""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import rules
from motcua.dossiers.events import StatusRead
from motcua.dossiers.models import Dossier, Ending, PartnerSystem
from motcua.dossiers.rules import exchange
from motcua.dossiers.rules.exchange import Record
from motcua.dossiers.services import course, timing
from motcua.kernel import identity, ledger, schedule
from motcua.kernel.matters import WorkItem

_ENDINGS = ("refused", "withdrawn", "stopped")
_RECEIVED = ("received", "processing", "supplement_requested", "payment_requested", "result_ready", "returned")


def read_status(*, dossier: Dossier, system: PartnerSystem, record: Record, at: datetime) -> bool:
    """Bring the dossier to where the record says that it is; False when it says nothing that is known, or nothing
    more once it is finished.
    """
    state = exchange.state_of(record.status, system.statuses)
    if not state or dossier.state in rules.FINISHED:
        return False
    _moments(dossier, state, record, at)
    happening, hand = StatusRead(system.code, record.status, state), identity.system_person()
    dossier.state = state
    dossier.save()
    if state in _ENDINGS:
        reason = record.note or f"{system.name}: {record.status}"
        Ending.objects.create(dossier=dossier, kind=state, reason_code="other", reason=reason, at=at)
    if state in rules.FINISHED:
        course.finish(happening=happening, dossier=dossier, by=hand, post=None, at=at)
        return True
    ledger.record(happening, matter=dossier.matter, at=at, by=hand, office=dossier.receiving_office)
    if dossier.due_at is not None:
        WorkItem.objects.filter(matter=dossier.matter, act=rules.FOLLOW, closed_by=None).update(due_at=dossier.due_at)
    return True


def _moments(dossier: Dossier, state: str, record: Record, at: datetime) -> None:
    """When it was received, is due and ended, as the record says; what it leaves out counts from now."""
    if state in _RECEIVED and dossier.received_at is None:
        dossier.received_at = min(record.received_at or at, at)
        dossier.calendar_version = schedule.calendar_for(dossier.competent_office).version
        dossier.save(update_fields=["received_at", "calendar_version"])
        timing.note(dossier, "start", dossier.received_at)
    appointed = record.due_at is not None and record.due_at != dossier.due_at
    if dossier.received_at is not None and appointed and dossier.settled_at is None:
        timing.note(dossier, "extend", max(at, dossier.received_at), until=record.due_at)
    if state in ("result_ready", "returned") and dossier.settled_at is None:
        dossier.settled_at = min(record.ended_at or at, at)
        timing.note(dossier, "stop", at)
    if state == "returned":
        dossier.returned_at = min(record.returned_at or at, at)

"""The last act is taken back, as an act of its own with a reason; what was recorded stays recorded (ADR 0010).

Decree 224/2026/NĐ-CP, Article 23(6) names the undoing of a done action as a principle of design. Work that the act
closed is open again with the same office and person, what it opened is closed, the legal clock runs as if it had not
been, and the applicant reads what is true now.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import ActUndone
from motcua.dossiers.models import Dossier, Ending, Result, Returning, SupplementRequest, Undoing
from motcua.dossiers.services import course, messages, timing
from motcua.dossiers.services.refusal import NotPossible
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem

# What the clock does again when the act that stopped or paused it is taken back.
_CLOCK = {
    "dossiers.supplement_requested": "resume",
    "dossiers.settled": "reopen",
    "dossiers.withdrawn": "reopen",
    "dossiers.stopped": "reopen",
}


def undo_last(*, dossier: Dossier, by: Person, at: datetime, reason: str) -> Dossier:
    """Take the last act back that moved the dossier, by whoever may do that act there, or leads the office.

    Raises NotPossible, policies.NotAllowed, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("an undoing says its reason")
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        history = queries.history_of(dossier)
        undone = _undoable(dossier, history)
        post = policies.post_to_undo(by, undone, course.day_of(at))
        state = rules.state_without(queries.happened(history), undone.seq)
        event = course.record(ActUndone(undone.seq, undone.type, state), dossier, by, post, at)
        before, dossier.state = dossier.state, state
        _take_back(dossier, undone, by, at, reason.strip())
        _reopen(dossier, undone, event)
        Undoing.objects.create(dossier=dossier, event=undone, reason=reason.strip(), by=by, at=at)
        if state != before:
            messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def _undoable(dossier: Dossier, history: list[Event]) -> Event:
    if queries.is_erased(dossier.applicant):
        raise NotPossible("erased")
    last = rules.last_undoable(queries.happened(history))
    if last is None:
        raise NotPossible("nothing_to_undo")
    found = next(event for event in history if event.seq == last[0])
    if found.actor_id is None:
        raise NotPossible("applicants_act")
    if rules.handed_elsewhere_since(queries.happened(history), found.seq):
        raise NotPossible("handed_elsewhere_since")
    return found


def _take_back(dossier: Dossier, undone: Event, by: Person, at: datetime, reason: str) -> None:
    """The rows that the act had written say that it holds no more."""
    if undone.type == "dossiers.settled":
        dossier.settled_at = None
        revoked = {"revoked_at": at, "revoked_by": by, "revoke_reason": reason}
        Result.objects.filter(dossier=dossier, revoked_at=None).update(**revoked)
    elif undone.type == "dossiers.returned":
        dossier.returned_at = None
        Returning.objects.filter(dossier=dossier, undone_at=None).update(undone_at=at)
    elif undone.type == "dossiers.supplement_requested":
        asked = SupplementRequest.objects.filter(dossier=dossier, n=undone.payload["n"])
        asked.update(cancelled_at=at)
    Ending.objects.filter(dossier=dossier, undone_at=None).update(undone_at=at)
    dossier.matter.closed_at = None
    dossier.matter.save(update_fields=["closed_at"])
    dossier.save(update_fields=["state", "settled_at", "returned_at"])
    if undone.type in _CLOCK and dossier.received_at is not None:
        timing.note(dossier, "resume" if _CLOCK[undone.type] == "resume" else "reopen", at)


def _reopen(dossier: Dossier, undone: Event, event: Event) -> None:
    """What it opened is closed; what it closed is open again with the same office and person, and all of it is due in
    the time that holds now. It stays the work of the act that had opened it, so that this may be taken back, too.
    """
    for item in WorkItem.objects.filter(opened_by=undone, closed_by=None):
        course.close_step(item, event)
    for item in WorkItem.objects.filter(closed_by=undone).select_related("office", "assignee", "opened_by"):
        if item.act in rules.NEVER_REOPENED:
            continue
        beside = item.act in rules.SIDE_ACTS or item.act == rules.AWAIT_SUPPLEMENT
        course.open_step(
            dossier=dossier,
            step=item.step,
            act=item.act,
            office=item.office,
            due_at=item.due_at if beside else dossier.due_at or item.due_at,
            event=event,
            assignee=item.assignee,
            opened_by=item.opened_by,
        )
    course.bring_forward(dossier, event)

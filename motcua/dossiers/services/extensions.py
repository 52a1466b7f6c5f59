"""The office apologises and gives a new appointment: proposed with a reason, approved, then told (Form 04).

It is prepared before the appointment passes, once, and told a working day before (Decree 61/2018/NĐ-CP, Article 19,
since replaced and quoted from memory): what falls short of that is said to whoever proposes and decides, and stops
nobody. A late result is never held back for it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import ExtensionDecided, ExtensionProposed
from motcua.dossiers.models import Dossier, Extension
from motcua.dossiers.services import course, messages, timing
from motcua.dossiers.services.refusal import NotPossible
from motcua.kernel import identity
from motcua.kernel.calendar import Calendar
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem


def propose_extension(
    *, dossier: Dossier, by: Person, at: datetime, reason_code: str, reason: str, new_due_at: datetime, step: str = ""
) -> Extension:
    """Propose a new appointment, by whoever does the open step; who may approve decides in the same act.

    Raises NotPossible, policies.NotAllowed, NothingOpen, ValueError for an unknown reason or one without words.
    """
    if reason_code not in rules.EXTENSION_REASONS or not reason.strip():
        raise ValueError("a new appointment says its reason in words")
    with transaction.atomic():
        dossier, item = course.locked(dossier, step, by, at)
        post = policies.post_with_any(by, capabilities_to_propose(item), item.office, course.day_of(at))
        old_due_at = _due_while_running(dossier)
        _check(dossier, old_due_at, new_due_at, at)
        if queries.undecided_extension(dossier) is not None:
            raise NotPossible("undecided_before")
        extension = Extension.objects.create(
            dossier=dossier,
            reason_code=reason_code,
            reason=reason.strip(),
            old_due_at=old_due_at,
            new_due_at=new_due_at,
            proposed_by=by,
            proposed_at=at,
        )
        happening = ExtensionProposed(extension.pk, reason_code, new_due_at)
        event = course.record(happening, dossier, by, post, at)
        decider = identity.post_for(by, course.day_of(at), identity.APPROVE, dossier.competent_office.path)
        if decider is not None:
            return _settle_extension(dossier, extension, by, decider, at, accepted=True, note="")
        course.open_step(
            dossier=dossier,
            step=_step(extension),
            act=rules.DECIDE,
            office=dossier.competent_office,
            due_at=timing.soon_after(dossier.competent_office, at),
            event=event,
        )
    return extension


def capabilities_to_propose(item: WorkItem) -> tuple[str, ...]:
    """Who proposes: whoever may do the open step, and whoever approves."""
    return (rules.CAPABILITY_OF_ACT.get(item.act, identity.APPROVE), identity.APPROVE)


def decide_extension(*, dossier: Dossier, by: Person, at: datetime, accepted: bool, note: str = "") -> Extension:
    """Agree to the proposed appointment, which holds from now on and is told, or not, with a note for who proposed it.

    Raises NothingOpen when nothing is proposed, NotPossible, policies.NotAllowed, ValueError for a no without a note.
    """
    if not accepted and not note.strip():
        raise ValueError("a no says why")
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        extension = queries.undecided_extension(dossier)
        if extension is None:
            raise course.NothingOpen(dossier.number)
        post = policies.post_for(by, identity.APPROVE, dossier.competent_office, course.day_of(at))
        if accepted:
            _check(dossier, _due_while_running(dossier), extension.new_due_at, at)
        return _settle_extension(dossier, extension, by, post, at, accepted=accepted, note=note.strip())


def _settle_extension(
    dossier: Dossier, extension: Extension, by: Person, post: Post, at: datetime, *, accepted: bool, note: str
) -> Extension:
    extension.decided_by, extension.decided_at, extension.accepted, extension.decision_note = by, at, accepted, note
    extension.save()
    if accepted:
        timing.note(dossier, "extend", at, until=extension.new_due_at, reason=extension.reason_code)
    due_at = dossier.due_at if accepted else None
    event = course.record(ExtensionDecided(extension.pk, accepted, due_at), dossier, by, post, at)
    for item in WorkItem.objects.filter(matter=dossier.matter, step=_step(extension), closed_by=None):
        course.close_step(item, event)
    if accepted:
        course.bring_forward(dossier, event)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return extension


def _step(extension: Extension) -> str:
    return rules.side_step(rules.DECIDE, f"extension-{extension.pk}")


def _due_while_running(dossier: Dossier) -> datetime:
    if dossier.due_at is None or dossier.state not in rules.MOVABLE:
        raise NotPossible("no_due_moment")
    return dossier.due_at


def _check(dossier: Dossier, old_due_at: datetime, new_due_at: datetime, at: datetime) -> None:
    """Later than now and than before, and while the office works."""
    if new_due_at <= at or new_due_at <= old_due_at:
        raise NotPossible("not_later")
    if not _works_at(queries.clock_calendar(dossier, None), new_due_at):
        raise NotPossible("not_working_time")


def _works_at(calendar: Calendar, moment: datetime) -> bool:
    local = calendar.local(moment)
    return any(session.start < local.time() <= session.end for session in calendar.sessions(local.date()))

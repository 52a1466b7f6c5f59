"""The applicant takes the dossier back: at once before it was received, after that when an officer has confirmed it.

No reason is asked for: it is the applicant's own matter.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import DossierWithdrawn, WithdrawalAsked, WithdrawalTakenBack
from motcua.dossiers.models import Dossier, Ending
from motcua.dossiers.services import course, messages, timing
from motcua.kernel import identity, ledger
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem

STEP = rules.side_step(rules.CONFIRM_WITHDRAWAL)


def ask_withdrawal(*, dossier: Dossier, op_id: str, at: datetime) -> Dossier:
    """The applicant, with the claim code, wants the dossier back. Asking twice is asking once.

    Raises workflow.Refused when it has come too far.
    """
    with transaction.atomic():
        dossier, items = course.locked_whole(dossier)
        if _is_asked(items) or _is_done(dossier, op_id):
            return dossier
        course.is_ours(items)
        rules.MACHINE.next(dossier.state, rules.WITHDRAW)
        if dossier.received_at is None:
            return _withdraw(dossier, at, op_id=op_id)
        office = dossier.receiving_office or dossier.competent_office
        event = ledger.record(WithdrawalAsked(), matter=dossier.matter, at=at, office=office, op_id=op_id)
        course.open_step(
            dossier=dossier,
            step=STEP,
            act=rules.CONFIRM_WITHDRAWAL,
            office=office,
            due_at=timing.soon_after(office, at),
            event=event,
        )
        messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def _is_asked(items: list[WorkItem]) -> bool:
    return any(each.step == STEP for each in items)


def _is_done(dossier: Dossier, op_id: str) -> bool:
    return ledger.history(dossier.matter).filter(op_id=op_id).exists()


def take_back_withdrawal(*, dossier: Dossier, op_id: str, at: datetime) -> Dossier:
    """The applicant wants it to go on after all. Asking twice is asking once; NothingOpen when nobody asked."""
    with transaction.atomic():
        dossier, items = course.locked_whole(dossier)
        if _is_done(dossier, op_id):
            return dossier
        item = next((each for each in items if each.step == STEP), None)
        if item is None:
            raise course.NothingOpen(STEP)
        event = ledger.record(WithdrawalTakenBack(), matter=dossier.matter, at=at, office=item.office, op_id=op_id)
        course.close_step(item, event)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def confirm_withdrawal(*, dossier: Dossier, by: Person, at: datetime) -> Dossier:
    """An officer gives the dossier back to whoever asked with the claim code.

    Raises NothingOpen when it was not asked, or no longer; workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, items = course.locked_whole(dossier)
        rules.MACHINE.next(dossier.state, rules.WITHDRAW)
        item = next((each for each in items if each.step == STEP), None)
        if item is None:
            raise course.NothingOpen(STEP)
        post = policies.post_for_step(by, item, rules.CONFIRM_WITHDRAWAL, course.day_of(at))
        return _withdraw(dossier, at, by=by, post=post)


def withdraw_dossier(
    *, dossier: Dossier, by: Person, at: datetime, identity_checked_by: str, note: str = ""
) -> Dossier:
    """The applicant stands at the counter and wants the dossier back; the officer has checked who it is.

    Raises workflow.Refused, policies.NotAllowed, ValueError for an unknown check.
    """
    if identity_checked_by not in rules.IDENTITY_CHECKS:
        raise ValueError("a dossier is given back after an identity check")
    with transaction.atomic():
        dossier, items = course.locked_whole(dossier)
        course.is_ours(items)
        office = dossier.receiving_office or dossier.competent_office
        post = policies.post_for(by, identity.INTAKE, office, course.day_of(at))
        return _withdraw(dossier, at, by=by, post=post, checked=identity_checked_by, note=note)


def _withdraw(
    dossier: Dossier,
    at: datetime,
    *,
    by: Person | None = None,
    post: Post | None = None,
    checked: str = "",
    note: str = "",
    op_id: str | None = None,
) -> Dossier:
    dossier.state = rules.MACHINE.next(dossier.state, rules.WITHDRAW)
    dossier.save(update_fields=["state"])
    if dossier.received_at is not None:
        timing.note(dossier, "stop", at)
    ending = Ending.objects.create(
        dossier=dossier, kind="withdrawn", reason_code="applicant_asked", reason=note.strip(), by=by, at=at
    )
    happening = DossierWithdrawn(ending.pk, checked or None)
    event = course.finish(happening=happening, dossier=dossier, by=by, post=post, at=at, op_id=op_id)
    messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier

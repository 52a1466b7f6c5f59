"""One blank slip: somebody shows its claim code, it is void, it has turned up after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies
from motcua.dossiers.events import SlipAskedAbout, SlipRestored, SlipVoided
from motcua.dossiers.models import VOID_REASONS, BlankSlip
from motcua.dossiers.rules import blanks as rule
from motcua.dossiers.services import course
from motcua.dossiers.services.blanks import work
from motcua.dossiers.services.blanks.refusal import SlipRefused
from motcua.kernel import identity, ledger
from motcua.kernel.identity import Person


def note_slip_asked_about(*, slip: BlankSlip, at: datetime) -> BlankSlip:
    """Whoever has the paper asked how far it is: from now on it is the office's open work, whatever else is known."""
    with transaction.atomic():
        slip = _held(slip)
        if slip.asked_at is not None or slip.dossier_id is not None or slip.voided_at is not None:
            return slip
        slip.asked_at = at
        slip.save(update_fields=["asked_at"])
        asked = SlipAskedAbout(slip.place, slip.number)
        event = ledger.record(asked, matter=slip.block.matter, at=at, office=slip.block.office)
        work.see_to(slip.block, event, at)
    return slip


def void_slip(*, slip: BlankSlip, reason: str, note: str, by: Person, at: datetime) -> BlankSlip:
    """Nobody has this slip and nobody will be given it: spoiled, lost, not needed. Of one whose claim code somebody has
    shown, only whoever leads may say that.

    Raises policies.NotAllowed, SlipRefused, ValueError for an unknown reason or one without words.
    """
    if reason not in VOID_REASONS or not note.strip():
        raise ValueError("a void slip has a reason in words")
    with transaction.atomic():
        slip = _held(slip)
        if slip.dossier_id is not None or slip.voided_at is not None:
            raise SlipRefused("entered" if slip.dossier_id else "void")
        capability = identity.INTAKE if slip.asked_at is None else identity.LEAD
        post = policies.post_for(by, capability, slip.block.office, course.day_of(at))
        slip.voided_at, slip.void_reason, slip.void_note = at, reason, note.strip()[: rule.LONGEST_NOTE]
        slip.save(update_fields=["voided_at", "void_reason", "void_note"])
        void = SlipVoided(slip.place, slip.number, reason)
        event = ledger.record(void, matter=slip.block.matter, at=at, by=by, post=post, office=slip.block.office)
        work.see_to(slip.block, event, at)
    return slip


def restore_slip(*, slip: BlankSlip, by: Person, at: datetime) -> BlankSlip:
    """Somebody came with a slip that was said to be void: it can be entered again, and has to be.

    Raises policies.NotAllowed, SlipRefused.
    """
    with transaction.atomic():
        slip = _held(slip)
        if slip.voided_at is None:
            raise SlipRefused("not_void")
        post = policies.post_for(by, identity.LEAD, slip.block.office, course.day_of(at))
        slip.voided_at, slip.void_reason, slip.void_note = None, "", ""
        # It lies on the counter, so it was given out.
        slip.asked_at = slip.asked_at or at
        slip.save(update_fields=["voided_at", "void_reason", "void_note", "asked_at"])
        restored = SlipRestored(slip.place, slip.number)
        event = ledger.record(restored, matter=slip.block.matter, at=at, by=by, post=post, office=slip.block.office)
        work.see_to(slip.block, event, at)
    return slip


def _held(slip: BlankSlip) -> BlankSlip:
    """The slip as it is now, its block held until the transaction ends."""
    block = work.locked(slip.block)
    found = BlankSlip.objects.get(pk=slip.pk)
    found.block = block
    return found

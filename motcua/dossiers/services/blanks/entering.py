"""A blank slip is entered: the dossier takes its number, its claim code and the moment that was written on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.events import DossierEnteredLater
from motcua.dossiers.models import BlankSlip, Dossier
from motcua.dossiers.rules import blanks as rule
from motcua.dossiers.services.blanks import work
from motcua.dossiers.services.blanks.refusal import SlipRefused
from motcua.kernel import ledger
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office


@dataclass(frozen=True, slots=True)
class Slip:
    """Which slip it was written on, and when it is entered."""

    number: str
    entered_at: datetime


def held(slip: Slip, centre: Office, written_at: datetime) -> BlankSlip:
    """The slip of this number, its block held until the transaction ends; SlipRefused unless it may be entered at this
    centre as received at the moment that is written on it.
    """
    found = BlankSlip.objects.select_related("block").filter(number=slip.number).first()
    if found is None:
        raise SlipRefused("unknown")
    block = work.locked(found.block)
    if block.office_id != centre.pk:
        raise SlipRefused("another_office")
    found = BlankSlip.objects.get(pk=found.pk)
    found.block = block
    if found.dossier_id is not None or found.voided_at is not None:
        raise SlipRefused("entered" if found.dossier_id else "void")
    if why := rule.why_not_then(written_at, block.printed_at, slip.entered_at):
        raise SlipRefused(why)
    return found


def enter(*, blank: BlankSlip, dossier: Dossier, slip: Slip, by: Person, post: Post) -> None:
    """The dossier stands under the slip's number; whatever lies before it in the block was given out too."""
    block = blank.block
    entered = DossierEnteredLater(block.counter, blank.place)
    event = ledger.record(entered, matter=dossier.matter, at=slip.entered_at, by=by, post=post, office=post.office)
    free = BlankSlip.objects.filter(pk=blank.pk, dossier=None, voided_at=None)
    if free.update(dossier=dossier, entered_at=slip.entered_at) != 1:
        raise SlipRefused("entered")
    if blank.place > block.handed_until:
        block.handed_until = blank.place
        block.save(update_fields=["handed_until"])
    work.see_to(block, event, slip.entered_at)


def is_first_code(dossier: Dossier, op_id: str) -> bool:
    """Whether the dossier's claim code is the one that was given with this request, or printed on its slip."""
    return dossier.claim_seed in (op_id, *_seed_of_slip(dossier))


def _seed_of_slip(dossier: Dossier) -> list[str]:
    return list(BlankSlip.objects.filter(dossier=dossier).values_list("claim_seed", flat=True))


def claim_of(blank: BlankSlip | None, op_id: str, key_id: str) -> tuple[str, str]:
    """Seed and key of the claim code: those on the slip, or of this request."""
    return (blank.claim_seed, blank.claim_key_id) if blank else (op_id, key_id)

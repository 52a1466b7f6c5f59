"""A block of blank slips: its numbers are reserved, it is printed, and somebody says which slip was given out last."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import LastSlipSaid, SlipsPrinted, SlipsReserved
from motcua.dossiers.models import BlankSlip, SlipBlock
from motcua.dossiers.rules import blanks as rule
from motcua.dossiers.services import course
from motcua.dossiers.services.blanks import work
from motcua.dossiers.services.blanks.refusal import SlipRefused
from motcua.kernel import identity, ledger, matters, numbering, organisation, rows, seals
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office

KIND = "slip_block"
# The block's own reference; not one of the numbers on its slips.
SERIES, PATTERN = "SLIPS", "{agency}-{yyyy}-{n}"


def reserve_slips(*, office: Office, counter: str, count: int, by: Person, at: datetime, op_id: str) -> SlipBlock:
    """Take so many numbers out of the commune's for this counter of its centre; the same block for the same key.

    Raises policies.NotAllowed, SlipRefused.
    """
    if not 1 <= count <= rule.MOST_SLIPS:
        raise SlipRefused("too_many")
    post = policies.post_for(by, identity.INTAKE, office, course.day_of(at))
    try:
        with transaction.atomic():
            block, slips = _block(office, counter, count, at)
            reserved = SlipsReserved(block.counter, slips[0].number, slips[-1].number, count)
            ledger.record(reserved, matter=block.matter, at=at, by=by, post=post, office=office, op_id=op_id)
            return block
    except IntegrityError:
        # The same was asked for before; anything else is a fault of ours.
        if earlier := Event.objects.filter(op_id=op_id, type=SlipsReserved.type).first():
            return SlipBlock.objects.select_related("matter", "office").get(pk=earlier.matter_id)
        raise


def _block(office: Office, counter: str, count: int, at: datetime) -> tuple[SlipBlock, list[BlankSlip]]:
    day = course.day_of(at)
    matter = matters.open_matter(
        kind=KIND,
        reference=numbering.take(SERIES, day, PATTERN),
        title=counter.strip()[:60],
        at=at,
        parties=[(office, matters.OWNER)],
    )
    block = SlipBlock(matter=matter, office=office, counter=matter.title, size=count, made_at=at)
    rows.insert(block)
    slips = [*_slips(block, _free_numbers(office, count, at))]
    rows.insert_all(slips)
    return block, slips


def _free_numbers(office: Office, count: int, at: datetime) -> list[str]:
    """Reserved ones, but for those that came with a dossier from an earlier system."""
    commune = organisation.commune_of(office) or office
    agency, day = commune.agency_code or commune.code, course.day_of(at)
    found: list[str] = []
    while len(found) < count:
        taken = numbering.reserve(agency, day, commune.number_pattern, count - len(found))
        known = set(Matter.objects.filter(reference__in=taken).values_list("reference", flat=True))
        known |= set(BlankSlip.objects.filter(number__in=taken).values_list("number", flat=True))
        found += [number for number in taken if number not in known]
    return found


def _slips(block: SlipBlock, numbers: list[str]) -> Iterator[BlankSlip]:
    key_id = settings.CLAIM_KEY_ID
    key = settings.CLAIM_KEYS[key_id]
    for place, number in enumerate(numbers, 1):
        seed = f"slip-{secrets.token_hex(16)}"
        seal = seals.seal(rule.Reserved(number, block.office.code, block.made_at).words)
        yield BlankSlip(
            block=block,
            place=place,
            number=number,
            claim_seed=seed,
            claim_key_id=key_id,
            claim_code_hash=rules.claim_code_hash(key, rules.claim_code(key, seed)),
            seal_key=seal.key,
            seal=seal.signature,
        )


def note_slips_printed(*, block: SlipBlock, by: Person, at: datetime, torn_up: bool = False) -> SlipBlock:
    """The slips are printed now. A second time only if the earlier sheets were destroyed (`torn_up`) and none was given
    out: no number may be on two papers.

    Raises policies.NotAllowed, SlipRefused.
    """
    post = policies.post_for(by, identity.INTAKE, block.office, course.day_of(at))
    with transaction.atomic():
        block = work.locked(block)
        if block.printed_at is not None and not torn_up:
            raise SlipRefused("earlier_sheets")
        if block.handed_until or BlankSlip.objects.filter(block=block, asked_at__isnull=False).exists():
            raise SlipRefused("in_a_hand")
        block.printed_at, block.prints = block.printed_at or at, block.prints + 1
        block.save(update_fields=["printed_at", "prints"])
        ledger.record(SlipsPrinted(block.prints), matter=block.matter, at=at, by=by, post=post, office=block.office)
    return block


def say_last_slip(*, block: SlipBlock, place: int, by: Person, at: datetime) -> SlipBlock:
    """The outage is over, and the slip at this place was the last to be given out: every one before it is to be entered
    or void. Raises policies.NotAllowed, SlipRefused.
    """
    post = policies.post_for(by, identity.INTAKE, block.office, course.day_of(at))
    with transaction.atomic():
        block = work.locked(block)
        if block.printed_at is None:
            raise SlipRefused("not_printed")
        if place < block.handed_until:
            raise SlipRefused("earlier_place")
        slip = BlankSlip.objects.filter(block=block, place=place).first()
        if slip is None:
            raise SlipRefused("no_such_place")
        block.handed_until = block.said_until = place
        block.save(update_fields=["handed_until", "said_until"])
        said = LastSlipSaid(place, slip.number)
        event = ledger.record(said, matter=block.matter, at=at, by=by, post=post, office=block.office)
        work.see_to(block, event, at)
    return block

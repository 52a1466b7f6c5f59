"""Blank slips at the desk: what the pages show and say, and which slip is meant by what was scanned. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policies, services
from motcua.dossiers.models import SlipBlock
from motcua.dossiers.queries import blanks
from motcua.dossiers.rules import scan
from motcua.dossiers.rules.blanks import FEW, MOST_SLIPS
from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office

MOST_BLOCKS = 100
REFUSALS: Mapping[str, str | Promise] = {
    "unknown": _("No slip with this number was printed here. Compare it with the slip, letter by letter."),
    "another_office": _("This slip is of another centre. It is entered there."),
    "not_printed": _("The slips of this block were never printed, so this number cannot be on paper."),
    "before_printing": _("The slip was printed later than this. Look at day and hour on the slip again."),
    "in_the_future": _("This moment has not come yet. Look at day and hour on the slip again."),
    "entered": _("This slip was entered before. Look the dossier up by its number."),
    "void": _("This slip was said to be void. Whoever leads says on the page of the block that it turned up."),
    "not_void": _("This slip is not void."),
    "in_a_hand": _("Some of these slips were given out: they cannot be printed again. Reserve a new block."),
    "too_many": _("Reserve between 1 and %(most)s slips at once.") % {"most": MOST_SLIPS},
    "earlier_sheets": _("They were printed before. Destroy those sheets, tick that you have, and print again."),
    "earlier_place": _("A later slip of this block is known to have been given out."),
    "no_such_place": _("There is no such slip in this block."),
}
STANDINGS: Mapping[str, str | Promise] = {
    blanks.FREE: _("Not given out"),
    blanks.GIVEN: _("Given out, to be entered"),
    blanks.ENTERED: _("Entered"),
    blanks.VOID: _("Void"),
}
# Beside which field of the counter's sheet a refusal stands.
_FIELDS = {"before_printing": "day", "in_the_future": "day"}


def problem_of(refused: services.SlipRefused) -> tuple[str, str]:
    """The field of the counter's sheet, and what is wrong there."""
    return f"id_slip-{_FIELDS.get(refused.code, 'number')}", str(REFUSALS[refused.code])


def slip_in(text: str) -> str:
    """The number of a blank slip of ours, scanned or typed; empty for anything else."""
    number = (scan.number_of(text) or text).strip().upper()
    is_one = any(letter.isdigit() for letter in number) and blanks.is_number_of_slip(number)
    return number if is_one else ""


def ready(commune: Office, day: date) -> int:
    """How many printed slips the commune's centre can still give out."""
    return blanks.ready(organisation.division_for(commune, "receive", day))


def offices_of(person: Person, day: date) -> tuple[Office, ...]:
    """The centres whose blank slips the person sees."""
    return policies.slip_offices(person, day)


def may_reserve(person: Person, office: Office, day: date) -> bool:
    """Whether the person takes in at this centre."""
    return identity.post_for(person, day, identity.INTAKE, office.path) is not None


def page(office: Office, person: Person, day: date) -> dict[str, Any]:
    """The blocks of a centre, what of them is left, and what waits."""
    found = blanks.counted(office, MOST_BLOCKS)
    left = blanks.ready(office)
    return {
        "office": office,
        "blocks": found,
        "waiting": [each for each in found if each.given or each.block.handed_until > each.block.said_until],
        "ready": left,
        "few": FEW,
        "may_reserve": may_reserve(person, office, day),
    }


def block_page(block: SlipBlock, person: Person, day: date) -> dict[str, Any]:
    """Every slip of a block with what it is now."""
    slips = [(slip, standing, STANDINGS[standing]) for slip, standing in blanks.slips_of(block)]
    return {
        "slip_block": block,
        "slips": slips,
        "waits": blanks.waits(block),
        "unsaid": block.handed_until > block.said_until,
        "given": [slip for slip, standing, _words in slips if standing == blanks.GIVEN],
        "may_reserve": may_reserve(person, block.office, day),
        "may_restore": identity.post_for(person, day, identity.LEAD, block.office.path) is not None,
    }


def place_meant(block: SlipBlock, text: str) -> int:
    """Which slip of the block is meant: by its place, its number or its code. SlipRefused when there is none."""
    text = (scan.number_of(text) or text).strip().upper()
    meant = [slip.place for slip, _s in blanks.slips_of(block) if text in (slip.number, str(slip.place))]
    if not meant:
        raise services.SlipRefused("no_such_place")
    return meant[0]

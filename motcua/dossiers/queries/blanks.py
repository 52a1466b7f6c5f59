"""Blank slips, as the desk, the light and whoever holds one ask for them: free, given out, entered, void."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from motcua.dossiers import rules
from motcua.dossiers.models import BlankSlip, SlipBlock
from motcua.dossiers.rules import blanks as rule
from motcua.dossiers.rules.blanks import Line, Reserved
from motcua.kernel import seals
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.kernel.seals import Seal

_OPEN = Q(dossier=None, voided_at=None)
_GIVEN = Q(place__lte=F("block__handed_until")) | Q(asked_at__isnull=False)
_READY = Q(asked_at=None, place__gt=F("block__handed_until"), block__printed_at__isnull=False)
# The code on a slip, for whoever tries one.
SlipLine = Line
FREE, GIVEN, ENTERED, VOID = "free", "given", "entered", "void"


@dataclass(frozen=True, slots=True)
class Counted:
    """A block and how many of its slips are what."""

    block: SlipBlock
    free: int
    given: int
    entered: int
    void: int

    @property
    def is_used_up(self) -> bool:
        """Nothing of it is left to be given out or entered."""
        return not (self.free or self.given)


def waits(block: SlipBlock) -> bool:
    """Whether somebody has something to do about it: enter what was given out, or say which slip was the last."""
    return block.handed_until > block.said_until or outstanding(block).exists()


def outstanding(block: SlipBlock) -> QuerySet[BlankSlip]:
    """Given out as far as anybody knows, neither entered nor void."""
    return BlankSlip.objects.filter(_OPEN & _GIVEN, block=block).order_by("place")


def counted(office: Office, most: int) -> list[Counted]:
    """The blocks of a centre, the newest first, with what became of their slips; one statement."""
    given = Q(slips__place__lte=F("handed_until")) | Q(slips__asked_at__isnull=False)
    still = Q(slips__dossier=None, slips__voided_at=None)
    blocks = SlipBlock.objects.filter(office=office).select_related("matter").order_by("-made_at", "matter")
    blocks = blocks.annotate(
        given=Count("slips", filter=still & given),
        entered=Count("slips", filter=Q(slips__dossier__isnull=False)),
        void=Count("slips", filter=Q(slips__voided_at__isnull=False)),
    )
    return [
        Counted(each, each.size - each.given - each.entered - each.void, each.given, each.entered, each.void)
        for each in blocks[:most]
    ]


def slips_of(block: SlipBlock) -> list[tuple[BlankSlip, str]]:
    """Every slip of the block in its order, and what it is now."""
    return [(slip, _standing(slip, block)) for slip in BlankSlip.objects.filter(block=block).order_by("place")]


def _standing(slip: BlankSlip, block: SlipBlock) -> str:
    if slip.dossier_id is not None:
        return ENTERED
    if slip.voided_at is not None:
        return VOID
    return GIVEN if slip.asked_at is not None or slip.place <= block.handed_until else FREE


def ready(office: Office) -> int:
    """How many printed slips of a centre can still be given out."""
    return BlankSlip.objects.filter(_OPEN & _READY, block__office=office).count()


def running_low() -> list[tuple[str, int]]:
    """The centres that have begun to use theirs and have few left, each with how many."""
    begun = SlipBlock.objects.filter(handed_until__gt=0).values_list("office", flat=True).distinct()
    offices = Office.objects.filter(pk__in=begun).select_related("parent").order_by("path")
    left = ((_named(office), ready(office)) for office in offices)
    return [(name, count) for name, count in left if count < rule.FEW]


def _named(office: Office) -> str:
    return office.parent.name if office.parent else office.name


def overdue(now: datetime) -> tuple[int, str]:
    """How many slips were given out and should have been entered by now, and the first of them."""
    late = WorkItem.objects.filter(closed_by=None, act=rules.ENTER_SLIPS, due_at__lt=now).values("matter")
    slips = BlankSlip.objects.filter(_OPEN & _GIVEN, block__in=late).order_by("block__made_at", "place")
    first = slips.values_list("number", flat=True).first()
    return slips.count(), first or ""


def slip(number: str) -> BlankSlip | None:
    """The slip of this number."""
    found = BlankSlip.objects.select_related("block__matter", "block__office", "dossier__matter")
    return found.filter(number=number.strip().upper()).first()


def slip_at(block: SlipBlock, place: int) -> BlankSlip:
    """The slip at this place of the block; BlankSlip.DoesNotExist when there is none."""
    return BlankSlip.objects.select_related("block__matter", "block__office").get(block=block, place=place)


def is_number_of_slip(number: str) -> bool:
    """Whether the number was reserved for a slip."""
    return BlankSlip.objects.filter(number=number).exists()


def claim_code_of(found: BlankSlip) -> str:
    """The code that is printed on it; only for the printing."""
    return rules.claim_code(settings.CLAIM_KEYS[found.claim_key_id], found.claim_seed)


def line_of(found: BlankSlip) -> str:
    """What the sealed code on the slip says."""
    block = found.block
    return str(Line(Reserved(found.number, block.office.code, block.made_at), found.seal_key, found.seal))


@dataclass(frozen=True, slots=True)
class Judged:
    """What can be said of the code on a slip."""

    reserved: Reserved
    # The signature is of exactly these words, by a key of this centre.
    is_genuine: bool
    # As it is kept here; None when this database has no such slip.
    slip: BlankSlip | None

    @property
    def office(self) -> str:
        """Which office may give it out, by its names."""
        centre = Office.objects.filter(code=self.reserved.office).select_related("parent").first()
        if centre is None:
            return self.reserved.office
        return ", ".join(filter(None, (centre.name, centre.parent.name if centre.parent else "")))


def judged(text: str, keys: Mapping[str, str]) -> Judged:
    """The code in a text held against these keys (by id, base64url). Raises rules.blanks.NotASlip."""
    line = rule.read(text)
    genuine = is_sealed(line, keys)
    return Judged(line.reserved, genuine, slip(line.reserved.number) if genuine else None)


def line_in(text: str) -> Line | None:
    """The code of a blank slip in a text; None when there is none."""
    try:
        return rule.read(text)
    except rule.NotASlip:
        return None


def is_sealed(line: Line, keys: Mapping[str, str]) -> bool:
    """Whether one of these keys signed it."""
    return seals.holds(line.words, Seal(line.key, line.signature), keys)


def printed(block: SlipBlock) -> list[BlankSlip]:
    """The slips that are put on paper: all of the block but those that are void."""
    found = BlankSlip.objects.filter(block=block, voided_at=None).select_related("block__office")
    return list(found.order_by("place"))

"""Numbers that are given out on paper while nothing can be counted: blocks of blank slips, printed beforehand.

A slip holds nothing personal: what was written on it by hand is entered later, as a dossier under its number.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.dossiers.models.dossier import Dossier
from motcua.kernel.seals import ID_LENGTH

VOID_REASONS = ("spoiled", "not_found", "not_needed")


class SlipBlock(models.Model):
    """Slips with numbers in a row, for one counter of one service centre."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="slip_block")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    counter = models.CharField(max_length=60)
    size = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    # When it was printed first, and how often since.
    printed_at = models.DateTimeField(null=True)
    prints = models.PositiveSmallIntegerField(default=0)
    # They are given out in their order: up to this place they were, as far as anybody knows, and up to that place
    # somebody has said that no later one was.
    handed_until = models.PositiveSmallIntegerField(default=0)
    said_until = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "matter"]
        indexes = [models.Index(fields=["office", "made_at"])]
        constraints = [
            models.CheckConstraint(
                name="slips_are_handed_out_from_a_block_that_was_printed",
                condition=Q(handed_until=0) | Q(printed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="slips_said_are_handed_out_and_of_the_block",
                condition=Q(said_until__lte=F("handed_until"), handed_until__lte=F("size")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counter}, {self.size} slips"


class BlankSlip(models.Model):
    """One number on paper; free, given out, entered as a dossier, or void."""

    block = models.ForeignKey(SlipBlock, models.PROTECT, related_name="slips")
    place = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60, unique=True)
    claim_code_hash = models.CharField(max_length=64)
    claim_key_id = models.CharField(max_length=8)
    claim_seed = models.CharField(max_length=100)
    # That the centre reserved this number, sealed for whoever has no network.
    seal_key = models.CharField(max_length=ID_LENGTH)
    seal = models.CharField(max_length=86)
    # Somebody showed its claim code: whatever else is known, a person has it in the hand.
    asked_at = models.DateTimeField(null=True)
    dossier = models.OneToOneField(Dossier, models.PROTECT, null=True, related_name="blank_slip")
    entered_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=12, blank=True, choices=[(code, code) for code in VOID_REASONS])
    void_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["block", "place"]
        indexes = [
            models.Index(fields=["block", "place"], condition=Q(dossier=None, voided_at=None), name="slips_open")
        ]
        constraints = [
            models.UniqueConstraint(fields=["block", "place"], name="one_slip_per_place"),
            models.CheckConstraint(
                name="slip_is_entered_with_its_dossier",
                condition=Q(dossier=None, entered_at=None) | Q(dossier__isnull=False, entered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="slip_is_void_or_entered_not_both", condition=Q(dossier=None) | Q(voided_at=None)
            ),
            models.CheckConstraint(
                name="void_slip_has_a_reason",
                condition=Q(voided_at=None, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

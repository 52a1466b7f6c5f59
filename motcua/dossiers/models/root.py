"""The daily root over all filings: what was taken in until then can neither be changed nor taken away unseen."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.filing import Filing
from motcua.kernel import protection
from motcua.kernel.seals import ID_LENGTH


class DayRoot(models.Model):
    """One digest over the filings that came until the end of a day and were in no earlier root; sealed and chained."""

    day = models.DateField(primary_key=True)
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    # Digest of what was sealed of the root before; empty for the first.
    previous = models.CharField(max_length=64, blank=True)
    seal_key = models.CharField(max_length=ID_LENGTH)
    seal = models.CharField(max_length=86)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.root[:12]}"


class DayLeaf(models.Model):
    """Where a filing stands in its root: one that comes in late, by a clock set back, goes into the next."""

    filing = models.OneToOneField(Filing, models.PROTECT, primary_key=True, related_name="leaf")
    root = models.ForeignKey(DayRoot, models.PROTECT, related_name="leaves")
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ["root", "place"]
        constraints = [models.UniqueConstraint(fields=["root", "place"], name="one_filing_in_a_place_of_a_root")]

    def __str__(self) -> str:
        return f"{self.root_id} {self.place}"


protection.append_only("dossiers_dayroot")
protection.append_only("dossiers_dayleaf")

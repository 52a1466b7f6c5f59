"""Reporting: which day ends an office's months, and the figures of months that are closed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.kernel import protection


class CutOff(models.Model):
    """From this month on, an office's reporting months, and those below it, end with this day; 0 is the last one."""

    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["office", "year", "month", "id"]
        constraints = [
            models.CheckConstraint(
                name="cut_off_is_a_day_of_every_month", condition=Q(day__lte=28) & Q(month__gte=1) & Q(month__lte=12)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} from {self.year}-{self.month}: {self.day}"


class ClosedPeriod(models.Model):
    """The figures of a month as they were when it was closed. They never change; corrections stand beside them."""

    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    # {"figures": {key: number}, "groups": {"sector": {slug: {key: number}}, …}}
    content = models.JSONField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["office", "first"]
        constraints = [
            models.UniqueConstraint(fields=["office", "first"], name="one_closing_per_beginning"),
            models.UniqueConstraint(fields=["office", "last"], name="one_closing_per_end"),
            models.CheckConstraint(name="closed_period_ends_after_it_begins", condition=Q(last__gte=F("first"))),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.first} {self.last}"


protection.append_only("dossiers_closedperiod")
protection.append_only("dossiers_cutoff")

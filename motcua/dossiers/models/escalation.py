"""Who is told of late work, and of which it was told already."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.rules import escalation


class EscalationLevel(models.Model):
    """One rung of an office's own ladder; it holds for the office and all below it that have none of their own."""

    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    when = models.CharField(max_length=6, choices=[(when, when) for when in ("before", "after")])
    # Working hours before or after the due moment.
    hours = models.PositiveSmallIntegerField()
    # The role of whoever is told; empty: whoever leads.
    role = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["office", "level"]
        constraints = [
            models.UniqueConstraint(fields=["office", "level"], name="one_rung_of_a_kind"),
            models.CheckConstraint(
                name="rung_is_reachable",
                condition=Q(level__gte=1, level__lte=escalation.MOST_LEVELS, hours__lte=escalation.LONGEST_HOURS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.level}: {self.hours} {self.when}"


class Escalation(models.Model):
    """That somebody was told of one open step with this due moment, at this level; never twice."""

    item = models.ForeignKey("kernel.WorkItem", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    event = models.ForeignKey("kernel.Event", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item", "level"]
        constraints = [
            models.UniqueConstraint(fields=["item", "due_at", "level"], name="one_escalation_of_a_step_per_level"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} level {self.level}"

"""What another office is asked about a dossier, and what it answered; the clock runs on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier


class Opinion(models.Model):
    """A question to another office, due at a moment, and its answer."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opinions")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    question = models.TextField(max_length=4000)
    question_file = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    asked_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=8000, blank=True)
    answer_file = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [
            models.CheckConstraint(
                name="answered_opinion_is_whole",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} asks {self.office_id}"

"""An apology and a new appointment (Form 04): proposed with a reason, approved, then sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.proposal import Proposal, decided_whole


class Extension(Proposal):
    """A new due moment, with the reason that the applicant reads."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="extensions")
    reason_code = models.CharField(max_length=40)
    reason = models.TextField(max_length=2000)
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(accepted=None), name="one_undecided_extension"),
            models.CheckConstraint(
                name="extension_is_later", condition=Q(new_due_at__gt=models.F("old_due_at")) & ~Q(reason="")
            ),
            decided_whole("extension_decided_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} until {self.new_due_at}"

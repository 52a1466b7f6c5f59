"""Why a dossier ended without a result: not accepted (Form 03), withdrawn by the applicant, or stopped (Form 05)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier

KINDS = ("refused", "withdrawn", "stopped")


class Ending(models.Model):
    """One ending with its reason in words; one that was undone stays, with the moment of the undoing."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="endings")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    reason_code = models.CharField(max_length=40)
    reason = models.TextField(max_length=2000)
    # What the person can do instead.
    advice = models.TextField(max_length=2000, blank=True)
    # The text it rests on, and what becomes of money that was paid; both of a stop.
    legal_basis = models.CharField(max_length=300, blank=True)
    money = models.CharField(max_length=300, blank=True)
    # Empty when the applicant ended it with the claim code.
    by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dossier", "id"]
        indexes = [models.Index(fields=["at"], condition=Q(undone_at=None), name="ending_by_moment")]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(undone_at=None), name="one_ending_that_holds"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"

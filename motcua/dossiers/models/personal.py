"""What the law of personal data lets a person ask: that use of a dossier is restricted, that its values are erased."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.proposal import Proposal, decided_whole
from motcua.dossiers.rules import personal, reasons


class Restriction(models.Model):
    """From a moment to a moment a dossier is not used but for itself: not found by name, not in books, not offered."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="restrictions")
    reason_code = models.CharField(max_length=12, choices=[(each, each) for each in personal.RESTRICTION_REASONS])
    reason = models.TextField(max_length=2000)
    legal_source = models.CharField(max_length=300)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    lift_reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(lifted_at=None), name="one_restriction_that_holds"),
            models.CheckConstraint(
                name="restriction_is_lifted_by_somebody",
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"restriction of {self.dossier_id}"


class ErasureRequest(Proposal):
    """Somebody asked to have the personal values of a dossier erased, and what was decided."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="erasure_requests")
    reason = models.TextField(max_length=2000)
    identity_checked_by = models.CharField(max_length=20, choices=[(each, each) for each in reasons.IDENTITY_CHECKS])
    answer_by = models.DateTimeField(null=True)
    legal_source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(decided_at=None), name="one_undecided_erasure_request"
            ),
            decided_whole("erasure_request_decided_whole"),
        ]

    def __str__(self) -> str:
        return f"erasure of {self.dossier_id}"

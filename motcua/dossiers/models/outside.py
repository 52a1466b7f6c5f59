"""What an agency outside is asked on the route of a dossier: noted by hand, nobody's system is imitated."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier


class OutsideRequest(models.Model):
    """A step of the route that lies with an agency outside: when it was asked, under which number, what it said."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="outside_requests")
    step = models.CharField(max_length=60)
    # The agency's name as the version had it.
    agency = models.CharField(max_length=200)
    # Number of our letter, or of the record at the agency.
    reference = models.CharField(max_length=100, blank=True)
    asked_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=4000, blank=True)
    answer_reference = models.CharField(max_length=100, blank=True)
    answer_file = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "step"], condition=Q(answered_at=None), name="one_open_outside_request_per_step"
            ),
            models.CheckConstraint(
                name="answered_outside_request_is_whole",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} asks {self.agency}"

"""What somebody proposes and somebody else decides: the columns that every such row has."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Proposal(models.Model):
    """Proposed by an officer; decided by whoever may, or not yet. Who may do both himself decides at once."""

    proposed_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    # Why it was not accepted: for whoever proposed it.
    decision_note = models.TextField(max_length=2000, blank=True)

    class Meta:
        abstract = True


def decided_whole(name: str) -> models.CheckConstraint:
    """A decision has a moment, a person and an answer, or none of them."""
    undecided = Q(decided_at=None, decided_by=None, accepted=None)
    decided = Q(decided_at__isnull=False, decided_by__isnull=False, accepted__isnull=False)
    return models.CheckConstraint(name=name, condition=undecided | decided)

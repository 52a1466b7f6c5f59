"""How satisfied the person was with how the dossier was settled. The sentence may be blanked by law."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.rules import satisfaction as rules


class Rating(models.Model):
    """One answer for each dossier; the newest word counts."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="rating")
    score = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=rules.LONGEST, blank=True)
    place = models.CharField(max_length=8, choices=[(each, each) for each in rules.PLACES])
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    # Whoever leads has read it, and what was done then.
    heard_at = models.DateTimeField(null=True)
    heard_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    heard_note = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"])]
        constraints = [
            models.CheckConstraint(name="a_rating_is_one_of_five", condition=Q(score__gte=1, score__lte=5)),
            models.CheckConstraint(
                name="a_heard_rating_says_by_whom",
                condition=Q(heard_at=None, heard_by=None) | Q(heard_at__isnull=False, heard_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.dossier_id}"

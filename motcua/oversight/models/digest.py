"""The weekly letter on guidance: which weeks were told, and who does not want it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.kernel import protection


class Digest(models.Model):
    """That what happened from a moment to a moment was told, once."""

    since = models.DateTimeField()
    until = models.DateTimeField(unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-until"]
        constraints = [models.CheckConstraint(name="a_digest_covers_some_time", condition=Q(until__gt=F("since")))]

    def __str__(self) -> str:
        return f"until {self.until}"


class DigestChoice(models.Model):
    """Whether a person wants the letter; who never said gets it."""

    person = models.OneToOneField("kernel.Person", models.PROTECT, primary_key=True, related_name="+")
    wanted = models.BooleanField()
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["person"]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.wanted}"


protection.append_only("oversight_digest")

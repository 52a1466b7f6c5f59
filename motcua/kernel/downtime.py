"""Planned pauses: announced in time, shown on every page, and kept afterwards.

Nouns: Downtime (from when to when the centre, or one system it uses, pauses, and what people can do meanwhile).
It stops nothing: whoever works on the machine does. How long before it must be announced is the upper room's rule.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

# How long before its beginning it stands on every page.
SHOWN_BEFORE = timedelta(days=14)


class DowntimeQuerySet(models.QuerySet["Downtime"]):
    """Pauses with the filters that people name."""

    def coming(self, at: datetime) -> DowntimeQuerySet:
        """Not over and not called off, the nearest first."""
        return self.filter(until_at__gt=at, called_off_at=None).order_by("from_at", "id")

    def past(self, at: datetime) -> DowntimeQuerySet:
        """Over or called off, the newest first."""
        return self.exclude(until_at__gt=at, called_off_at=None).order_by("-from_at", "-id")


class Downtime(models.Model):
    """One planned pause."""

    # Which system (motcua.kernel.outside); empty: the centre's own pages.
    system = models.CharField(max_length=40, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    # What people can do meanwhile, in their own words' language.
    advice = models.CharField(max_length=500)
    # Why it was announced later than the law asks; empty when it was not.
    late_reason = models.CharField(max_length=300, blank=True)
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True)

    objects = DowntimeQuerySet.as_manager()

    class Meta:
        ordering = ["-from_at", "-id"]
        indexes = [models.Index(fields=["until_at"], condition=Q(called_off_at=None), name="downtime_to_come")]
        constraints = [
            models.CheckConstraint(name="downtime_ends_after_it_begins", condition=Q(until_at__gt=F("from_at"))),
            models.CheckConstraint(name="downtime_is_announced_before", condition=Q(announced_at__lte=F("from_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.from_at} to {self.until_at}"


_announced: list[Downtime] = []


def refresh(at: datetime) -> None:
    """Read again what is announced. Each server process does so every minute, and at once when it announces something
    itself: pages then say it without asking the database.
    """
    _announced[:] = Downtime.objects.coming(at)


def shown(at: datetime) -> Downtime | None:
    """The pause that every page speaks of now, as far as this process knows."""
    return next((each for each in _announced if each.from_at - SHOWN_BEFORE <= at < each.until_at), None)

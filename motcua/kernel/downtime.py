"""Planned pauses: announced in time, shown on every page, and kept afterwards.

Nouns: Downtime (from when to when the centre, or one system it uses, pauses, and what people can do meanwhile).
It stops nothing: whoever works on the machine does. How long before it must be announced is the upper room's rule.
"""

from __future__ import annotations

import functools
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from motcua.kernel import freshness

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

    def is_shown_on(self, day: date) -> bool:
        """Whether pages speak of it: from two weeks before to its last day."""
        first = timezone.localdate(self.from_at) - SHOWN_BEFORE
        return first <= day <= timezone.localdate(self.until_at)


# Pages that are kept speak of it.
freshness.watch("kernel_downtime", freshness.OFFICES)


@functools.lru_cache(maxsize=4)
def _not_called_off(_stamp: str) -> tuple[Downtime, ...]:
    return tuple(Downtime.objects.filter(called_off_at=None, system="").order_by("from_at", "id"))


def shown(day: date) -> Downtime | None:
    """The pause of the centre's own pages that each of them speaks of on this day; no question to its table while the
    stamp of the offices stands.
    """
    return next((each for each in _not_called_off(freshness.stamps().offices) if each.is_shown_on(day)), None)

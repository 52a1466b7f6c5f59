"""Regular work that one process at a time has to do: watching, checking, copying.

Nouns: Duty (one kind of such work: when it was begun and ended last, and what kept it from ending well).
It does no work and has no clock: whoever could do it asks for it, says the moment, and says how it ended.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

# A beginning this far ahead was written by a clock that has been set back since; it holds nobody up.
AHEAD = timedelta(minutes=5)


class Duty(models.Model):
    """One kind of regular work."""

    name = models.CharField(max_length=40, primary_key=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # What kept it from ending well; empty when it ended well or has not ended.
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "duties"

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Begun and not ended; perhaps the process has died since."""
        return self.begun_at is not None and (self.ended_at is None or self.ended_at < self.begun_at)


def duty(name: str) -> Duty:
    """How far this duty is."""
    return Duty.objects.filter(pk=name).first() or Duty(name=name)


def take(name: str, *, at: datetime, since: datetime) -> bool:
    """Whether this process is to do it now, because nobody has begun it since then. Who is told yes has begun it."""
    Duty.objects.get_or_create(name=name)
    free = Q(begun_at=None) | Q(begun_at__lt=since) | Q(begun_at__gt=at + AHEAD)
    # One statement, so that of two processes one changes the row and the other finds it changed.
    return bool(Duty.objects.filter(free, name=name).update(begun_at=at))


def end(name: str, *, at: datetime, failure: str = "") -> None:
    """It ended; well, unless something is said to have kept it from that."""
    Duty.objects.filter(pk=name).update(ended_at=at, failure=failure[:300])

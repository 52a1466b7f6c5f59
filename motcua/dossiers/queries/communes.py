"""How the dossiers of many offices stand, side by side: counted in the database, however many there are.

The same as `rules.figures` counts one by one; a test holds both against each other. What comes and what is settled is
of a period, what is overdue is of now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import figures as period_facts
from motcua.dossiers.rules import figures
from motcua.dossiers.rules.figures import Period
from motcua.kernel.matters import ClockEntry

__all__ = ["OVERDUE", "RECEIVED", "Counted", "Period", "counted", "period_between"]
# The names by which the lists of the board know them.
RECEIVED, OVERDUE = figures.RECEIVED, figures.OVERDUE
# Received, and its legal time has not ended.
RUNNING = ("received", "processing", "supplement_requested", "payment_requested")
# In calendar days, the shortest that one of a unit can be.
_SHORTEST = {"working_hour": 0.0, "working_day": 1.0, "day": 1.0, "month": 28.0}


@dataclass(frozen=True, slots=True)
class Counted:
    """One office's numbers."""

    received: int = 0
    online: int = 0
    settled: int = 0
    settled_late: int = 0
    overdue: int = 0


def period_between(first: date, last: date, now: datetime) -> Period:
    """From the first day to the last, where the offices are."""
    return figures.period(first, last, timezone.get_current_timezone(), now)


def counted(offices: Collection[int], within: Period, now: datetime) -> dict[int, Counted]:
    """By the competent office; an office without dossiers is not named. Four statements, each along its own index."""
    received, settled = _received(offices, within), _settled(offices, within)
    overdue = _overdue(offices, now)
    return {
        office: Counted(*received.get(office, (0, 0)), *settled.get(office, (0, 0)), overdue.get(office, 0))
        for office in {*received, *settled, *overdue}
    }


def _received(offices: Collection[int], within: Period) -> dict[int, tuple[int, int]]:
    mine = Dossier.objects.filter(
        competent_office__in=offices, received_at__gte=within.start, received_at__lt=within.end
    )
    online = Count("channel", filter=Q(channel="online"))
    rows = mine.order_by().values_list("competent_office_id").annotate(amount=Count("*"), online=online)
    return {office: (number, of_those) for office, number, of_those in rows}


def _settled(offices: Collection[int], within: Period) -> dict[int, tuple[int, int]]:
    mine = Dossier.objects.filter(competent_office__in=offices, settled_at__gte=within.start, settled_at__lt=within.end)
    late = Count("settled_at", filter=Q(settled_at__gt=F("due_at")))
    rows = mine.order_by().values_list("competent_office_id").annotate(amount=Count("*"), late=late)
    return {office: (number, of_those) for office, number, of_those in rows}


def _overdue(offices: Collection[int], now: datetime) -> Counter[int]:
    """What runs and is past its moment, and what stands still since after it."""
    running = Dossier.objects.filter(competent_office__in=offices, state__in=RUNNING).order_by()
    rows = running.filter(due_at__lt=now).values_list("competent_office_id").annotate(amount=Count("*"))
    return Counter(dict(rows)) + Counter(_late_when_it_stopped(offices, now))


def _late_when_it_stopped(offices: Collection[int], now: datetime) -> Iterator[int]:
    """The offices of those whose clock stands still and had run out before. Few can have: for the others the shortest
    possible time was not over when it stopped, and their clocks are not counted.
    """
    still = Dossier.objects.filter(competent_office__in=offices, state__in=RUNNING, due_at=None)
    paused = ClockEntry.objects.filter(matter=OuterRef("pk"), kind="pause").order_by("-seq").values("at")[:1]
    rows = still.filter(received_at__isnull=False).order_by().annotate(paused_at=Subquery(paused))
    columns = rows.values_list("pk", "competent_office_id", "received_at", "limit", "paused_at")
    suspects = {
        pk: office
        for pk, office, received_at, limit, paused_at in columns
        if _may_be_over(received_at, limit, paused_at, now)
    }
    for pk, (due_at, still_since) in period_facts.clocks_at(list(suspects), now):
        if due_at is not None and due_at < (still_since or now):
            yield suspects[pk]


def _may_be_over(
    received_at: datetime | None, limit: dict[str, Any] | None, paused_at: datetime | None, now: datetime
) -> bool:
    if limit is None or received_at is None:
        return False
    days = limit["value"] * _SHORTEST.get(limit["unit"], 0.0) - 1
    return received_at + timedelta(days=max(days, 0)) <= (paused_at or now)

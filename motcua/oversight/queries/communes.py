"""What communes find hard, counted: by commune and by field. Numbers carry no words, so they count everything open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from motcua.kernel.organisation import Office
from motcua.oversight.models import Difficulty
from motcua.oversight.rules import difficulties as rules


@dataclass(frozen=True, slots=True)
class OfField:
    """One field of procedures: how much is open, how much of that is late, in how many communes. The field is empty
    for what is about no procedure.
    """

    sector: str
    open: int
    late: int
    communes: int


def open_difficulties(province: Office, sector: str | None = None) -> dict[int, int]:
    """How many wait for an answer, by commune; of one field if one is named."""
    rows = _waiting(province).values_list("commune_id")
    if sector is not None:
        rows = rows.filter(sector=sector)
    return dict(rows.annotate(amount=Count("*")).order_by())


def difficulties_by_field(province: Office, now: datetime) -> list[OfField]:
    """The same by field, the most first."""
    late = Count("due_at", filter=Q(due_at__lt=now))
    rows = _waiting(province).values_list("sector")
    counted = rows.annotate(open=Count("*"), late=late, communes=Count("commune", distinct=True))
    return [OfField(*row) for row in counted.order_by("-open", "sector")]


def _waiting(province: Office) -> QuerySet[Difficulty]:
    of_communes = Difficulty.objects.filter(commune__path__startswith=province.path)
    return of_communes.filter(state__in=rules.UNANSWERED).order_by()

"""How satisfied people were: of one dossier, and of an office's dossiers in a period. Officers are not in it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q, QuerySet
from django.utils import timezone

from motcua.dossiers.models import Dossier, Rating
from motcua.dossiers.rules import satisfaction as rules
from motcua.kernel.organisation import Office

MOST_SENTENCES = 100
# Which of these dossiers somebody sent feedback about: another room knows; the portal says how it is asked.
Complained = Callable[[Collection[UUID]], set[UUID]]
_complained: list[Complained] = []


def ask_complaints_of(complained: Complained) -> None:
    """Say who knows of feedback about dossiers. Called from the portal's apps.py."""
    _complained[:] = [complained]


def rating_of(dossier: Dossier) -> Rating | None:
    """What the person said, if anything."""
    return Rating.objects.filter(dossier=dossier).first()


def is_asked(dossier: Dossier, rating: Rating | None, now: datetime) -> bool:
    """Whether the question is open now."""
    return rules.may_answer(dossier.state, dossier.matter.closed_at, rating.at if rating else None, now)


def displeased(ids: Collection[UUID]) -> set[UUID]:
    """Of these, those whose people were displeased or sent feedback about it."""
    found = set(Rating.objects.filter(dossier__in=ids, score__lte=rules.LOW).values_list("dossier_id", flat=True))
    return found | (_complained[0](ids) if _complained else set())


@dataclass(frozen=True, slots=True)
class Part:
    """How many of some dossiers were answered, how, and how many were displeased or pleased."""

    key: str
    number: int
    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What people of an office's dossiers said in a period."""

    asked: int
    number: int
    mean: float | None
    scores: dict[int, int]
    procedures: list[Part]
    communes: list[Part]
    sentences: list[dict[str, Any]]


def satisfaction_between(office: Office, first: date, last: date) -> Satisfaction:
    """Of the answers given in these days, for the office and those below it; beside them how many dossiers ended."""
    zone = timezone.get_current_timezone()
    since = datetime.combine(first, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone)
    below = Q(dossier__competent_office__path__startswith=office.path)
    found = Rating.objects.filter(below, at__gte=since, at__lt=until)
    totals = found.aggregate(number=Count("pk"), mean=Avg("score"))
    ended = Dossier.objects.filter(
        competent_office__path__startswith=office.path,
        state__in=rules.ASKED_IN,
        matter__closed_at__gte=since,
        matter__closed_at__lt=until,
    )
    counted = dict(found.order_by("score").values_list("score").annotate(number=Count("pk")))
    return Satisfaction(
        asked=ended.count(),
        number=totals["number"],
        mean=totals["mean"],
        scores={score: counted.get(score, 0) for score in rules.SCORES},
        procedures=_parts(found, "dossier__procedure_code"),
        communes=_parts(found, "dossier__competent_office__name"),
        sentences=_sentences(found),
    )


def _parts(found: QuerySet[Rating], by: str) -> list[Part]:
    rows = found.values_list(by).annotate(
        number=Count("pk"),
        mean=Avg("score"),
        low=Count("pk", filter=Q(score__lte=rules.LOW)),
        high=Count("pk", filter=Q(score__gte=rules.HIGH)),
    )
    return [Part(*row) for row in rows.order_by("-low", by)]


def _sentences(found: QuerySet[Rating]) -> list[dict[str, Any]]:
    """What was written beside an answer, the worst first."""
    rows = found.exclude(sentence="").order_by("score", "-at")
    names = ("score", "sentence", "at", "heard_at", "dossier__matter__reference", "dossier__matter__title")
    return [
        dict(zip(("score", "sentence", "at", "heard_at", "number", "title"), row, strict=True))
        for row in rows.values_list(*names)[:MOST_SENTENCES]
    ]

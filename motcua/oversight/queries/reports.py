"""Situation reports: which a person may read, and how one stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.oversight.models import Difficulty, SituationReport
from motcua.oversight.policies import reports
from motcua.oversight.policies.reports import communes_to_report
from motcua.oversight.queries.difficulties import Listed, lines
from motcua.oversight.rules.difficulties import UNANSWERED
from motcua.oversight.words import wording

__all__ = ["REPORTS", "communes_to_report", "difficulties_of", "difficulty_words", "reports_listed"]
REPORTS = 50


def difficulties_of(commune: Office, start: datetime, end: datetime) -> list[Listed]:
    """What the commune raised between two moments, and what was raised before and waited still for an answer; the
    oldest first. Who asks has seen to the rights.
    """
    raised = Q(matter__opened_at__gte=start)
    waits = Q(answered_at=None, state__in=UNANSWERED) | Q(answered_at__gte=start)
    found = Difficulty.objects.filter(raised | waits, commune=commune, matter__opened_at__lt=end)
    return lines(found.exclude(state__in=("merged", "withdrawn")).order_by("matter_id"))


def reports_listed(person: Person, day: date, after: UUID | None = None) -> list[SituationReport]:
    """One page of what this person may read, the newest first, with one more when there is a next page."""
    found = reports.visible_reports(person, day).select_related("matter", "office").order_by("-matter_id")
    if after is not None:
        found = found.filter(matter_id__lt=after)
    return list(found[: REPORTS + 1])


def difficulty_words(state: str) -> str:
    """Where a difficulty stands, in words."""
    return str(wording.STATES[state].word)

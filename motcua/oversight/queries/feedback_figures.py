"""Feedback of a period, counted as the service index counts it (Decision 766, indicators 5.1 to 5.3)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from motcua.kernel.organisation import Office
from motcua.oversight.models import Feedback, FeedbackClock
from motcua.oversight.queries import feedback as feedback_queries
from motcua.oversight.rules import feedback as rules

MOST = 5000
ALL, OF_RULES, OF_CONDUCT = "all", "rules", "conduct"
ON_TIME, FIRST, CONTENT = "on_time", "first", "content"


@dataclass(frozen=True, slots=True)
class Counted:
    """One feedback, and whether its clocks were kept."""

    feedback: Feedback
    in_time: bool


def _is_content(each: Counted) -> bool:
    """First received, not disliked, in time: what the formula leaves after taking away the others."""
    return each.feedback.repeats_id is None and each.feedback.helped is not False and each.in_time


TESTS: Mapping[str, Callable[[Counted], bool]] = {
    ALL: lambda each: True,
    OF_RULES: lambda each: each.feedback.topic == rules.RULES,
    OF_CONDUCT: lambda each: each.feedback.topic == rules.CONDUCT,
    ON_TIME: lambda each: each.in_time,
    FIRST: lambda each: each.feedback.repeats_id is None,
    CONTENT: _is_content,
}


def feedback_between(office: Office, first: date, last: date, now: datetime) -> list[Counted]:
    """What came in these days to the office and those below it, each counted once; two statements."""
    zone = timezone.get_current_timezone()
    since, until = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    lines = FeedbackClock.objects.select_related("office").order_by("round", "seq", "id")
    found = (
        Feedback.objects.filter(
            commune__path__startswith=office.path, matter__opened_at__gte=since, matter__opened_at__lt=until
        )
        .select_related("matter", "commune", "holder")
        .prefetch_related(Prefetch("clock_lines", queryset=lines))
        .order_by("-matter_id")[:MOST]
    )
    as_of = min(now, until)
    return [Counted(each, _in_time(each, as_of)) for each in found]


def _in_time(feedback: Feedback, as_of: datetime) -> bool:
    shown = feedback_queries.clocks_from(list(feedback.clock_lines.all()), as_of)
    return not any(each.is_late(as_of) for each in shown)


def chosen(found: Collection[Counted], what: str) -> list[Counted]:
    """Those that a number counts."""
    return [each for each in found if TESTS[what](each)]


def complained_about(ids: Collection[UUID]) -> set[UUID]:
    """Of these matters, those that somebody sent feedback about."""
    return set(Feedback.objects.filter(about__in=ids).values_list("about_id", flat=True))

"""The inbox: open work by queue, the most urgent first, as fast with a hundred thousand dossiers as with ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from motcua.kernel import clock, identity, schedule
from motcua.kernel.calendar import Calendar
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem

PAGE = 50
# A queue's number is counted this far; beyond it the page says "1.000+". No count may grow with the archive.
COUNT_LIMIT = 1000
ACT_OF_QUEUE = {"to_receive": "receive", "to_return": "return"}
QUEUES = ("mine", "office", "due_soon", "overdue", "to_receive", "to_return")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list at the desk."""

    item_id: int
    number: str
    title: str
    applicant: str
    state: str
    step: str
    version_id: int
    office: str
    assignee: str
    due_at: datetime
    dossier_due_at: datetime | None
    settled_at: datetime | None
    standing: str


def queue(person: Person, name: str, now: datetime, day: date) -> QuerySet[WorkItem]:
    """The open work of this queue that is this person's to see, the most urgent first."""
    offices = _offices(person, day)
    items = WorkItem.objects.filter(closed_by=None, matter__kind="dossier").order_by("due_at", "id")
    if name == "mine":
        return items.filter(assignee=person)
    items = items.filter(office__in=offices)
    if name in ACT_OF_QUEUE:
        return items.filter(act=ACT_OF_QUEUE[name])
    # What is settled only waits to be collected: its time ended with the settling, in time or not.
    if name == "overdue":
        return items.filter(due_at__lt=now).exclude(act="return")
    if name == "due_soon":
        return items.filter(due_at__gte=now, due_at__lte=_soon(person, now, day)).exclude(act="return")
    return items


def _offices(person: Person, day: date) -> list[int]:
    return list({post.office_id for post in identity.posts_of(person, day)})


def _soon(person: Person, now: datetime, day: date) -> datetime:
    posts = identity.posts_of(person, day)
    return clock.soon_until(schedule.calendar_for(posts[0].office), now) if posts else now


def lines(items: QuerySet[WorkItem], now: datetime, after: tuple[datetime, int] | None = None) -> list[Line]:
    """One page of a queue, with one line more when there is a next page. `after` is the last line's due moment and
    id.
    """
    if after is not None:
        items = items.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]))
    rows = items.values_list(
        "id",
        "matter__reference",
        "matter__title",
        "matter__dossier__applicant__full_name",
        "matter__dossier__state",
        "step",
        "matter__dossier__version_id",
        "office__name",
        "assignee__full_name",
        "due_at",
        "matter__dossier__due_at",
        "matter__dossier__settled_at",
    )
    return [_line(row, now) for row in rows[: PAGE + 1]]


def _line(row: Sequence[Any], now: datetime) -> Line:
    item_id, number, title, applicant, state, step, version_id, office, assignee, *moments = row
    due_at, dossier_due_at, settled_at = moments
    return Line(
        item_id,
        number,
        title,
        applicant,
        state,
        step,
        version_id,
        office,
        assignee or "",
        due_at,
        dossier_due_at,
        settled_at,
        standing=_standing(now, due_at, dossier_due_at, settled_at),
    )


def _standing(now: datetime, due_at: datetime, dossier_due_at: datetime | None, settled_at: datetime | None) -> str:
    """Of open work: overdue or within. Of what is settled: early, on time, late; only the days of its two moments
    count, so any calendar serves.
    """
    if settled_at is None:
        return "overdue" if due_at < now else "within"
    return clock.standing(Calendar(), dossier_due_at, settled_at, settled_at) or ""


def queue_counts(person: Person, now: datetime, day: date) -> dict[str, int]:
    """How much work lies in each queue, counted up to COUNT_LIMIT; one statement."""
    counted = [queue(person, name, now, day).order_by().values("pk")[:COUNT_LIMIT] for name in QUEUES]
    parts = [each.query.sql_with_params() for each in counted]
    # The parts are what Django itself makes of the queues, with marks for every value.
    sql = ", ".join(f"(SELECT count(*) FROM ({part}) AS counted)" for part, _params in parts)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", [value for _part, params in parts for value in params])
        return dict(zip(QUEUES, cursor.fetchone(), strict=True))

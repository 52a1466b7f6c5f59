"""The one inbox: open work of every kind by queue, the most urgent first, as fast with a hundred thousand as with ten.

Nouns: Item (one open step with its matter), Told (what its room says of it: where it leads, whose it is, which
step), Queue (a part of the inbox). Rooms say how their kind is told and which queues of their own they have;
nothing here knows what a matter is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from motcua.kernel import clock, identity, schedule
from motcua.kernel.clock import Standing
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem

PAGE = 50
# A queue's number is counted this far; beyond it the page says "1.000+". No count may grow with the archive.
COUNT_LIMIT = 1000
MINE, OFFICE, DUE_SOON, OVERDUE = "mine", "office", "due_soon", "overdue"


@dataclass(frozen=True, slots=True)
class Item:
    """One open step, and the matter it is part of."""

    id: int
    matter_id: UUID
    kind: str
    reference: str
    title: str
    step: str
    act: str
    office: str
    assignee: str | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What its room says of an item."""

    # Where it leads.
    href: str = ""
    # Whose matter it is, in the words of its kind: an applicant, a commune.
    who: str = ""
    # The step by its name; a text, or words of two languages.
    step: Any = ""
    # Set when nothing is due any more: how it ended.
    ended: Standing | None = None
    # Whether it is paid, where it costs anything.
    money: str = ""
    # What the room offers to do about it where it is late or will be: words and address.
    when_late: tuple[str | Promise, str] | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """Open work of an office whose steps do one of these acts; shown to whoever holds one of these capabilities.

    A quiet one is shown only while something lies in it: what is rare does not stand in everybody's way.
    """

    name: str
    label: str | Promise
    acts: tuple[str, ...]
    capabilities: frozenset[str]
    quiet: bool = False


Tell = Callable[[Sequence[Item]], Mapping[int, Told]]
_tells: dict[str, Tell] = {}
_queues: dict[str, Queue] = {}
# Steps that only wait for somebody: their time ended with the act before them, in time or not.
_waiting: set[str] = set()
# Kinds that are somebody's private affair: who only administers an office does not see what lies in its inbox.
_personal: set[str] = set()
# Steps about other steps: they have a queue of their own and are not counted twice among the work of an office.
_aside: set[str] = set()


def register(
    kind: str,
    tell: Tell,
    *,
    queues: Sequence[Queue] = (),
    waiting: Sequence[str] = (),
    aside: Sequence[str] = (),
    personal: bool = False,
) -> None:
    """Say how items of this kind are told, which queues it has, which acts only wait, which are about other steps,
    and whether they are somebody's private affair. Called from a room's apps.py.
    """
    _tells[kind] = tell
    _personal.update({kind} if personal else ())
    _queues.update({queue.name: queue for queue in queues})
    _waiting.update(waiting)
    _aside.update(aside)


def queues_for(person: Person, day: date) -> list[Queue]:
    """The queues of the rooms that this person's posts have to do with."""
    capabilities = identity.capabilities_of(person, day)
    return [queue for queue in _queues.values() if not capabilities.isdisjoint(queue.capabilities)]


def is_queue(name: str) -> bool:
    """Whether there is a queue of this name."""
    return name in (MINE, OFFICE, DUE_SOON, OVERDUE) or name in _queues


def queue(person: Person, name: str, now: datetime, day: date) -> QuerySet[WorkItem]:
    """The open work of this queue that is this person's to see, the most urgent first."""
    items = WorkItem.objects.filter(closed_by=None).order_by("due_at", "id")
    if name == MINE:
        return items.filter(assignee__in={person.pk, *identity.stood_in_for(person, day)})
    items = items.filter(_in_offices_of(person, day))
    if name in _queues:
        return items.filter(act__in=_queues[name].acts)
    items = items.exclude(act__in=_aside)
    if name == OVERDUE:
        return items.filter(due_at__lt=now).exclude(act__in=_waiting)
    if name == DUE_SOON:
        return items.filter(due_at__gte=now, due_at__lte=_soon(person, now, day)).exclude(act__in=_waiting)
    return items


def _in_offices_of(person: Person, day: date) -> Q:
    """In the offices for which the person works; and what is nobody's private affair where the person administers."""
    worked, administered = identity.offices_worked_for(person, day), identity.offices_administered(person, day)
    if not administered:
        return Q(office__in=worked)
    return Q(office__in=worked) | Q(office__in=administered) & ~Q(matter__kind__in=sorted(_personal))


def _soon(person: Person, now: datetime, day: date) -> datetime:
    posts = identity.posts_of(person, day)
    return clock.soon_until(schedule.calendar_for(posts[0].office), now) if posts else now


def items(found: QuerySet[WorkItem], after: tuple[datetime, int] | None = None) -> list[Item]:
    """One page of a queue, with one item more when there is a next page. `after` is the last item's due moment and
    id.
    """
    if after is not None:
        found = found.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]))
    rows = found.values_list(
        "id",
        "matter_id",
        "matter__kind",
        "matter__reference",
        "matter__title",
        "step",
        "act",
        "office__name",
        "assignee__full_name",
        "due_at",
    )
    return [Item(*row) for row in rows[: PAGE + 1]]


def told(page: Sequence[Item]) -> dict[int, Told]:
    """What the rooms say of these items, each room asked once; an item that no room owns says only its step."""
    by_kind: dict[str, list[Item]] = defaultdict(list)
    for item in page:
        by_kind[item.kind].append(item)
    found = {item.id: Told(step=item.step) for item in page}
    for kind, of_kind in by_kind.items():
        if kind in _tells:
            found |= _tells[kind](of_kind)
    return found


def counts(person: Person, names: Sequence[str], now: datetime, day: date) -> dict[str, int]:
    """How much work lies in each of these queues, counted up to COUNT_LIMIT; one statement."""
    counted = [queue(person, name, now, day).order_by().values("pk")[:COUNT_LIMIT] for name in names]
    parts = [each.query.sql_with_params() for each in counted]
    # The parts are what Django itself makes of the queues, with marks for every value.
    sql = ", ".join(f"(SELECT count(*) FROM ({part}) AS counted)" for part, _params in parts)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", [value for _part, params in parts for value in params])
        return dict(zip(names, cursor.fetchone(), strict=True))

"""The dossiers of an office in a period, each with what it counts as and with whom it lies: what board and lists show.

Nouns: Holder (who has it now, or who settled it), Item (a dossier as it is counted), Situation (all of them). A number
on a page and the list behind it are the same Items, counted and shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from motcua.dossiers import rules
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import figures as period_facts
from motcua.dossiers.rules import figures
from motcua.dossiers.rules.figures import Fact, Figures, Period
from motcua.kernel import clock, schedule
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter, WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Named

# What is due so many working days from now is on the way to being late while something can still be done about it.
AHEAD = 3
DUE_SOON, DUE_AHEAD, LATER = "due_soon", "due_ahead", "due_later"
OPEN, AT_WORK, TO_COLLECT, SETTLED = "in_progress", "at_work", "to_collect", "settled"


@dataclass(frozen=True, slots=True)
class Holder:
    """With whom a dossier lies: a person, or an office where nobody has taken it; and for which kind of step."""

    person_id: int | None
    person: str
    office_id: int
    office: str
    act: str


@dataclass(frozen=True, slots=True)
class Item:
    """A dossier as it is counted. The bucket is empty when it only waits to be collected."""

    fact: Fact
    bucket: str
    named: Named | None
    # Who has it now; and who worked on it, once it is settled.
    holder: Holder | None
    settler: Holder | None = None

    @property
    def sector(self) -> str:
        """The slug of the procedure's sector."""
        return self.named.sector if self.named else ""

    @property
    def officer(self) -> Holder | None:
        """Whose doing it is what it counts as."""
        return self.settler if self.bucket in figures.SETTLED else self.holder


@dataclass(frozen=True)
class Situation:
    """Everything that an office and those below it had to do with in a period."""

    office: Office
    within: Period
    items: list[Item]
    # Until when something is due soon, and until when it is due within AHEAD working days.
    soon: datetime
    ahead: datetime
    counts: Figures = field(default_factory=dict)

    def over(self, within: Period) -> Situation:
        """The same for a shorter period inside this one that ends with it."""
        return _sorted(self.office, within, self.items)

    def counts_by(self, key: Callable[[Item], str]) -> dict[str, Figures]:
        """The figures apart for each value of the key."""
        counted = [(item, item.bucket) for item in self.items if item.bucket]
        groups: dict[str, list[tuple[Fact, str]]] = {}
        for item, name in counted:
            groups.setdefault(key(item), []).append((item.fact, name))
        return {value: figures.count(group, self.within) for value, group in sorted(groups.items())}

    def chosen(self, what: str, items: Iterable[Item] | None = None) -> list[Item]:
        """Those of the items, or of all, that this number counts; ValueError for a name that no number has."""
        test = _TESTS.get(what) or _of_bucket(what)
        return [item for item in (self.items if items is None else items) if test(self, item)]


Test = Callable[[Situation, Item], bool]


def _of_bucket(what: str) -> Test:
    if what not in figures.BUCKETS:
        raise ValueError(what)
    return lambda _situation, item: item.bucket == what


_TESTS: dict[str, Test] = {
    figures.FILED: lambda now, item: bool(item.bucket) and item.fact.filed_at in now.within,
    figures.RECEIVED: lambda now, item: bool(item.bucket) and item.fact.received_at in now.within,
    figures.CARRIED_OVER: lambda now, item: (
        figures.origin(item.fact, now.within) == figures.CARRIED_OVER and bool(item.bucket)
    ),
    OPEN: lambda _now, item: item.bucket in figures.IN_PROGRESS,
    AT_WORK: lambda _now, item: item.bucket in (*figures.IN_PROGRESS, figures.WAITING),
    SETTLED: lambda _now, item: item.bucket in figures.SETTLED,
    DUE_SOON: lambda now, item: item.bucket == figures.WITHIN and _due_by(item, now.soon),
    DUE_AHEAD: lambda now, item: item.bucket == figures.WITHIN and _due_by(item, now.ahead),
    LATER: lambda now, item: item.bucket == figures.WITHIN and not _due_by(item, now.ahead),
    TO_COLLECT: lambda _now, item: item.fact.state == "result_ready",
}
SHOWN = (*figures.KEYS, OPEN, AT_WORK, SETTLED, DUE_SOON, DUE_AHEAD, LATER, TO_COLLECT)


def _due_by(item: Item, moment: datetime) -> bool:
    """A clock that stands still does not come nearer."""
    return item.fact.due_at is not None and item.fact.still_since is None and item.fact.due_at <= moment


def situation(office: Office, within: Period, *, settlers: bool = True) -> Situation:
    """What the office and those below it had to do with in the period; a few statements, however many there are."""
    offices = period_facts.offices_below(office)
    facts = period_facts.facts(offices, within)
    named = procedures.named()
    holders = dict(_holders(offices))
    settled_by = dict(_settlers(offices, within)) if settlers else {}
    found = [Item(fact, "", named.get(fact.procedure), holders.get(fact.id), settled_by.get(fact.id)) for fact in facts]
    return _sorted(office, within, found)


def _sorted(office: Office, within: Period, found: Iterable[Item]) -> Situation:
    """Each item with what it counts as; what has nothing to do with the period is left out."""
    named = ((item, figures.bucket(item.fact, within) or "") for item in found)
    items = [replace(item, bucket=name) for item, name in named if name or item.fact.state == "result_ready"]
    calendar = schedule.calendar_for(office)
    soon, ahead = clock.soon_until(calendar, within.as_of), clock.soon_until(calendar, within.as_of, AHEAD)
    counts = figures.count(((item.fact, item.bucket) for item in items if item.bucket), within)
    return Situation(office, within, items, soon, ahead, counts)


def visible(person: Person, ids: Collection[Any], day: date) -> set[Any]:
    """Which of these an office of the person is a party to."""
    return set(Matter.objects.visible_to(person, day).filter(pk__in=ids).values_list("pk", flat=True))


def names_below(office: Office) -> dict[int, str]:
    """The names of the office and of everything below it."""
    return dict(Office.objects.filter(path__startswith=office.path).order_by("path").values_list("pk", "name"))


_HOLDER = ("matter_id", "assignee_id", "assignee__full_name", "office_id", "office__name", "act")
_SETTLER = ("matter_id", "closed_by__actor_id", "closed_by__actor__full_name", "office_id", "office__name", "act")


def _holders(offices: Collection[int]) -> Iterator[tuple[Any, Holder]]:
    """Who has each dossier now; of several open steps the most urgent."""
    items = WorkItem.objects.filter(closed_by=None, matter__dossier__competent_office__in=offices)
    items = items.exclude(act__in=rules.SIDE_ACTS)
    return _as_holders(items.order_by("-due_at", "-id").values_list(*_HOLDER))


def _settlers(offices: Collection[int], within: Period) -> Iterator[tuple[Any, Holder]]:
    """Who worked on what was settled in the period: the last to process it, else whoever signed."""
    items = WorkItem.objects.filter(
        closed_by__isnull=False,
        act__in=("process", "settle"),
        matter__dossier__competent_office__in=offices,
        matter__dossier__settled_at__gte=within.start,
        matter__dossier__settled_at__lt=within.end,
    )
    # What comes later in this order replaces what came before: "settle" first, then "process", by their moments.
    return _as_holders(items.order_by("-act", "closed_by").values_list(*_SETTLER))


def _as_holders(rows: QuerySet[WorkItem, Any]) -> Iterator[tuple[Any, Holder]]:
    for matter, person_id, person, office_id, office, act in rows:
        yield matter, Holder(person_id, person or "", office_id, office, act)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list behind a number."""

    id: Any
    number: str
    title: str
    applicant: str
    state: str
    office: str


def rows(items: Collection[Item]) -> dict[Any, Row]:
    """What is shown of these dossiers, by their ids."""
    found = Dossier.objects.filter(pk__in=[item.fact.id for item in items]).values_list(
        "pk", "matter__reference", "matter__title", "applicant__full_name", "state", "competent_office__name"
    )
    return {row[0]: Row(*row) for row in found}

"""The open work on one dossier, and what a person may do on it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet

from motcua.dossiers import policies, rules
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossiers import edition_of
from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem


def open_items(dossier: Dossier) -> list[WorkItem]:
    """Everything that is open on the dossier, the most urgent first: steps of the route and work beside it."""
    return list(WorkItem.objects.select_related("office", "assignee").filter(matter=dossier.matter, closed_by=None))


def open_item(dossier: Dossier, step: str = "") -> WorkItem | None:
    """The open step of the route, with its office and whoever took it; of several the named one or the most urgent."""
    return main_item(open_items(dossier), step)


def main_item(items: Iterable[WorkItem], step: str = "") -> WorkItem | None:
    """Of open work, the step that moves the dossier: never an opinion, an answer or a decision beside it."""
    return next((each for each in items if each.act not in rules.SIDE_ACTS and step in ("", each.step)), None)


def colleagues(dossier: Dossier, day: date) -> QuerySet[Person]:
    """Who may do the open step besides the one who has it, by name; nobody when no step is open."""
    item = open_item(dossier)
    if item is None or item.act not in rules.CAPABILITY_OF_ACT:
        return Person.objects.none()
    may = identity.holding(rules.CAPABILITY_OF_ACT[item.act], item.office.path, day)
    others = may.exclude(pk=item.assignee_id) if item.assignee_id else may
    return others.order_by("full_name", "pk")


def possible_acts(person: Person, dossier: Dossier, item: WorkItem | None, day: date) -> tuple[str, ...]:
    """The acts this person may do on the dossier now, in the order of the work."""
    if item is None or item.act not in rules.CAPABILITY_OF_ACT:
        return ()
    return tuple(_acts(person, dossier, item, day))


def _acts(person: Person, dossier: Dossier, item: WorkItem, day: date) -> Iterator[str]:
    may = policies.can_do(person, item, [item.act], day)
    if may and item.act == "receive":
        yield from (rules.RECEIVE, rules.REFUSE)
    if may and item.act == "process":
        yield rules.ADVANCE
    ahead = rules.steps_until(edition_of(dossier).definition.steps, item.step, "settle")
    if ahead and item.act != "receive" and policies.can_do(person, item, [step.act for step in ahead], day):
        yield rules.SETTLE
    if may and item.act == "return":
        yield rules.RETURN

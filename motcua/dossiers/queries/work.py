"""The open work on one dossier, and what a person may do on it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from motcua.dossiers import policies, rules
from motcua.dossiers.models import Dossier, OutsideRequest
from motcua.dossiers.queries.dossiers import edition_of
from motcua.dossiers.queries.supplements import answers_of
from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures.definition import Definition, Step, route


def open_items(dossier: Dossier, day: date | None = None) -> list[WorkItem]:
    """Everything that is open on the dossier, the most urgent first: steps of the route and work beside it. With a day,
    `stand_in` says who stands in for an assignee who is away then.
    """
    items = WorkItem.objects.select_related("office", "assignee").filter(matter=dossier.matter, closed_by=None)
    if day is not None:
        acting = Post.objects.held_on(day).filter(in_place_of=OuterRef("assignee")).order_by("id")
        items = items.annotate(stand_in=Subquery(acting.values("person__full_name")[:1]))
    return list(items)


def open_item(dossier: Dossier, step: str = "") -> WorkItem | None:
    """The open step of the route, with its office and whoever took it; of several the named one or the most urgent."""
    return main_item(open_items(dossier), step)


def main_item(items: Iterable[WorkItem], step: str = "") -> WorkItem | None:
    """Of open work, the step that moves the dossier, never an opinion, an answer or a decision beside it; while papers
    are awaited, the waiting for them.
    """
    main = [each for each in items if each.act not in rules.SIDE_ACTS and step in ("", each.step)]
    return next((each for each in main if each.act == rules.AWAIT_SUPPLEMENT), next(iter(main), None))


def item_for(person: Person, items: Sequence[WorkItem], day: date) -> WorkItem | None:
    """Of parallel steps, the one this person has taken, else one this person may do, else the most urgent; while papers
    are awaited nobody does any of them.
    """
    first = main_item(items)
    if first is None or first.act == rules.AWAIT_SUPPLEMENT:
        return first
    main = [each for each in items if each.act not in rules.SIDE_ACTS]
    if len(main) < 2:
        return first
    own = [each for each in main if each.assignee_id == person.pk]
    may = [each for each in main if policies.can_do(person, each, [each.act], day)]
    return [*own, *may, first][0]


def colleagues(items: Iterable[WorkItem], day: date) -> QuerySet[Person]:
    """Who may do one of these pieces of work, by name; whoever has the only one is not among them."""
    given = [item for item in items if item.act in rules.CAPABILITY_OF_ACT]
    found = Person.objects.none()
    for item in given:
        found = found | identity.holding(rules.CAPABILITY_OF_ACT[item.act], item.office.path, day)
    if len(given) == 1 and given[0].assignee_id:
        found = found.exclude(pk=given[0].assignee_id)
    return found.order_by("full_name", "pk")


def offices_that_settle(office: Office, day: date) -> QuerySet[Office]:
    """The offices of the same province that can be competent that day, communes and departments by name."""
    kinds = (organisation.PROVINCE, organisation.DEPARTMENT, organisation.COMMUNE)
    below = f"{office.codes[0]}/"
    return Office.objects.on(day).filter(kind__in=kinds, path__startswith=below).order_by("name", "code")


def offices_to_ask(office: Office, but: Office, day: date) -> list[tuple[str, list[Office]]]:
    """Whom a dossier of this commune may be shown to for an opinion, in three groups; parts of other communes are
    asked through these.
    """
    there = Office.objects.on(day).filter(path__startswith=f"{office.codes[0]}/").exclude(pk=but.pk)
    found: dict[str, list[Office]] = {"own": [], "departments": [], "communes": []}
    for each in there.order_by("name", "code"):
        if each.path.startswith(office.path):
            found["own"].append(each)
        elif each.kind == organisation.COMMUNE:
            found["communes"].append(each)
        elif each.kind in (organisation.DEPARTMENT, organisation.PROVINCE):
            found["departments"].append(each)
    return list(found.items())


def possible_acts(person: Person, dossier: Dossier, item: WorkItem | None, day: date) -> tuple[str, ...]:
    """The acts this person may do on the dossier now, in the order of the work."""
    if item is None or item.act not in rules.CAPABILITY_OF_ACT or dossier.state in rules.WAITING:
        return ()
    return tuple(_acts(person, dossier, item, day))


def _acts(person: Person, dossier: Dossier, item: WorkItem, day: date) -> Iterator[str]:
    may = policies.can_do(person, item, [item.act], day)
    if may and item.act == "receive":
        yield from (rules.RECEIVE, rules.REFUSE)
    if may and item.act == "process":
        yield rules.ADVANCE
    if may and item.act == "request":
        yield "outside-answer" if outside_request(dossier, item.step) else "ask-outside"
    ahead = way_to(dossier, edition_of(dossier).definition, item, "settle")
    if ahead and policies.can_do(person, item, [step.act for step in ahead], day):
        yield rules.SETTLE
    if may and item.act == "return":
        yield rules.RETURN


def steps_passed(dossier: Dossier, definition: Definition) -> frozenset[str]:
    """The steps of the route whose condition does not hold for what was answered."""
    if all(step.when is None for step in definition.steps):
        return frozenset()
    answers, day = answers_of(dossier), timezone.localdate(dossier.filed_at)
    return frozenset(
        step.sid for step in definition.steps if step.when is not None and not eforms.holds(step.when, answers, day)
    )


def steps_beside(dossier: Dossier, definition: Definition, item: WorkItem) -> frozenset[str]:
    """The other steps of the route that are open; none is looked for where the route never forks."""
    if all(len(step.next) < 2 for step in definition.steps):
        return frozenset()
    return frozenset(each.step for each in open_items(dossier) if each.pk != item.pk) & {
        step.sid for step in definition.steps
    }


def way_to(dossier: Dossier, definition: Definition, item: WorkItem, act: str) -> tuple[Step, ...]:
    """The steps from the open one to the first that does `act`, as far as they can be one act: none when others lie
    open beside it, when it forks, and when something else than processing stands before.
    """
    if item.act == rules.DETERMINE:
        return ()
    others, passed = steps_beside(dossier, definition, item), steps_passed(dossier, definition)
    way = route.straight_to(definition.steps, item.step, act, others, passed)
    return way if all(step.act == "process" for step in way[:-1]) else ()


def outside_request(dossier: Dossier, step: str) -> OutsideRequest | None:
    """What the agency of this step was asked and has not answered."""
    return OutsideRequest.objects.filter(dossier=dossier, step=step, answered_at=None).first()


def open_work(person: Person, act: str, day: date) -> QuerySet[WorkItem]:
    """Open steps of this kind on dossiers, in the offices for which the person works, the most urgent first."""
    offices = identity.offices_worked_for(person, day)
    of_kind = WorkItem.objects.filter(closed_by=None, matter__kind="dossier", act=act, office__in=offices)
    return of_kind.order_by("due_at", "id")

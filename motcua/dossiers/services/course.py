"""How an act moves a dossier along the route of its version: the open step is closed, the next opened.

Shared by receipt and settlement; it decides nothing by itself and tells nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.models import Dossier
from motcua.dossiers.services.refusal import NotPossible
from motcua.kernel import identity, ledger, matters, organisation, rows, schedule
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event, Happening
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures.definition import Definition, Step, route

Held = tuple[Dossier, WorkItem]


class NothingOpen(LookupError):
    """No step of this dossier is open, so nothing can be done on it."""


def day_of(at: datetime) -> date:
    """The local day of a moment."""
    return timezone.localtime(at).date()


def locked(dossier: Dossier, step: str = "", by: Person | None = None, at: datetime | None = None) -> Held:
    """The dossier as it is now, held until the transaction ends, and its open step: of parallel ones the named one,
    else the one that `by` has or may do, else the most urgent. NothingOpen when there is none.
    """
    held, items = locked_whole(dossier)
    whose = by if at is not None and not step else None
    item = queries.item_for(whose, items, day_of(at)) if whose and at else queries.main_item(items, step)
    if item is None:
        raise NothingOpen(held.number)
    is_ours(items)
    return held, item


def is_ours(items: Sequence[WorkItem]) -> None:
    """Raise NotPossible where another system says how far the dossier has come: one owner of the status."""
    if any(item.act == rules.FOLLOW for item in items):
        raise NotPossible("status_owned_there")


def one_of(dossier: Dossier, items: list[WorkItem], step: str, by: Person, at: datetime) -> WorkItem:
    """Of what is open, the named step of the route, else the one that `by` has or may do, else the most urgent;
    NothingOpen when there is none.
    """
    found = queries.main_item(items, step) if step else queries.item_for(by, items, day_of(at))
    if found is None:
        raise NothingOpen(dossier.number)
    return found


def locked_whole(dossier: Dossier) -> tuple[Dossier, list[WorkItem]]:
    """The dossier as it is now, held until the transaction ends, and everything that is open on it.

    Held first and read then: a row that is read with its relations while somebody else changes one of them would seem
    not to exist to PostgreSQL.
    """
    if connection.features.has_select_for_update:
        Dossier.objects.select_for_update().values_list("pk").get(pk=dossier.pk)
    held = Dossier.objects.select_related(*policies.RELATED).get(pk=dossier.pk)
    return held, queries.open_items(held)


def locked_beside(dossier: Dossier, step: str) -> tuple[Dossier, WorkItem]:
    """The dossier as it is now, held until the transaction ends, and the work beside the route of this name."""
    held, items = locked_whole(dossier)
    item = next((each for each in items if each.step == step), None)
    if item is None:
        raise NothingOpen(step)
    return held, item


def following(dossier: Dossier, definition: Definition, item: WorkItem, at: datetime) -> list[tuple[Step, Office]]:
    """The steps that open when this one is done, each with the office that does it; none when the way waits for steps
    that are still open beside it.
    """
    others = queries.steps_beside(dossier, definition, item)
    passed = queries.steps_passed(dossier, definition)
    steps = route.opening(definition.steps, item.step, others, passed)
    return [(step, office_of_step(dossier, step, at)) for step in steps]


def office_of_step(dossier: Dossier, step: Step, at: datetime) -> Office:
    """Who does this step: the receiving office at the counter, else the part of the competent office with that duty."""
    if step.act in ("receive", "return") and dossier.receiving_office is not None:
        return dossier.receiving_office
    if not step.division:
        return dossier.competent_office
    return organisation.division_for(dossier.competent_office, step.division, day_of(at))


def record(happening: Happening, dossier: Dossier, by: Person, post: Post, at: datetime) -> Event:
    """The event of an act, by this post and for its office."""
    return ledger.record(happening, matter=dossier.matter, at=at, by=by, post=post, office=post.office)


def pass_on(
    *,
    happening: Happening,
    dossier: Dossier,
    item: WorkItem,
    to: Sequence[tuple[Step, Office]],
    by: Person,
    post: Post,
    at: datetime,
    assignee: Person | None = None,
) -> tuple[Event, list[WorkItem]]:
    """Close the open step with this event and open the next ones, whose offices become parties."""
    event = record(happening, dossier, by, post, at)
    close_step(item, event)
    due_at = dossier.due_at or item.due_at
    opened = [
        open_step(
            dossier=dossier, step=step.sid, act=step.act, office=office, due_at=due_at, event=event, assignee=assignee
        )
        for step, office in to
    ]
    return event, opened


def open_step(
    *,
    dossier: Dossier,
    step: str,
    act: str,
    office: Office,
    due_at: datetime,
    event: Event,
    assignee: Person | None = None,
    capacity: str = matters.HELPING,
    opened_by: Event | None = None,
) -> WorkItem:
    """Open work that this event brings, or brings back: then it is still that of the event that had `opened_by`. Its
    office becomes a party in this capacity.
    """
    matters.join(dossier.matter, office, capacity, event.at)
    item = WorkItem(
        matter=dossier.matter,
        step=step,
        act=act,
        office=office,
        assignee=assignee,
        due_at=due_at,
        opened_by=opened_by or event,
    )
    rows.insert(item)
    return item


def close_step(item: WorkItem, event: Event) -> None:
    """This event did the work; nobody has to see to its being late any more."""
    item.closed_by = event
    item.save(update_fields=["closed_by"])
    _seen_to(item, event)


def _seen_to(item: WorkItem, event: Event) -> None:
    overseeing = WorkItem.objects.filter(matter=item.matter_id, act=rules.OVERSEE, closed_by=None)
    overseeing.filter(step__startswith=rules.overseeing(item.pk)).update(closed_by=event)


def bring_forward(dossier: Dossier, event: Event, until: datetime | None = None) -> None:
    """The due moment moved, or nothing can be done `until` papers come: all open steps of the route are due then, and
    nobody has to see to their being late any more.
    """
    due_at = until or dossier.due_at
    if due_at is None:
        return
    steps = WorkItem.objects.filter(matter=dossier.matter, closed_by=None).exclude(due_at=due_at)
    for item in steps.exclude(act__in=[*rules.SIDE_ACTS, rules.AWAIT_SUPPLEMENT]):
        item.due_at = due_at
        item.save(update_fields=["due_at"])
        _seen_to(item, event)


def lapse(dossier: Dossier, act: str, event: Event) -> None:
    """What can no longer be done after this event is nobody's work any more; undoing the event brings it back."""
    for item in WorkItem.objects.filter(matter=dossier.matter, act=act, closed_by=None):
        close_step(item, event)


def finish(
    *,
    happening: Happening,
    dossier: Dossier,
    by: Person | None,
    post: Post | None,
    at: datetime,
    op_id: str | None = None,
) -> Event:
    """The event with which the dossier ends: every open step is closed, nothing is left to do."""
    office = post.office if post else None
    event = ledger.record(happening, matter=dossier.matter, at=at, by=by, post=post, office=office, op_id=op_id)
    WorkItem.objects.filter(matter=dossier.matter, closed_by=None).update(closed_by=event)
    dossier.matter.closed_at = at
    dossier.matter.save(update_fields=["closed_at"])
    return event


def ask_for_number(*, dossier: Dossier, event: Event, at: datetime) -> None:
    """A signed result without a number is the records clerk's work, at latest the next working day (Decree 30/2020,
    art. 15), also of one who is posted below the office. Nobody's where there is no clerk: then whoever signs types
    the number.
    """
    office = identity.office_holding(identity.RECORDS, dossier.competent_office.path, day_of(at))
    if office is None:
        return
    calendar = schedule.calendar_for(office)
    due_at = calendar.end_of_day(calendar.next_working_day(timezone.localtime(at).date()))
    step = rules.side_step(rules.NUMBER)
    open_step(dossier=dossier, step=step, act=rules.NUMBER, office=office, due_at=due_at, event=event)

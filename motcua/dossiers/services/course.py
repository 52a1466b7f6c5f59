"""How an act moves a dossier along the route of its version: the open step is closed, the next opened.

Shared by receipt and settlement; it decides nothing by itself and tells nobody.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from motcua.dossiers import policies, rules
from motcua.dossiers.models import Dossier
from motcua.kernel import ledger, matters, organisation, rows
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event, Happening
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures.definition import Definition, Step


class NothingOpen(LookupError):
    """No step of this dossier is open, so nothing can be done on it."""


def day_of(at: datetime) -> date:
    """The local day of a moment."""
    return timezone.localtime(at).date()


def locked(dossier: Dossier) -> tuple[Dossier, WorkItem]:
    """The dossier as it is now, held until the transaction ends, and its open step. NothingOpen when it is finished."""
    held = Dossier.objects.select_for_update(of=("self",)).select_related(*policies.RELATED).get(pk=dossier.pk)
    item = WorkItem.objects.select_related("office").filter(matter=held.matter, closed_by=None).first()
    if item is None:
        raise NothingOpen(held.number)
    return held, item


def following(dossier: Dossier, definition: Definition, item: WorkItem, at: datetime) -> tuple[Step, Office]:
    """The step behind the open one and the office that does it; NothingOpen at the end of the route."""
    step = rules.step_after(definition.steps, item.step)
    if step is None:
        raise NothingOpen(item.step)
    return step, office_of_step(dossier, step, at)


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
    to: tuple[Step, Office],
    by: Person,
    post: Post,
    at: datetime,
    assignee: Person | None = None,
) -> tuple[Event, WorkItem]:
    """Close the open step with this event and open the next one, whose office becomes a party."""
    event = record(happening, dossier, by, post, at)
    item.closed_by = event
    item.save(update_fields=["closed_by"])
    step, office = to
    matters.join(dossier.matter, office, matters.HELPING, at)
    opened = WorkItem(
        matter=dossier.matter,
        step=step.sid,
        act=step.act,
        office=office,
        assignee=assignee,
        due_at=dossier.due_at or item.due_at,
        opened_by=event,
    )
    rows.insert(opened)
    return event, opened


def finish(*, happening: Happening, dossier: Dossier, item: WorkItem, by: Person, post: Post, at: datetime) -> Event:
    """Close the open step with this event; nothing is left to do."""
    event = record(happening, dossier, by, post, at)
    item.closed_by = event
    item.save(update_fields=["closed_by"])
    dossier.matter.closed_at = at
    dossier.matter.save(update_fields=["closed_at"])
    return event

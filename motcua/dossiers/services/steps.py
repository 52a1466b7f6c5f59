"""The way of a received dossier along the route of its version: work taken, given, done, handed on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import StepCompleted, WorkTaken
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import course, messages
from motcua.kernel import identity
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem


def take_work(*, dossier: Dossier, by: Person, at: datetime, assignee: Person | None = None, step: str = "") -> Dossier:
    """Take an open step upon oneself, or give it to a colleague who may do it: of the route, or work beside it by its
    name. Whoever leads the office gives what he does not do himself. Raises NothingOpen, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, items = course.locked_whole(dossier)
        item = _named(dossier, items, step, by, at)
        day = course.day_of(at)
        capabilities = [rules.CAPABILITY_OF_ACT[item.act], *([identity.LEAD] if assignee else [])]
        post = policies.post_with_any(by, capabilities, item.office, day)
        taker = assignee or by
        policies.post_for_step(taker, item, item.act, day)
        item.assignee = taker
        item.save(update_fields=["assignee"])
        course.record(WorkTaken(item.step, taker.pk), dossier, by, post, at)
    return dossier


def _named(dossier: Dossier, items: list[WorkItem], step: str, by: Person, at: datetime) -> WorkItem:
    found = next((each for each in items if each.step == step and each.act in rules.CAPABILITY_OF_ACT), None)
    if step and found is None:
        raise course.NothingOpen(step)
    item = found or course.one_of(dossier, items, "", by, at)
    if item.act not in rules.CAPABILITY_OF_ACT:
        raise course.NothingOpen(item.step)
    return item


def complete_step(
    *, dossier: Dossier, by: Person, at: datetime, assignee: Person | None = None, step: str = ""
) -> Dossier:
    """Finish the open processing step (of several, the named one) and hand the dossier on along its route, to somebody
    in particular or to the office.

    Raises workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, item = course.locked(dossier, step, by, at)
        if item.act != "process":
            raise course.NothingOpen(item.step)
        post = policies.post_for_step(by, item, item.act, course.day_of(at))
        pass_step(dossier=dossier, item=item, by=by, post=post, at=at, assignee=assignee)
    return dossier


def pass_step(
    *, dossier: Dossier, item: WorkItem, by: Person, post: Post, at: datetime, assignee: Person | None = None
) -> list[WorkItem]:
    """One step done, what follows open, inside the caller's transaction; the citizen hears of it only when the state
    changes.
    """
    before, definition = dossier.state, queries.edition_of(dossier).definition
    dossier.state = rules.MACHINE.next(before, rules.ADVANCE)
    dossier.save(update_fields=["state"])
    to = course.following(dossier, definition, item, at)
    names, offices = tuple(step.sid for step, _office in to), tuple(office.code for _step, office in to)
    event, opened = course.pass_on(
        happening=StepCompleted(item.step, names, offices),
        dossier=dossier,
        item=item,
        to=to,
        by=by,
        post=post,
        at=at,
        assignee=assignee,
    )
    if dossier.state != before:
        messages.announce(event, dossier, dossier.applicant.email, at)
    return opened

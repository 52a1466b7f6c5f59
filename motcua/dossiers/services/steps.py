"""The way of a received dossier along the route of its version: work taken, given, done, handed on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import StepCompleted, WorkTaken
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import course, messages
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem


def take_work(*, dossier: Dossier, by: Person, at: datetime, assignee: Person | None = None, step: str = "") -> Dossier:
    """Take the open step upon oneself, or give it to a colleague who may do it. Raises policies.NotAllowed."""
    with transaction.atomic():
        dossier, item = course.locked(dossier, step, by, at)
        post = policies.post_for_step(by, item, item.act, course.day_of(at))
        taker = assignee or by
        policies.post_for_step(taker, item, item.act, course.day_of(at))
        item.assignee = taker
        item.save(update_fields=["assignee"])
        course.record(WorkTaken(item.step, taker.pk), dossier, by, post, at)
    return dossier


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

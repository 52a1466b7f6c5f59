"""The way of a received dossier through the office: along the route of its version, settled, returned.

Each act checks the state machine and the person's post, closes the open work item and opens the next, and tells the
applicant. Returning a late result is never blocked.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import DossierSettled, RemarkLeft, ResultReturned, StepCompleted, WorkTaken
from motcua.dossiers.models import Dossier, Result, Returning
from motcua.dossiers.services import course, messages, timing
from motcua.kernel import ledger
from motcua.kernel.files import File
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import Remark, WorkItem
from motcua.procedures.definition import Definition


def take_work(*, dossier: Dossier, by: Person, at: datetime, assignee: Person | None = None, step: str = "") -> Dossier:
    """Take the open step upon oneself, or give it to a colleague who may do it. Raises policies.NotAllowed."""
    with transaction.atomic():
        dossier, item = course.locked(dossier, step)
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
        dossier, item = course.locked(dossier, step)
        if item.act != "process":
            raise course.NothingOpen(item.step)
        post = policies.post_for_step(by, item, item.act, course.day_of(at))
        _complete(dossier, queries.edition_of(dossier).definition, item, by, post, at, assignee)
    return dossier


def _complete(
    dossier: Dossier,
    definition: Definition,
    item: WorkItem,
    by: Person,
    post: Post,
    at: datetime,
    assignee: Person | None,
) -> list[WorkItem]:
    """One step done, what follows open; the citizen hears of it only when the state changes."""
    before = dossier.state
    dossier.state = rules.MACHINE.next(before, rules.ADVANCE)
    dossier.save(update_fields=["state"])
    to = course.following(dossier, definition, item, at)
    steps, offices = tuple(step.sid for step, _office in to), tuple(office.code for _step, office in to)
    event, opened = course.pass_on(
        happening=StepCompleted(item.step, steps, offices),
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


def settle_dossier(
    *,
    dossier: Dossier,
    by: Person,
    at: datetime,
    result_name: str,
    file: File | None = None,
    document_number: str = "",
    step: str = "",
) -> Dossier:
    """The result exists: signed by this person, as a file or on paper.

    Steps before the signature that the same person may do are done in the same act. Late or not, this is never blocked.
    Raises workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, item = course.locked(dossier, step)
        definition = queries.edition_of(dossier).definition
        rules.MACHINE.next(dossier.state, rules.SETTLE)
        way = queries.way_to(dossier, definition, item, "settle")
        if not way:
            raise course.NothingOpen(item.step)
        for each in way[:-1]:
            post = policies.post_for_step(by, item, each.act, course.day_of(at))
            (item,) = _complete(dossier, definition, item, by, post, at, None)
        return _settle(dossier, definition, item, by, at, result_name, file, document_number)


def _settle(
    dossier: Dossier,
    definition: Definition,
    item: WorkItem,
    by: Person,
    at: datetime,
    name: str,
    file: File | None,
    number: str,
) -> Dossier:
    post = policies.post_for_step(by, item, "settle", course.day_of(at))
    dossier.state, dossier.settled_at = rules.MACHINE.next(dossier.state, rules.SETTLE), at
    dossier.save(update_fields=["state", "settled_at"])
    result = Result.objects.create(
        dossier=dossier, file=file, name=name, document_number=number, signed_by=by, signed_at=at
    )
    timing.note(dossier, "stop", at)
    event, _ = course.pass_on(
        happening=DossierSettled(result.pk, file.sha256 if file else None),
        dossier=dossier,
        item=item,
        to=course.following(dossier, definition, item, at),
        by=by,
        post=post,
        at=at,
    )
    messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def return_result(*, dossier: Dossier, by: Person, at: datetime, method: str, receiver: str, note: str = "") -> Dossier:
    """The result reached the person: to whom, when, how. Raises workflow.Refused, policies.NotAllowed, ValueError."""
    if method not in rules.RETURN_METHODS or not receiver.strip():
        raise ValueError("a return says how and to whom")
    with transaction.atomic():
        dossier, item = course.locked(dossier)
        dossier.state, dossier.returned_at = rules.MACHINE.next(dossier.state, rules.RETURN), at
        post = policies.post_for_step(by, item, "return", course.day_of(at))
        dossier.save(update_fields=["state", "returned_at"])
        Returning.objects.create(dossier=dossier, method=method, receiver=receiver.strip(), note=note, by=by, at=at)
        returned = ResultReturned(method)
        event = course.finish(happening=returned, dossier=dossier, by=by, post=post, at=at)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def leave_remark(*, dossier: Dossier, by: Person, text: str, at: datetime) -> Remark:
    """Leave a sentence for the colleagues who see this dossier."""
    with transaction.atomic():
        remark = Remark.objects.create(matter=dossier.matter, author=by, at=at, text=text.strip())
        ledger.record(RemarkLeft(remark.pk), matter=dossier.matter, at=at, by=by)
    return remark

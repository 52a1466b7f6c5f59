"""A dossier moves to the procedure that it should have been, or to a newer version of its own (R4).

Number, day of receipt and what was sent stay. The limit is counted again from the same receipt, the step goes on where
its like is on the other route, and the applicant reads that the office corrected something: nobody asked for it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import EditionChanged
from motcua.dossiers.models import Dossier, EditionChange
from motcua.dossiers.services import competence, course, messages, receipt
from motcua.dossiers.services.refusal import NotPossible
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Definition, Step, route
from motcua.procedures.queries import Edition


def change_edition(
    *,
    dossier: Dossier,
    procedure: str,
    by: Person,
    at: datetime,
    reason_code: str,
    reason: str,
    limit: receipt.GivenLimit | None = None,
) -> Dossier:
    """Put the dossier under the edition of this procedure that the competent office offers now.

    Raises workflow.Refused, NotPossible, policies.NotAllowed, LimitNeeded where that edition leaves the limit open and
    the time runs already, ValueError for an unknown reason or one without words.
    """
    if reason_code not in rules.CHANGE_REASONS or not reason.strip():
        raise ValueError("a change of the procedure says its reason in words")
    with transaction.atomic():
        dossier, items = course.locked_whole(dossier)
        course.is_ours(items)
        competence.refuse_unless_movable(dossier, rules.CHANGE_EDITION)
        if dossier.competence_open:
            raise NotPossible("competence_open")
        main = [item for item in items if item.act not in rules.SIDE_ACTS]
        if not main:
            raise course.NothingOpen(dossier.number)
        capabilities = policies.CORRECT_BEFORE if dossier.received_at is None else policies.CORRECT_AFTER
        post = policies.post_with_any(by, capabilities, main[0].office, course.day_of(at))
        edition = _edition(dossier, procedure, at)
        steps = _steps_like(dossier, edition.definition, main)
        change = _write(dossier, edition, by, at, reason_code, reason.strip())
        due_at = _count_again(dossier, edition.definition, limit)
        happening = EditionChanged(
            change_id=change.pk,
            reason_code=reason_code,
            from_procedure=change.from_version.procedure_id,
            to_procedure=edition.code,
            from_version_id=change.from_version_id,
            to_version_id=edition.version_id,
            overlay_ids=edition.overlay_ids,
            due_at=due_at,
        )
        event = course.record(happening, dossier, by, post, at)
        _go_on_at(dossier, main, steps, event)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def _edition(dossier: Dossier, procedure: str, at: datetime) -> Edition:
    try:
        found = procedures.edition_for(dossier.competent_office, procedure, course.day_of(at))
    except procedures.NotInForce:
        raise NotPossible("not_in_force") from None
    if (found.version_id, list(found.overlay_ids)) == (dossier.version_id, list(dossier.overlay_ids)):
        raise NotPossible("same_edition")
    return found


def _steps_like(dossier: Dossier, definition: Definition, items: list[WorkItem]) -> list[Step]:
    """Where it goes on: at steps of the same names where the other route has them all, else at the first that does what
    the earliest open one does, or the next thing after that; beside it what the earlier route did not know.
    """
    known, acts = queries.edition_of(dossier).definition.steps, {step.sid: step.act for step in definition.steps}
    same = all(acts.get(item.step) == item.act for item in items)
    found = [definition.step(item.step) for item in items] if same else [_step_like(definition, items)]
    passed = queries.steps_passed(dossier, definition)
    beside = route.opening(definition.steps, definition.steps[0].sid, passed=passed)
    if all(step in beside for step in found):
        unknown = {step.sid for step in beside} - {step.sid for step in known if same}
        found += [step for step in beside if step.sid in unknown and step not in found]
    return found


def _step_like(definition: Definition, items: list[WorkItem]) -> Step:
    """The first step of the other route that does what the earliest open step does, or the next thing after that."""
    order = {act: place for place, act in enumerate(rules.ACTS_IN_ORDER)}
    reached = min(order.get(item.act, 0) for item in items)
    ahead = [step for step in definition.steps if order.get(step.act, 0) >= reached]
    if not ahead:
        raise NotPossible("no_such_step")
    return min(ahead, key=lambda step: order.get(step.act, 0))


def _write(
    dossier: Dossier, edition: Edition, by: Person, at: datetime, reason_code: str, reason: str
) -> EditionChange:
    change = EditionChange.objects.create(
        dossier=dossier,
        from_version=dossier.version,
        to_version_id=edition.version_id,
        from_overlay_ids=list(dossier.overlay_ids),
        to_overlay_ids=list(edition.overlay_ids),
        reason_code=reason_code,
        reason=reason,
        by=by,
        at=at,
    )
    dossier.version_id, dossier.overlay_ids = edition.version_id, list(edition.overlay_ids)
    dossier.procedure_code = edition.code
    dossier.save(update_fields=["version", "overlay_ids", "procedure_code"])
    name = edition.definition.short_name or edition.definition.name
    dossier.matter.title = name.vi[:300]
    dossier.matter.save(update_fields=["title"])
    return change


def _count_again(dossier: Dossier, definition: Definition, given: receipt.GivenLimit | None) -> datetime | None:
    """The limit of the other edition from the same receipt; before receipt there is none yet."""
    if dossier.received_at is None:
        return None
    limit, source = receipt.limit_of(definition, dossier.channel, given)
    dossier.limit = receipt.limit_as_data(limit, source)
    due = queries.due_of(dossier)
    dossier.due_at, dossier.due_estimated = due.at, due.estimated
    dossier.save(update_fields=["limit", "due_at", "due_estimated"])
    return due.at


def _go_on_at(dossier: Dossier, items: list[WorkItem], steps: list[Step], event: Event) -> None:
    """The open steps are closed, their like on the other route are open; who had one keeps it where the office is the
    same.
    """
    for item in items:
        course.close_step(item, event)
    due_at = dossier.due_at or items[0].due_at
    for step in steps:
        office = course.office_of_step(dossier, step, event.at)
        had = [item for item in items if item.act == step.act and item.office_id == office.pk]
        first = next((item for item in had if item.step == step.sid), next(iter(had), None))
        course.open_step(
            dossier=dossier,
            step=step.sid,
            act=step.act,
            office=office,
            due_at=due_at,
            event=event,
            assignee=first.assignee if first else None,
        )

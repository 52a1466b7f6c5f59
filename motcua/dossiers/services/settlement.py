"""The way of a dossier through the office: received or refused, along the route of its version, settled, returned.

Each act checks the state machine and the person's post, closes the open work item and opens the next, and tells the
applicant.
Returning a late result is never blocked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import (
    DossierReceived,
    DossierRefused,
    DossierSettled,
    RemarkLeft,
    ResultReturned,
    StepCompleted,
    WorkTaken,
)
from motcua.dossiers.models import Dossier, Handing, Refusal, Result
from motcua.dossiers.services import messages
from motcua.kernel import clock, ledger, matters, organisation, schedule
from motcua.kernel.files import File
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event, Happening
from motcua.kernel.matters import ClockEntry, Remark, WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures.definition import Definition, Step
from motcua.procedures.queries import Edition


class LimitNeeded(ValueError):
    """The law's text leaves the time limit open: receiving must name value, unit and legal source."""


class NothingOpen(LookupError):
    """No step of this dossier is open, so nothing can be done on it."""


@dataclass(frozen=True, slots=True)
class GivenLimit:
    """A time limit named at receipt, with the text it rests on."""

    value: int
    unit: str
    legal_source: str


def receive_dossier(*, dossier: Dossier, by: Person, at: datetime, limit: GivenLimit | None = None) -> Dossier:
    """Take a filed dossier as valid: the legal time begins, the next step of the route opens.

    Raises workflow.Refused, policies.NotAllowed, LimitNeeded. `limit` counts only where the edition leaves it open.
    """
    with transaction.atomic():
        dossier, item = _locked(dossier)
        post = policies.post_for_step(by, item, "receive", _day(at))
        return _receive(dossier, queries.edition_of(dossier), item, by, post, at, limit)


def receive_at_counter(
    dossier: Dossier, edition: Edition, item: WorkItem, by: Person, post: Post, at: datetime, limit: GivenLimit | None
) -> Dossier:
    """The second half of taking in at the counter, inside its transaction."""
    return _receive(dossier, edition, item, by, post, at, limit)


def _receive(
    dossier: Dossier, edition: Edition, item: WorkItem, by: Person, post: Post, at: datetime, given: GivenLimit | None
) -> Dossier:
    state = rules.MACHINE.next(dossier.state, rules.RECEIVE)
    limit, source = _limit(edition.definition, dossier.channel, given)
    calendar = schedule.calendar_for(dossier.competent_office)
    due = clock.due(calendar, limit, [clock.Entry("start", at)])
    dossier.state, dossier.received_at = state, at
    dossier.due_at, dossier.due_estimated = due.at, due.estimated
    dossier.limit = _limit_as_data(limit, source)
    dossier.save(update_fields=["state", "received_at", "due_at", "due_estimated", "limit"])
    ClockEntry.objects.create(matter=dossier.matter, seq=1, kind="start", at=at, calendar_version=calendar.version)
    received = DossierReceived(limit.value, limit.unit, due.at, calendar.version, source or None)
    event = _record(received, dossier, by, post, at)
    _go_on(dossier, edition.definition, item, event, at)
    messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def _limit(definition: Definition, channel: str, given: GivenLimit | None) -> tuple[clock.Limit, str]:
    """The limit that counts and its source: the edition's own, or the one named at receipt where that is open."""
    own = next((each.limit for each in definition.channels if each.kind == channel), None)
    own = own or next((each.limit for each in definition.channels if each.limit), None)
    if own is not None and own.value is not None and own.unit is not None:
        cutoff = {"cutoff": own.cutoff} if own.cutoff else {}
        return clock.Limit(own.value, own.unit, **cutoff), ""
    if given is None or not given.legal_source.strip():
        raise LimitNeeded(definition.code)
    return clock.Limit(given.value, given.unit), given.legal_source.strip()


def _limit_as_data(limit: clock.Limit, source: str) -> dict[str, Any]:
    cutoff = limit.cutoff.isoformat() if limit.cutoff else None
    return {**asdict(limit), "cutoff": cutoff, "legal_source": source}


def refuse_dossier(
    *, dossier: Dossier, by: Person, at: datetime, reason_code: str, reason: str, advice: str = ""
) -> Dossier:
    """Do not accept a filed dossier; the person is told why and what is possible instead (Form 03).

    Raises workflow.Refused, policies.NotAllowed, ValueError for an unknown reason or one without words.
    """
    if reason_code not in rules.REFUSAL_REASONS or not reason.strip():
        raise ValueError("a refusal says its reason in words")
    with transaction.atomic():
        dossier, item = _locked(dossier)
        post = policies.post_for_step(by, item, "receive", _day(at))
        dossier.state = rules.MACHINE.next(dossier.state, rules.REFUSE)
        dossier.save(update_fields=["state"])
        Refusal.objects.create(
            dossier=dossier, reason_code=reason_code, reason=reason.strip(), advice=advice.strip(), by=by, at=at
        )
        event = _record(DossierRefused(reason_code), dossier, by, post, at)
        _close(dossier, item, event, at)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def take_work(*, dossier: Dossier, by: Person, at: datetime, assignee: Person | None = None) -> Dossier:
    """Take the open step upon oneself, or give it to a colleague who may do it. Raises policies.NotAllowed."""
    with transaction.atomic():
        dossier, item = _locked(dossier)
        act = queries.edition_of(dossier).definition.step(item.step).act
        post = policies.post_for_step(by, item, act, _day(at))
        taker = assignee or by
        policies.post_for_step(taker, item, act, _day(at))
        item.assignee = taker
        item.save(update_fields=["assignee"])
        _record(WorkTaken(item.step, taker.pk), dossier, by, post, at)
    return dossier


def complete_step(*, dossier: Dossier, by: Person, at: datetime, assignee: Person | None = None) -> Dossier:
    """Finish the open processing step and hand the dossier on along its route, to somebody in particular or to the
    office.

    Raises workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, item = _locked(dossier)
        definition = queries.edition_of(dossier).definition
        step = definition.step(item.step)
        if step.act != "process":
            raise NothingOpen(step.sid)
        post = policies.post_for_step(by, item, step.act, _day(at))
        _complete(dossier, definition, item, by, post, at, assignee)
    return dossier


def _complete(
    dossier: Dossier, definition: Definition, item: WorkItem, by: Person, post: Post, at: datetime, to: Person | None
) -> WorkItem:
    """One step done, the next one open; the citizen hears of it only when the state changes."""
    before = dossier.state
    dossier.state = rules.MACHINE.next(before, rules.ADVANCE)
    dossier.save(update_fields=["state"])
    following = rules.step_after(definition.steps, item.step)
    if following is None:
        raise NothingOpen(item.step)
    office = office_of_step(dossier, following, at)
    event = _record(StepCompleted(item.step, following.sid, office.code), dossier, by, post, at)
    opened = _next_item(dossier, item, event, following, office, at, to)
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
) -> Dossier:
    """The result exists: signed by this person, as a file or on paper.

    Steps before the signature that the same person may do are done in the same act. Late or not, this is never blocked.
    Raises workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, item = _locked(dossier)
        definition = queries.edition_of(dossier).definition
        for step in rules.steps_until(definition.steps, item.step, "settle")[:-1]:
            post = policies.post_for_step(by, item, step.act, _day(at))
            if step.act != "process":
                rules.MACHINE.next(dossier.state, rules.SETTLE)
            item = _complete(dossier, definition, item, by, post, at, None)
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
    post = policies.post_for_step(by, item, "settle", _day(at))
    dossier.state, dossier.settled_at = rules.MACHINE.next(dossier.state, rules.SETTLE), at
    dossier.save(update_fields=["state", "settled_at"])
    result = Result.objects.create(
        dossier=dossier, file=file, name=name, document_number=number, signed_by=by, signed_at=at
    )
    event = _record(DossierSettled(result.pk, file.sha256 if file else None), dossier, by, post, at)
    _stop_clock(dossier, at)
    _go_on(dossier, definition, item, event, at)
    messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def return_result(*, dossier: Dossier, by: Person, at: datetime, method: str, receiver: str, note: str = "") -> Dossier:
    """The result reached the person: to whom, when, how. Raises workflow.Refused, policies.NotAllowed, ValueError."""
    if method not in rules.RETURN_METHODS or not receiver.strip():
        raise ValueError("a return says how and to whom")
    with transaction.atomic():
        dossier, item = _locked(dossier)
        post = policies.post_for_step(by, item, "return", _day(at))
        dossier.state, dossier.returned_at = rules.MACHINE.next(dossier.state, rules.RETURN), at
        dossier.save(update_fields=["state", "returned_at"])
        Handing.objects.create(dossier=dossier, method=method, receiver=receiver.strip(), note=note, by=by, at=at)
        event = _record(ResultReturned(method), dossier, by, post, at)
        _close(dossier, item, event, at)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def leave_remark(*, dossier: Dossier, by: Person, text: str, at: datetime) -> Remark:
    """Leave a sentence for the colleagues who see this dossier."""
    with transaction.atomic():
        remark = Remark.objects.create(matter=dossier.matter, author=by, at=at, text=text.strip())
        ledger.record(RemarkLeft(remark.pk), matter=dossier.matter, at=at, by=by)
    return remark


def office_of_step(dossier: Dossier, step: Step, at: datetime) -> Office:
    """Who does this step: the receiving office at the counter, else the part of the competent office with that duty."""
    if step.act in ("receive", "return") and dossier.receiving_office is not None:
        return dossier.receiving_office
    if not step.division:
        return dossier.competent_office
    return organisation.division_for(dossier.competent_office, step.division, _day(at))


def _locked(dossier: Dossier) -> tuple[Dossier, WorkItem]:
    """The dossier as it is now, held until the transaction ends, and its open step. NothingOpen when it is finished."""
    held = Dossier.objects.select_for_update(of=("self",)).select_related(*policies.RELATED).get(pk=dossier.pk)
    item = WorkItem.objects.select_related("office").filter(matter=held.matter, closed_by=None).first()
    if item is None:
        raise NothingOpen(held.number)
    return held, item


def _record(happening: Happening, dossier: Dossier, by: Person, post: Post, at: datetime) -> Event:
    return ledger.record(happening, matter=dossier.matter, at=at, by=by, post=post, office=post.office)


def _go_on(dossier: Dossier, definition: Definition, item: WorkItem, event: Event, at: datetime) -> None:
    """Close this step and open the one behind it."""
    following = rules.step_after(definition.steps, item.step)
    if following is None:
        raise NothingOpen(item.step)
    _next_item(dossier, item, event, following, office_of_step(dossier, following, at), at, None)


def _next_item(
    dossier: Dossier, done: WorkItem, event: Event, step: Step, office: Office, at: datetime, to: Person | None
) -> WorkItem:
    done.closed_by = event
    done.save(update_fields=["closed_by"])
    matters.join(dossier.matter, office, matters.HELPING, at)
    due_at = dossier.due_at or done.due_at
    item = WorkItem(matter=dossier.matter, step=step.sid, office=office, assignee=to, due_at=due_at, opened_by=event)
    item.save(force_insert=True)
    return item


def _close(dossier: Dossier, item: WorkItem, event: Event, at: datetime) -> None:
    """Nothing is left to do."""
    item.closed_by = event
    item.save(update_fields=["closed_by"])
    dossier.matter.closed_at = at
    dossier.matter.save(update_fields=["closed_at"])


def _stop_clock(dossier: Dossier, at: datetime) -> None:
    entries: Sequence[ClockEntry] = list(dossier.matter.clock_entries.order_by("seq"))
    version = schedule.calendar_for(dossier.competent_office).version
    ClockEntry.objects.create(matter=dossier.matter, seq=len(entries) + 1, kind="stop", at=at, calendar_version=version)


def _day(at: datetime) -> Any:
    return timezone.localtime(at).date()

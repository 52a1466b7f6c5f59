"""Answers or papers are missing or wrong: the applicant is asked for named ones, each with reason and remedy (Form 02).

The first request is sent at once. A further one waits for an approver and counts as late in the service index
(Decision 766, 2.1). While a sent one is open the clock stands and the interrupted step waits with whoever had it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import (
    SupplementCancelled,
    SupplementDecided,
    SupplementProposed,
    SupplementRequested,
)
from motcua.dossiers.models import Dossier, SupplementItem, SupplementRequest
from motcua.dossiers.services import course, messages, timing
from motcua.dossiers.services.supplements import waiting
from motcua.kernel import identity
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures.definition import Definition


@dataclass(frozen=True, slots=True)
class Need:
    """One field or paper of the version: why it does not do, and how to mend it."""

    kind: str
    sid: str
    reason_code: str
    remedy: str
    note: str = ""


class SupplementUnfit(ValueError):
    """A request that cannot be made like this; `faults` are (place, what), a place being "field:sid" or a parameter."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__("; ".join(f"{place}: {what}" for place, what in faults))
        self.faults = faults


class AlreadyAsked(ValueError):
    """A further request is proposed and not decided yet."""


def request_supplement(
    *,
    dossier: Dossier,
    by: Person,
    at: datetime,
    items: Sequence[Need],
    contact: str,
    answer_by: datetime,
    repeat_reason: str = "",
    step: str = "",
) -> SupplementRequest:
    """Ask the applicant to mend these fields and papers: at once the first time; after that it is proposed with
    `repeat_reason` to an approver, unless the person is one.

    Raises SupplementUnfit, AlreadyAsked, NothingOpen, ledger.BeforeLastEvent, workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, item = course.locked(dossier, step, by, at)
        rules.MACHINE.next(dossier.state, rules.ASK_SUPPLEMENT)
        post = policies.post_for_step(by, item, item.act, course.day_of(at))
        n = _next_n(dossier)
        _check(dossier, items, at, contact=contact, answer_by=answer_by, repeat_reason=repeat_reason, n=n)
        said = {"contact": contact.strip(), "answer_by": answer_by, "repeat_reason": repeat_reason.strip()}
        request = _written(dossier, item, n, items, by, at, said)
        if n == 1 or _may_decide(by, dossier, at):
            _decide(request, by, at, accepted=True)
            _send(request, dossier, item, by, post, at)
        else:
            _propose(request, dossier, by, post, at)
    return request


def _next_n(dossier: Dossier) -> int:
    earlier = queries.supplement_requests_of(dossier)
    if any(each.accepted is None and each.cancelled_at is None for each in earlier):
        raise AlreadyAsked(dossier.number)
    return max((each.n for each in earlier), default=0) + 1


def _check(
    dossier: Dossier,
    items: Sequence[Need],
    at: datetime,
    *,
    contact: str,
    answer_by: datetime,
    repeat_reason: str,
    n: int,
) -> None:
    definition = queries.edition_of(dossier).definition
    asked = eforms.shown(definition, queries.answers_of(dossier), course.day_of(at))
    askable = {f"field:{each.sid}" for each in asked.fields}
    askable |= {f"component:{each.sid}" for each in definition.components if each.handed_in}
    faults = [fault for each in items for fault in _faults(each, askable, definition)]
    places = [f"{each.kind}:{each.sid}" for each in items]
    faults += [(place, "twice") for place in sorted({each for each in places if places.count(each) > 1})]
    faults += [("items", "none")] if not items else []
    faults += [("contact", "blank")] if not contact.strip() else []
    faults += [("answer_by", "past")] if answer_by <= at else []
    faults += [("repeat_reason", "blank")] if n > 1 and not repeat_reason.strip() else []
    if faults:
        raise SupplementUnfit(tuple(faults))


def _faults(need: Need, askable: set[str], definition: Definition) -> Iterator[tuple[str, str]]:
    place = f"{need.kind}:{need.sid}"
    if place not in askable:
        yield place, "unknown"
    own = {each.code for each in definition.supplement_reasons}
    if need.reason_code not in own and need.reason_code not in rules.SUPPLEMENT_REASONS:
        yield place, "reason"
    if not need.remedy.strip():
        yield place, "remedy"


def _written(
    dossier: Dossier, item: WorkItem, n: int, items: Sequence[Need], by: Person, at: datetime, said: dict[str, object]
) -> SupplementRequest:
    request = SupplementRequest.objects.create(
        dossier=dossier,
        n=n,
        proposed_by=by,
        proposed_at=at,
        step=item.step,
        office=item.office,
        assignee=item.assignee,
        **said,
    )
    SupplementItem.objects.bulk_create(
        SupplementItem(
            request=request,
            kind=each.kind,
            sid=each.sid,
            reason_code=each.reason_code,
            note=each.note.strip(),
            remedy=each.remedy.strip(),
        )
        for each in items
    )
    return request


def _may_decide(by: Person, dossier: Dossier, at: datetime) -> bool:
    office = _deciding(dossier, at)
    return identity.post_for(by, course.day_of(at), identity.APPROVE, office.path) is not None


def _deciding(dossier: Dossier, at: datetime) -> Office:
    """Whose leaders decide: the office that signs on this route."""
    steps = queries.edition_of(dossier).definition.steps
    signing = next((step for step in steps if step.act == "settle"), None)
    return course.office_of_step(dossier, signing, at) if signing else dossier.competent_office


def _decide(request: SupplementRequest, by: Person, at: datetime, *, accepted: bool, note: str = "") -> None:
    request.decided_by, request.decided_at, request.accepted = by, at, accepted
    request.decision_note = note.strip()
    request.save(update_fields=["decided_by", "decided_at", "accepted", "decision_note"])


def _propose(request: SupplementRequest, dossier: Dossier, by: Person, post: Post, at: datetime) -> None:
    """The approver finds it as work of his own; the step that was open goes on."""
    event = course.record(SupplementProposed(request.n), dossier, by, post, at)
    office = _deciding(dossier, at)
    course.open_step(
        dossier=dossier,
        step=decision_step(request.n),
        act=rules.DECIDE,
        office=office,
        due_at=timing.soon_after(office, at),
        event=event,
    )


def decision_step(n: int) -> str:
    """The name of the work of deciding on the n-th request."""
    return rules.side_step(rules.DECIDE, f"supplement-{n}")


def _send(request: SupplementRequest, dossier: Dossier, item: WorkItem, by: Person, post: Post, at: datetime) -> None:
    """The clock stands from now on, and the applicant is told."""
    dossier.state = rules.MACHINE.next(dossier.state, rules.ASK_SUPPLEMENT)
    dossier.save(update_fields=["state"])
    request.step, request.office, request.assignee, request.sent_at = item.step, item.office, item.assignee, at
    request.save(update_fields=["step", "office", "assignee", "sent_at", "answer_by"])
    named = tuple(f"{each.kind}:{each.sid}:{each.reason_code}" for each in request.items.all())
    event = course.record(SupplementRequested(request.n, named, request.answer_by), dossier, by, post, at)
    if dossier.received_at is not None:
        timing.note(dossier, "pause", at, reason="supplement", evidence=f"02/{request.n}")
    course.close_step(item, event)
    course.bring_forward(dossier, event, until=request.answer_by)
    course.open_step(
        dossier=dossier,
        step=rules.AWAIT_SUPPLEMENT,
        act=rules.AWAIT_SUPPLEMENT,
        office=item.office,
        due_at=request.answer_by,
        event=event,
        assignee=item.assignee,
    )
    messages.announce(event, dossier, dossier.applicant.email, at)


def decide_supplement(
    *,
    dossier: Dossier,
    n: int,
    by: Person,
    at: datetime,
    accept: bool,
    note: str = "",
    answer_by: datetime | None = None,
) -> SupplementRequest:
    """Agree to a further request, which is then sent, or do not, with a note for whoever proposed it.

    Whoever proposed it may take it back. Raises SupplementUnfit, NothingOpen, workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, decision = course.locked_beside(dossier, decision_step(n))
        request = queries.undecided_supplement(dossier, n)
        if request is None:
            raise course.NothingOpen(decision.step)
        post = _deciding_post(request, decision, by, at, accept=accept)
        request.answer_by = answer_by or request.answer_by
        _check_decision(request, at, accept=accept, note=note)
        _decide(request, by, at, accepted=accept, note=note)
        event = course.record(SupplementDecided(n, accept), dossier, by, post, at)
        course.close_step(decision, event)
        if accept:
            items = queries.open_items(dossier)
            item = queries.main_item(items, request.step) or queries.main_item(items)
            if item is None:
                raise course.NothingOpen(dossier.number)
            _send(request, dossier, item, by, post, at)
    return request


def _deciding_post(request: SupplementRequest, decision: WorkItem, by: Person, at: datetime, *, accept: bool) -> Post:
    if not accept and by.pk == request.proposed_by_id:
        own = identity.posts_of(by, course.day_of(at))
        if own:
            return own[0]
    return policies.post_for_step(by, decision, rules.DECIDE, course.day_of(at))


def _check_decision(request: SupplementRequest, at: datetime, *, accept: bool, note: str) -> None:
    if accept and request.answer_by <= at:
        raise SupplementUnfit((("answer_by", "past"),))
    if not accept and not note.strip():
        raise SupplementUnfit((("note", "blank"),))


def cancel_supplement(*, dossier: Dossier, by: Person, at: datetime) -> SupplementRequest:
    """The office no longer needs what it asked for: the clock runs again and the interrupted step goes on.

    Raises NothingOpen, workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, item, request = waiting.awaited(dossier)
        post = policies.post_for_step(by, item, waiting.act_of(request), course.day_of(at))
        due_at = waiting.clock_runs_again(dossier, at)
        request.cancelled_at = at
        request.save(update_fields=["cancelled_at"])
        event = course.record(SupplementCancelled(request.n, due_at), dossier, by, post, at)
        waiting.take_up_again(request, dossier, item, event)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return request

"""A filed dossier is looked at: received, so that its legal time begins, or not accepted, with the reason in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import DossierReceived, DossierRefused
from motcua.dossiers.models import Dossier, Ending
from motcua.dossiers.services import course, messages, money
from motcua.dossiers.services.refusal import NotPossible
from motcua.kernel import clock, schedule, workflow
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import ClockEntry, WorkItem
from motcua.procedures.definition import Definition
from motcua.procedures.queries import Edition


class LimitNeeded(ValueError):
    """The law's text leaves the time limit open: receiving must name value, unit and legal source."""


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
        dossier, item = course.locked(dossier)
        if dossier.competence_open:
            raise NotPossible("competence_open")
        dossier.state = rules.MACHINE.next(dossier.state, rules.RECEIVE)
        post = policies.post_for_step(by, item, "receive", course.day_of(at))
        return _receive(dossier, queries.edition_of(dossier), item, by, post, at, limit)


def receive_at_counter(
    *,
    dossier: Dossier,
    edition: Edition,
    item: WorkItem,
    by: Person,
    post: Post,
    at: datetime,
    limit: GivenLimit | None,
) -> Dossier:
    """The second half of taking in at the counter, inside its transaction."""
    dossier.state = rules.MACHINE.next(dossier.state, rules.RECEIVE)
    return _receive(dossier, edition, item, by, post, at, limit)


def _receive(
    dossier: Dossier, edition: Edition, item: WorkItem, by: Person, post: Post, at: datetime, given: GivenLimit | None
) -> Dossier:
    limit, source = limit_of(edition.definition, dossier.channel, given)
    calendar = schedule.calendar_for(dossier.competent_office)
    due = clock.due(calendar, limit, [clock.Entry("start", at)])
    dossier.received_at, dossier.limit = at, limit_as_data(limit, source)
    dossier.due_at, dossier.due_estimated, dossier.calendar_version = due.at, due.estimated, calendar.version
    dossier.save(update_fields=["state", "received_at", "due_at", "due_estimated", "limit", "calendar_version"])
    ClockEntry.objects.create(matter=dossier.matter, seq=1, kind="start", at=at, calendar_version=calendar.version)
    event, _ = course.pass_on(
        happening=DossierReceived(limit.value, limit.unit, due.at, calendar.version, source or None),
        dossier=dossier,
        item=item,
        to=course.following(dossier, edition.definition, item, at),
        by=by,
        post=post,
        at=at,
    )
    messages.announce(event, dossier, dossier.applicant.email, at)
    money.charge_what_is_certain(dossier, edition.definition, by, post, at)
    return dossier


def limit_of(definition: Definition, channel: str, given: GivenLimit | None) -> tuple[clock.Limit, str]:
    """The limit that counts and its source: the edition's own, or the one named where that is open; or LimitNeeded."""
    own = definition.limit_for(channel)
    if own is not None and own.value is not None:
        return clock.Limit(own.value, cast("clock.Unit", own.unit), own.cutoff or clock.SAME_DAY_CUTOFF), ""
    if given is None or not given.legal_source.strip():
        raise LimitNeeded(definition.code)
    return clock.Limit(given.value, cast("clock.Unit", given.unit)), given.legal_source.strip()


def limit_as_data(limit: clock.Limit, source: str) -> dict[str, Any]:
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
        dossier, item = course.locked(dossier)
        if dossier.received_at is not None:
            allowed = tuple(act for act in rules.MACHINE.allowed(dossier.state) if act != rules.REFUSE)
            raise workflow.Refused(rules.REFUSE, dossier.state, "not_from_here", allowed)
        dossier.state = rules.MACHINE.next(dossier.state, rules.REFUSE)
        post = policies.post_for_step(by, item, "receive", course.day_of(at))
        dossier.save(update_fields=["state"])
        said = {"reason_code": reason_code, "reason": reason.strip(), "advice": advice.strip()}
        Ending.objects.create(dossier=dossier, kind="refused", by=by, at=at, **said)
        event = course.finish(happening=DossierRefused(reason_code), dossier=dossier, by=by, post=post, at=at)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier

"""A visit is planned, changed, cancelled or held; what is seen and found there is written down; from what was found a
conclusion is drafted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from motcua.kernel import ledger, matters, numbering, rows
from motcua.kernel.files import File
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event, Happening
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.events.visits import (
    FindingNoted,
    VisitCancelled,
    VisitChanged,
    VisitChecked,
    VisitConcluded,
    VisitHeld,
    VisitPlanned,
)
from motcua.oversight.models import AgendaItem, Check, Conclusion, Finding, Host, Member, Photo, Visit
from motcua.oversight.rules import visits as rules
from motcua.oversight.services import conclusions, course
from motcua.oversight.services.conclusions import Written
from motcua.oversight.services.directing import Incomplete

KIND, SERIES, PATTERN = "visit", "DCT", "{agency}-{yyyy}-{n}"


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody who goes along."""

    name: str
    position: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who goes where, when and why. `taking_part`: departments whose people look and write along."""

    title: str
    begins_at: datetime
    ends_at: datetime
    hosts: Sequence[Office]
    delegates: Sequence[Delegate] = ()
    agenda: Sequence[str] = ()
    taking_part: Sequence[Office] = ()
    purpose: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one thing, with new photos."""

    mark: str = ""
    words: str = ""
    photos: Sequence[File] = ()

    @property
    def is_something(self) -> bool:
        return bool(self.mark or self.words.strip() or self.photos)


def plan_visit(*, plan: Plan, office: Office, by: Person, at: datetime) -> Visit:
    """Plan it in the name of this office; what the hosts have open is spoken about first.

    Raises policies.NotAllowed, Incomplete.
    """
    post = policies.post_to_direct(by, office, course.day_of(at))
    _check(plan, office, at)
    with transaction.atomic():
        matter = matters.open_matter(
            kind=KIND,
            reference=numbering.take(SERIES, course.day_of(at), PATTERN),
            title=course.title(plan.title),
            at=at,
            parties=_parties(plan, office),
        )
        state = rules.MACHINE.next(rules.NEW, rules.PLAN)
        visit = Visit(matter=matter, state=state, office=office, planned_by=by, **_columns(plan))
        rows.insert(visit)
        rows.insert_all([Host(visit=visit, commune=commune) for commune in dict.fromkeys(plan.hosts)])
        # What the hosts have open is spoken about first.
        open_there = queries.first_agenda(plan.hosts)
        _write_lists(visit, replace(plan, agenda=[*dict.fromkeys([*open_there, *plan.agenda])]))
        _record(VisitPlanned(plan.begins_at, _codes(plan)), visit, by, post, at)
    return visit


def change_visit(*, visit: Visit, plan: Plan, by: Person, at: datetime) -> Visit:
    """Plan it anew. A commune where something was written down already stays.

    Raises workflow.Refused, policies.NotAllowed, Incomplete.
    """
    with transaction.atomic():
        visit, post = _begun(visit, rules.CHANGE, by, at)
        _check(plan, visit.office, at)
        for name, value in _columns(plan).items():
            setattr(visit, name, value)
        visit.sequence += 1
        visit.save()
        _change_hosts(visit, plan, at)
        visit.members.all().delete()
        visit.agenda.all().delete()
        _write_lists(visit, plan)
        _record(VisitChanged(plan.begins_at, _codes(plan), visit.sequence), visit, by, post, at)
    return visit


def cancel_visit(*, visit: Visit, by: Person, at: datetime) -> Visit:
    """It does not take place; calendars take it out. Raises workflow.Refused, policies.NotAllowed."""
    with transaction.atomic():
        visit, post = _begun(visit, rules.CANCEL, by, at)
        visit.sequence += 1
        visit.save(update_fields=["state", "sequence"])
        _close(visit, VisitCancelled(visit.sequence), by, post, at)
    return visit


def close_visit(*, visit: Visit, minutes: str, by: Person, at: datetime) -> Visit:
    """It is over: keep its minutes. Raises workflow.Refused, policies.NotAllowed, Incomplete."""
    with transaction.atomic():
        visit, post = _begun(visit, rules.CLOSE, by, at)
        if not minutes.strip():
            raise Incomplete("minutes")
        visit.minutes = minutes.strip()
        visit.save(update_fields=["state", "minutes"])
        _close(visit, VisitHeld(), by, post, at)
    return visit


def check_host(*, host: Host, seen: Mapping[str, Seen], by: Person, at: datetime) -> Host:
    """Write down what was seen in a commune; what is said anew takes the place of what was said, photos are added.

    Raises policies.NotAllowed, NotHeld.
    """
    with transaction.atomic():
        visit, post = _writing(host.visit, by, at)
        told = {what: each for what, each in seen.items() if what in rules.CHECKS}
        known = {check.what: check for check in host.checks.all()}
        for what, each in told.items():
            if what in known or each.is_something:
                _write_check(known.get(what) or Check(host=host, what=what), each, by, at)
        photos = sum(len(each.photos) for each in told.values())
        _record(VisitChecked(host.commune.code, tuple(told), photos), visit, by, post, at)
    return host


def note_finding(*, visit: Visit, kind: str, text: str, by: Person, at: datetime, host: Host | None = None) -> Finding:
    """Write down what was found. Raises policies.NotAllowed, NotHeld, Incomplete."""
    if not text.strip():
        raise Incomplete("text")
    with transaction.atomic():
        visit, post = _writing(visit, by, at)
        finding = Finding.objects.create(visit=visit, host=host, kind=kind, text=text.strip(), by=by, at=at)
        _record(FindingNoted(finding.pk, kind), visit, by, post, at)
    return finding


def conclude_visit(*, visit: Visit, written: Written, by: Person, at: datetime) -> Conclusion:
    """Draft the conclusion that follows from the visit. Raises policies.NotAllowed, NotHeld, Incomplete."""
    with transaction.atomic():
        visit = _held(visit)
        post = policies.post_to_direct(by, visit.office, course.day_of(at))
        _of_a_visit_that_takes_place(visit)
        conclusion = conclusions.draft_conclusion(written=written, office=visit.office, by=by, at=at)
        conclusion.visit = visit
        conclusion.save(update_fields=["visit"])
        for commune in [host.commune for host in visit.hosts.select_related("commune")]:
            matters.join(conclusion.matter, commune, matters.INFORMED, at)
        _record(VisitConcluded(conclusion.reference), visit, by, post, at)
    return conclusion


class NotHeld(ValueError):
    """Nothing is written down of a visit that does not take place."""


def _check(plan: Plan, office: Office, at: datetime) -> None:
    """Raises Incomplete."""
    allowed = set(queries.addressable(office, course.day_of(at)).values_list("pk", flat=True))
    if not plan.title.strip():
        raise Incomplete("title")
    if not plan.hosts or any(each.pk not in allowed for each in [*plan.hosts, *plan.taking_part]):
        raise Incomplete("hosts")
    if plan.ends_at <= plan.begins_at:
        raise Incomplete("ends_at")


def _columns(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title.strip(),
        "purpose": plan.purpose.strip(),
        "begins_at": plan.begins_at,
        "ends_at": plan.ends_at,
        "place": plan.place.strip(),
    }


def _parties(plan: Plan, office: Office) -> list[tuple[Office, str]]:
    taking_part = [(each, matters.HELPING) for each in dict.fromkeys(plan.taking_part) if each != office]
    return [
        (office, matters.OWNER),
        *((each, matters.INFORMED) for each in dict.fromkeys(plan.hosts)),
        *taking_part,
    ]


def _codes(plan: Plan) -> tuple[str, ...]:
    return tuple(commune.code for commune in plan.hosts)


def _write_lists(visit: Visit, plan: Plan) -> None:
    rows.insert_all(
        [
            Member(visit=visit, no=n, name=each.name, position=each.position, email=each.email)
            for n, each in enumerate(plan.delegates, 1)
        ]
    )
    rows.insert_all([AgendaItem(visit=visit, no=n, text=text[:500]) for n, text in enumerate(plan.agenda, 1)])


def _change_hosts(visit: Visit, plan: Plan, at: datetime) -> None:
    wanted = set(plan.hosts)
    known = {host.commune: host for host in visit.hosts.select_related("commune")}
    for commune, host in known.items():
        if commune not in wanted and not host.checks.exists() and not host.findings.exists():
            host.delete()
            matters.leave(visit.matter, commune, matters.INFORMED, at)
    rows.insert_all(
        [Host(visit=visit, commune=commune) for commune in dict.fromkeys(plan.hosts) if commune not in known]
    )
    for office, capacity in _parties(plan, visit.office)[1:]:
        matters.join(visit.matter, office, capacity, at)


def _write_check(check: Check, seen: Seen, by: Person, at: datetime) -> None:
    check.mark, check.words, check.by, check.at = seen.mark, seen.words.strip(), by, at
    check.save()
    rows.insert_all([Photo(check_of=check, file=file, at=at) for file in seen.photos])


def _begun(visit: Visit, act: str, by: Person, at: datetime) -> tuple[Visit, Post]:
    visit = _held(visit)
    visit.state = rules.MACHINE.next(visit.state, act)
    return visit, policies.post_to_direct(by, visit.office, course.day_of(at))


def _held(visit: Visit) -> Visit:
    if connection.features.has_select_for_update:
        Visit.objects.select_for_update().values_list("pk").get(pk=visit.pk)
    return Visit.objects.select_related(*policies.OF_VISIT).get(pk=visit.pk)


def _writing(visit: Visit, by: Person, at: datetime) -> tuple[Visit, Post]:
    held = _held(visit)
    _of_a_visit_that_takes_place(held)
    return held, policies.post_to_write(by, held, course.day_of(at))


def _of_a_visit_that_takes_place(visit: Visit) -> None:
    if visit.state == "cancelled":
        raise NotHeld(visit.reference)


def _close(visit: Visit, happening: Happening, by: Person, post: Post, at: datetime) -> None:
    visit.matter.closed_at = at
    visit.matter.save(update_fields=["closed_at"])
    _record(happening, visit, by, post, at)


def _record(happening: Happening, visit: Visit, by: Person, post: Post, at: datetime) -> Event:
    return ledger.record(happening, matter=visit.matter, at=at, by=by, post=post, office=post.office)

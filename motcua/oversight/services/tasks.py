"""A paragraph becomes a task: one parent, and a directive for each office, made in one transaction.

What is the same for a hundred offices is written once, so that a whole province is asked within a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.kernel import freshness, ledger, matters, numbering, rows, schedule
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import ClockEntry, Matter, MatterParty, WorkItem
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.events.directives import DirectiveGiven, TaskGiven
from motcua.oversight.models import Directive, Paragraph, Task
from motcua.oversight.rules import directives as rules
from motcua.oversight.services import course
from motcua.oversight.services.directing import Incomplete, end_of

KIND, SERIES, PATTERN = "directive", "NV", "{agency}-{yyyy}-{n}"


class NotIssued(ValueError):
    """Nothing follows from a draft."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of whom until when. `due_date` of a regular one is its first reporting day."""

    result: str
    offices: Sequence[Office]
    due_date: date | None
    period: rules.Period | None = None
    co_offices: Sequence[Office] = ()


def give_directives(*, paragraph: Paragraph, asked: Asked, by: Person, at: datetime) -> Task:
    """Give each of these offices what the paragraph asks for.

    Raises Incomplete (result, offices, due_date; due_date too for a day that is over), NotIssued,
    policies.NotAllowed.
    """
    conclusion, day = paragraph.conclusion, course.day_of(at)
    post = policies.post_to_direct(by, conclusion.office, day)
    if conclusion.issued_at is None:
        raise NotIssued(conclusion.reference)
    offices = _checked(asked, conclusion.office, day)
    assert asked.due_date is not None
    # The calendar is asked for once, not for every office.
    with transaction.atomic(), freshness.held():
        task = Task(
            reference=numbering.take(SERIES, day, PATTERN),
            paragraph=paragraph,
            conclusion=conclusion,
            result=asked.result.strip(),
            due_date=asked.due_date,
            every=asked.period.every if asked.period else None,
            unit=asked.period.unit if asked.period else "",
            issuer=conclusion.office,
            given_by=by,
            given_at=at,
        )
        rows.insert(task)
        _give(task, offices, asked.co_offices, by, post, at)
        _inform(conclusion.matter, offices, at)
        happening = TaskGiven(task.reference, paragraph.no, tuple(office.code for office in offices))
        ledger.record(happening, matter=conclusion.matter, at=at, by=by, post=post, office=post.office)
    return task


def _inform(matter: Matter, offices: Sequence[Office], at: datetime) -> None:
    """Whoever has something to do reads the conclusion it follows from."""
    known = set(MatterParty.objects.current().filter(matter=matter).values_list("office_id", flat=True))
    new = [office for office in offices if office.pk not in known]
    rows.insert_all(
        [MatterParty(matter=matter, office=office, capacity=matters.INFORMED, from_at=at) for office in new]
    )


def _checked(asked: Asked, issuer: Office, day: date) -> list[Office]:
    """The offices, each once. Raises Incomplete."""
    offices = list(dict.fromkeys(asked.offices))
    if not asked.result.strip():
        raise Incomplete("result")
    allowed = set(queries.addressable(issuer, day).values_list("pk", flat=True))
    if not offices or any(each.pk not in allowed for each in [*offices, *asked.co_offices]):
        raise Incomplete("offices")
    if asked.due_date is None or asked.due_date < day:
        raise Incomplete("due_date")
    return offices


def _give(
    task: Task, offices: Sequence[Office], helping: Sequence[Office], by: Person, post: Post, at: datetime
) -> None:
    """The directives with their matters, parties, clocks, events and first steps; most in one statement each."""
    made = [_directive(task, office, n, len(offices), at) for n, office in enumerate(offices, 1)]
    rows.insert_all([each.matter for each in made])
    rows.insert_all([party for each in made for party in _parties(each, helping, at)])
    rows.insert_all(made)
    rows.insert_all([entry for each in made for entry in _clock(each, at)])
    acknowledged = queries.due_from("directive.take_on", task.issuer, at)
    steps = []
    for each in made:
        happening = DirectiveGiven(each.office.code, each.due_at)
        event = ledger.record(happening, matter=each.matter, at=at, by=by, post=post, office=post.office)
        step = rules.STEP_OF_STATE[each.state]
        steps.append(
            WorkItem(matter=each.matter, step=step, act=step, office=each.office, due_at=acknowledged, opened_by=event)
        )
    rows.insert_all(steps)


def _directive(task: Task, office: Office, n: int, count: int, at: datetime) -> Directive:
    """One of so many, not written yet. One alone has the task's own number."""
    reference = task.reference if count == 1 else f"{task.reference}.{n}"
    matter = Matter(kind=KIND, reference=reference, title=course.title(task.result), opened_at=at)
    # Made in this very transaction: the ledger need not ask whether anything is recorded of it.
    matter.__dict__.update(_made_here=True, _chain_end=(0, "", None))
    return Directive(
        matter=matter,
        task=task,
        state=rules.MACHINE.next(rules.NEW, rules.GIVE),
        office=office,
        issuer=task.issuer,
        due_at=end_of(office, task.due_date),
    )


def _parties(directive: Directive, helping: Sequence[Office], at: datetime) -> list[MatterParty]:
    capacities = [(directive.office, matters.OWNER), (directive.issuer, matters.SUPERVISING)]
    capacities += [(office, matters.HELPING) for office in helping if office.pk != directive.office_id]
    return [
        MatterParty(matter=directive.matter, office=office, capacity=capacity, from_at=at)
        for office, capacity in capacities
    ]


def _clock(directive: Directive, at: datetime) -> list[ClockEntry]:
    version = schedule.calendar_for(directive.office).version
    return [
        ClockEntry(matter=directive.matter, seq=1, kind="start", at=at, calendar_version=version),
        ClockEntry(
            matter=directive.matter, seq=2, kind="extend", at=at, until=directive.due_at, calendar_version=version
        ),
    ]

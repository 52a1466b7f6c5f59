"""Where a dossier is on the route of its version: each step with who had it, from when to when, and when it should be
done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossiers import clock_office, edition_of
from motcua.dossiers.queries.work import steps_passed
from motcua.kernel import schedule
from motcua.kernel.matters import WorkItem
from motcua.procedures.definition import Step, route

DONE, OPEN, AHEAD, PASSED = "done", "open", "ahead", "passed"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the route on this dossier's way; `planned_at` is where its share of the limit ends, no legal moment."""

    step: Step
    state: str
    office: str = ""
    person: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    planned_at: datetime | None = None


def stages_of(dossier: Dossier) -> list[Stage]:
    """The steps of the route in their order. A step that was opened again shows its last time."""
    definition = edition_of(dossier).definition
    worked = {item.step: item for item in _items(dossier)}
    passed, planned = steps_passed(dossier, definition), dict(_planned(dossier, definition.steps))
    return [_stage(step, worked.get(step.sid), step.sid in passed, planned.get(step.sid)) for step in definition.steps]


def _items(dossier: Dossier) -> Iterator[WorkItem]:
    related = ("office", "assignee", "opened_by", "closed_by__actor")
    yield from WorkItem.objects.filter(matter=dossier.matter).select_related(*related).order_by("pk")


def _stage(step: Step, item: WorkItem | None, passed: bool, planned_at: datetime | None) -> Stage:
    if item is None:
        return Stage(step, PASSED) if passed else Stage(step, AHEAD, planned_at=planned_at)
    closed = item.closed_by
    person = closed.actor if closed else item.assignee
    return Stage(
        step,
        DONE if closed else OPEN,
        item.office.name,
        person.full_name if person else "",
        item.opened_by.at,
        closed.at if closed else None,
        planned_at,
    )


def _planned(dossier: Dossier, steps: tuple[Step, ...]) -> Iterator[tuple[str, datetime]]:
    """The working time between receipt and due moment, cut by the shares; nothing without both or without shares."""
    ends = route.ends(steps)
    if dossier.received_at is None or dossier.due_at is None or not any(step.share for step in steps):
        return
    calendar = schedule.calendar_for(clock_office(dossier))
    whole = calendar.working_time_between(dossier.received_at, dossier.due_at)
    for sid, share in ends.items():
        if share:
            minutes = int(whole.total_seconds() * share / 100) // 60
            yield sid, calendar.add_working_time(dossier.received_at, timedelta(minutes=minutes))

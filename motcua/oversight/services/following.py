"""Directives that wait move by themselves, as ordinary acts of the system's own hand: the next period of a regular one
begins, and whoever gave an overdue one has it in the inbox. Called again and again; what was done is not done twice.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.kernel import identity, rows
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.oversight import queries
from motcua.oversight.events.directives import DirectiveEscalated, PeriodBegun
from motcua.oversight.models import Directive
from motcua.oversight.rules import directives as rules
from motcua.oversight.services import course, directing

WAITING = ("take_on", "carry_out")


def follow_directives(*, at: datetime) -> int:
    """Begin the periods that have come, escalate what is overdue; how many were moved."""
    hand = identity.system_person()
    resting = Directive.objects.filter(state="resting", due_at__lt=at).order_by("due_at", "pk")
    moved = sum(_begin_period(directive, hand, at) for directive in list(resting))
    late = WorkItem.objects.filter(closed_by=None, due_at__lt=at, step__in=WAITING, matter__kind="directive")
    watched = WorkItem.objects.filter(closed_by=None, step=rules.OVERSEE).values("matter")
    for pk in list(late.exclude(matter__in=watched).order_by("due_at", "id").values_list("matter_id", flat=True)):
        moved += _escalate(Directive(pk=pk), hand, at)
    return moved


def _begin_period(directive: Directive, hand: Person, at: datetime) -> bool:
    with transaction.atomic():
        directive = directing.held(directive)
        period = directive.task.period
        if directive.state != "resting" or period is None or directive.due_at >= at:
            return False
        directive.state = rules.MACHINE.next(directive.state, rules.BEGIN_PERIOD)
        day = period.after(directive.task.due_date, max(course.day_of(at), course.day_of(directive.due_at)))
        directing.run_clock(directive, at)
        directing.enter(directive, "extend", at, until=directing.end_of(directive.office, day), reason="next period")
        directing.run_clock(directive, at)
        directive.save(update_fields=["state", "due_at"])
        assignee = directing.last_assignee(directive)
        directing.move(PeriodBegun(directive.due_at), directive, hand, None, at, assignee=assignee)
    return True


def _escalate(directive: Directive, hand: Person, at: datetime) -> bool:
    """Whoever gave it has it in the inbox, until somebody moves it on."""
    with transaction.atomic():
        directive = directing.held(directive)
        items = list(WorkItem.objects.filter(matter=directive.matter, closed_by=None))
        late = next((item for item in items if item.step in WAITING and item.due_at < at), None)
        if late is None or any(item.step == rules.OVERSEE for item in items):
            return False
        if queries.due_from("directive.escalate", directive.office, late.due_at) > at:
            return False
        directive.escalated_at = at
        directive.save(update_fields=["escalated_at"])
        event = directing.record(DirectiveEscalated(directive.issuer.code), directive, hand, None, at)
        due_at = queries.due_from("directive.decide_change", directive.issuer, at)
        rows.insert(
            WorkItem(
                matter=directive.matter,
                step=rules.OVERSEE,
                act=rules.OVERSEE,
                office=directive.issuer,
                due_at=due_at,
                opened_by=event,
            )
        )
    return True

"""What lies too long moves by itself, as an ordinary act of the system's own hand: escalated, or taken as helpful.

Called again and again; what was done once is not done twice.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.oversight import queries
from motcua.oversight.events.difficulties import DifficultyConfirmed, DifficultyEscalated
from motcua.oversight.models import Difficulty
from motcua.oversight.rules import difficulties as rules
from motcua.oversight.services import course, escalating
from motcua.oversight.services.feedback import move_feedback_that_waits

ESCALATED = ("consider", "acknowledge", "answer")


def move_what_waits(*, at: datetime) -> int:
    """Escalate what is overdue, close what was answered and never contradicted, and look after feedback; how many were
    moved.
    """
    hand = identity.system_person()
    overdue = WorkItem.objects.filter(
        closed_by=None, due_at__lt=at, matter__kind="difficulty", step__in=(*ESCALATED, "confirm")
    )
    moved = move_feedback_that_waits(at=at)
    for pk, step in list(overdue.order_by("due_at", "id").values_list("matter_id", "step")):
        difficulty = Difficulty(pk=pk)
        moved += _close_by_time(difficulty, hand, at) if step == "confirm" else _escalate(difficulty, hand, at)
    return moved


def _close_by_time(difficulty: Difficulty, hand: Person, at: datetime) -> bool:
    with transaction.atomic():
        difficulty = course.held(difficulty)
        if difficulty.state != "answered":
            return False
        difficulty.state = rules.MACHINE.next(difficulty.state, rules.CONFIRM)
        course.stop_clock(difficulty, at)
        difficulty.save(update_fields=["state"])
        happening = DifficultyConfirmed(by_time=True)
        course.finish(happening=happening, difficulty=difficulty, by=hand, post=None, at=at)
    return True


def _escalate(difficulty: Difficulty, hand: Person, at: datetime) -> bool:
    """The office above sees it and has it in its inbox, until somebody moves it on."""
    with transaction.atomic():
        difficulty = course.held(difficulty)
        late = escalating.overdue_step(difficulty.matter, ESCALATED, rules.OVERSEE)
        above = organisation.above(difficulty.holder)
        if late is None or above is None:
            return False
        if queries.due_from("difficulty.escalate", difficulty.holder, late.due_at) > at:
            return False
        difficulty.escalated_at = at
        difficulty.save(update_fields=["escalated_at"])
        happening = DifficultyEscalated(late.step, above.code)
        escalating.show_above(
            matter=difficulty.matter, happening=happening, above=above, oversee=rules.OVERSEE, hand=hand, at=at
        )
    return True

"""Feedback that lies too long moves by itself, as an ordinary act of the system's own hand: it is shown to the office
above, or goes on without what the person was asked for.

Called again and again; what was done once is not done twice.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.oversight import queries
from motcua.oversight.events.feedback import FeedbackEscalated, FeedbackNotClarified
from motcua.oversight.models import Feedback
from motcua.oversight.rules import feedback as rules
from motcua.oversight.services import escalating
from motcua.oversight.services.feedback import course


def move_feedback_that_waits(*, at: datetime) -> int:
    """Show what is overdue to the office above, and go on where nothing came; how many were moved."""
    hand = identity.system_person()
    overdue = WorkItem.objects.filter(closed_by=None, due_at__lt=at, step__in=rules.STEP_OF_STATE.values())
    moved = 0
    for pk, step in list(overdue.order_by("due_at", "id").values_list("matter_id", "step")):
        feedback = Feedback(pk=pk)
        moved += _go_on(feedback, hand, at) if step == rules.WAITING else _escalate(feedback, hand, at)
    return moved


def _go_on(feedback: Feedback, hand: Person, at: datetime) -> bool:
    with transaction.atomic():
        feedback = course.held(feedback)
        if feedback.state != "asked_back":
            return False
        feedback.state = rules.MACHINE.next(feedback.state, rules.NOT_CLARIFIED)
        course.change_clock(feedback, rules.SETTLE, "resume", at, rules.NOT_CLARIFIED)
        feedback.save(update_fields=["state"])
        course.move(happening=FeedbackNotClarified(), feedback=feedback, at=at, by=hand)
    return True


def _escalate(feedback: Feedback, hand: Person, at: datetime) -> bool:
    with transaction.atomic():
        feedback = course.held(feedback)
        late = escalating.overdue_step(feedback.matter, rules.STEP_OF_STATE.values(), rules.OVERSEE)
        above = organisation.above(late.office) if late else None
        if late is None or above is None or queries.due_from("difficulty.escalate", late.office, late.due_at) > at:
            return False
        feedback.escalated_at = at
        feedback.save(update_fields=["escalated_at"])
        happening = FeedbackEscalated(late.step, above.code)
        escalating.show_above(
            matter=feedback.matter, happening=happening, above=above, oversee=rules.OVERSEE, hand=hand, at=at
        )
    return True

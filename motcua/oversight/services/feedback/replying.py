"""What the person does who sent feedback: says what was asked for, and whether the answer helps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.kernel import ledger
from motcua.kernel.workflow import Refused
from motcua.oversight.events.feedback import FeedbackClarified, FeedbackJudged
from motcua.oversight.models import Feedback
from motcua.oversight.rules import feedback as rules
from motcua.oversight.services.feedback import course
from motcua.oversight.services.feedback.course import Given


def clarify_feedback(
    *, feedback: Feedback, text: str, op_id: str, at: datetime, files: Sequence[Given] = ()
) -> Feedback:
    """The person says what was asked for; the time to answer goes on. Sent twice, it is done once.

    Raises workflow.Refused, WordsNeeded.
    """
    with transaction.atomic():
        feedback = course.held(feedback)
        if feedback.matter.events.filter(op_id=op_id).exists():
            return feedback
        feedback.state = rules.MACHINE.next(feedback.state, rules.CLARIFY)
        note = course.noted(feedback, "clarified", text, at)
        course.attach(feedback, files, note=note)
        course.change_clock(feedback, rules.SETTLE, "resume", at, rules.CLARIFY)
        feedback.save(update_fields=["state"])
        course.move(happening=FeedbackClarified(note.pk), feedback=feedback, at=at, op_id=op_id)
    return feedback


def judge_answer(*, feedback: Feedback, helped: bool, at: datetime, text: str = "") -> Feedback:
    """The person says whether the answer helps, and may say it anew; the last word counts.

    Raises workflow.Refused while there is no answer.
    """
    with transaction.atomic():
        feedback = course.held(feedback)
        if feedback.state not in rules.ANSWERED:
            raise Refused("judge", feedback.state, "not_from_here", rules.MACHINE.allowed(feedback.state))
        if feedback.helped != helped or text.strip():
            if text.strip():
                course.noted(feedback, "judged", text, at)
            feedback.helped = helped
            feedback.save(update_fields=["helped"])
            ledger.record(FeedbackJudged(helped), matter=feedback.matter, at=at)
    return feedback

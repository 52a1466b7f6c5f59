"""What an office does with feedback before it answers: it looks, takes it on, asks back, passes it on, says no, or says
where it belongs by law.

Each act checks the state machine and the person's post, in one transaction; whoever comes second is refused with the
state as it is now.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.kernel import matters
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.oversight.events.feedback import (
    FeedbackAccepted,
    FeedbackAskedBack,
    FeedbackGuided,
    FeedbackPassedOn,
    FeedbackRefused,
)
from motcua.oversight.models import Feedback
from motcua.oversight.policies import feedback as policies
from motcua.oversight.rules import feedback as rules
from motcua.oversight.services.feedback import course


def accept_feedback(
    *,
    feedback: Feedback,
    kind: str,
    by: Person,
    at: datetime,
    topic: str = "",
    to: Office | None = None,
    repeats: Feedback | None = None,
) -> Feedback:
    """It belongs here: say what it is, and which part of the same body answers (`to`; none: the body itself).

    Raises workflow.Refused, policies.NotAllowed, ValueError for a kind that is none or an office of another body.
    """
    if kind not in rules.KINDS or (repeats is not None and repeats.pk == feedback.pk):
        raise ValueError(kind)
    with transaction.atomic():
        feedback, post = course.begun(feedback, rules.ACCEPT, by, at)
        office = to or policies.body_of(feedback.holder)
        if policies.body_of(office) != policies.body_of(feedback.holder):
            raise ValueError(office.code)
        feedback.kind, feedback.topic, feedback.repeats = kind, topic or feedback.topic, repeats
        # How officers behave is answered by whoever leads them.
        feedback.holder = policies.body_of(office) if feedback.topic == rules.CONDUCT else office
        course.end_clocks(feedback, at, rules.ACCEPT)
        feedback.save(update_fields=["state", "kind", "topic", "repeats", "holder"])
        number = repeats.number if repeats else None
        accepted = FeedbackAccepted(kind, feedback.topic, feedback.holder.code, number)
        course.move(happening=accepted, feedback=feedback, at=at, by=by, post=post)
    return feedback


def ask_for_more(*, feedback: Feedback, question: str, by: Person, at: datetime) -> Feedback:
    """The person must say more; the time to answer stands still.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded.
    """
    with transaction.atomic():
        feedback, post = course.begun(feedback, rules.ASK, by, at)
        note = course.noted(feedback, "asked", question, at, by, post)
        # Whoever asks has taken it on: the body itself answers then, unless a part of it has it already.
        feedback.holder = _answering(feedback)
        course.end_clocks(feedback, at, rules.ASK)
        course.change_clock(feedback, rules.SETTLE, "pause", at, rules.ASK)
        feedback.kind = feedback.kind or rules.KINDS[0]
        feedback.save(update_fields=["state", "kind", "holder"])
        course.move(happening=FeedbackAskedBack(note.pk), feedback=feedback, at=at, by=by, post=post)
    return feedback


def _answering(feedback: Feedback) -> Office:
    """The office that answers if nobody says otherwise: whoever only takes in does not."""
    takes_in = "receive" in feedback.holder.duties
    return policies.body_of(feedback.holder) if takes_in else feedback.holder


def pass_feedback_on(*, feedback: Feedback, to: Office, reason: str, by: Person, at: datetime) -> Feedback:
    """Another body is competent; it has it now, and its time begins.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded, ValueError for the body that has it already.
    """
    with transaction.atomic():
        feedback, post = course.begun(feedback, rules.PASS_ON, by, at)
        if policies.body_of(to) == policies.body_of(feedback.holder):
            raise ValueError("it is there already")
        note = course.noted(feedback, "passed_on", reason, at, by, post)
        course.end_clocks(feedback, at, rules.PASS_ON)
        matters.leave(feedback.matter, feedback.holder, matters.RECEIVING, at)
        matters.join(feedback.matter, feedback.holder, matters.INFORMED, at)
        feedback.holder, feedback.kind = to, ""
        feedback.round += 1
        course.start_clocks(feedback, rules.ON_ARRIVAL, to, at, rules.PASS_ON)
        feedback.save(update_fields=["state", "holder", "kind", "round"])
        course.move(happening=FeedbackPassedOn(to.code, note.pk), feedback=feedback, at=at, by=by, post=post)
    return feedback


def refuse_feedback(*, feedback: Feedback, reason: str, text: str, by: Person, at: datetime) -> Feedback:
    """It is not accepted, for a reason that the person reads.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded, ValueError for a reason that is none.
    """
    if reason not in rules.REFUSALS:
        raise ValueError(reason)
    with transaction.atomic():
        feedback, post = course.begun(feedback, rules.REFUSE, by, at)
        note = course.noted(feedback, "refused", text, at, by, post)
        feedback.reason = reason
        course.end_clocks(feedback, at, rules.REFUSE)
        feedback.save(update_fields=["state", "reason"])
        course.move(happening=FeedbackRefused(reason, note.pk), feedback=feedback, at=at, by=by, post=post)
    return feedback


def guide_elsewhere(*, feedback: Feedback, kind: str, text: str, by: Person, at: datetime) -> Feedback:
    """It is a complaint, a denunciation or another law's: the person reads where it belongs and how to go there.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded, ValueError for a kind that is none of these.
    """
    if kind not in rules.ELSEWHERE:
        raise ValueError(kind)
    with transaction.atomic():
        feedback, post = course.begun(feedback, rules.GUIDE, by, at)
        note = course.noted(feedback, "guided", text, at, by, post)
        feedback.kind = kind
        course.end_clocks(feedback, at, rules.GUIDE)
        feedback.save(update_fields=["state", "kind"])
        course.move(happening=FeedbackGuided(kind, note.pk), feedback=feedback, at=at, by=by, post=post)
    return feedback

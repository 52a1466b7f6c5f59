"""Feedback is answered, and what was said and answered is made public without a name, or kept for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.kernel import rows
from motcua.kernel.identity import Person
from motcua.oversight import queries
from motcua.oversight.events.feedback import FeedbackAnswered, FeedbackKept, FeedbackPublished
from motcua.oversight.models import Feedback, FeedbackAnswer, Publication
from motcua.oversight.rules import feedback as rules
from motcua.oversight.rules.difficulties import masked
from motcua.oversight.services.feedback import course
from motcua.oversight.services.feedback.course import Given


class NamesSomebody(ValueError):
    """What everybody would read holds a name, a number or an address of the person; `field` says where."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def answer_feedback(
    *, feedback: Feedback, text: str, by: Person, at: datetime, files: Sequence[Given] = ()
) -> Feedback:
    """Answer the person. Late or not, this is never blocked; the time to make it public begins.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded.
    """
    with transaction.atomic():
        feedback, post = course.begun(feedback, rules.ANSWER, by, at)
        said = course.words(text)
        rows.insert(FeedbackAnswer(feedback=feedback, text=said, by=by, office=post.office, at=at))
        course.attach(feedback, files, of_answer=True)
        course.end_clocks(feedback, at, rules.ANSWER)
        office = queries.office_of_state(feedback, feedback.state)
        course.start_clocks(feedback, (rules.MAKE_PUBLIC,), office, at, rules.ANSWER)
        feedback.answered_at = at
        feedback.save(update_fields=["state", "answered_at"])
        course.move(happening=FeedbackAnswered(), feedback=feedback, at=at, by=by, post=post)
    return feedback


def publish_feedback(*, feedback: Feedback, question: str, answer: str, by: Person, at: datetime) -> Feedback:
    """Let everybody read its sense and the answer. Numbers of persons are hidden; a name of the person refuses it.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded, NamesSomebody.
    """
    with transaction.atomic():
        feedback, post = course.begun(feedback, rules.PUBLISH, by, at)
        person = (feedback.name, feedback.phone, feedback.email, feedback.address)
        for field, text in (("question", question), ("answer", answer)):
            if rules.names_somebody(text, person):
                raise NamesSomebody(field)
        public = Publication(feedback=feedback, commune=feedback.commune, office=feedback.answer.office, by=by, at=at)
        public.question, public.answer = masked(course.words(question)), masked(course.words(answer))
        rows.insert(public)
        course.end_clocks(feedback, at, rules.PUBLISH)
        feedback.save(update_fields=["state"])
        course.move(happening=FeedbackPublished(), feedback=feedback, at=at, by=by, post=post)
    return feedback


def keep_feedback(*, feedback: Feedback, reason: str, by: Person, at: datetime) -> Feedback:
    """The answer is for the person alone: what it is about cannot be said without saying who it is.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded.
    """
    with transaction.atomic():
        feedback, post = course.begun(feedback, rules.KEEP, by, at)
        note = course.noted(feedback, "kept", reason, at, by, post)
        course.end_clocks(feedback, at, rules.KEEP)
        feedback.save(update_fields=["state"])
        course.move(happening=FeedbackKept(note.pk), feedback=feedback, at=at, by=by, post=post)
    return feedback

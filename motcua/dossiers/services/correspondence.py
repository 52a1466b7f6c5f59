"""Sentences between the applicant and the office, both ways. What the applicant writes is somebody's work to answer.

The words are in rows that the law may have erased; events carry their numbers.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import MessageLeft
from motcua.dossiers.models import Dossier, Message
from motcua.dossiers.services import course, messages, timing
from motcua.kernel import identity, ledger
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem

STEP = rules.side_step(rules.ANSWER)


class NoMessageTaken(ValueError):
    """The message is not taken; `code` is blank, too_long, too_many or finished."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def write_message(*, dossier: Dossier, text: str, op_id: str, at: datetime) -> Message:
    """The applicant, with the claim code, writes to the office; writing under the same key twice is writing once.

    The office that received the dossier has to answer. Raises NoMessageTaken.
    """
    words = _checked(text)
    try:
        with transaction.atomic():
            dossier, items = course.locked_whole(dossier)
            earlier = Message.objects.filter(op_id=op_id, dossier=dossier).first()
            if earlier is not None:
                return earlier
            _check_pace(dossier, at)
            return _left(dossier, items, words, op_id, at)
    except IntegrityError:
        raise NoMessageTaken("too_many") from None  # the key stands for a message about another dossier


def _checked(text: str) -> str:
    words = text.strip()
    if not words:
        raise NoMessageTaken("blank")
    if len(words) > rules.LONGEST_MESSAGE:
        raise NoMessageTaken("too_long")
    return words


def _check_pace(dossier: Dossier, at: datetime) -> None:
    """Nobody can answer on a finished dossier; and one dossier bears so many messages and no more."""
    if dossier.state in rules.FINISHED:
        raise NoMessageTaken("finished")
    own = Message.objects.filter(dossier=dossier, by=None)
    recent = list(own.filter(at__gt=at - timedelta(days=1)).values_list("at", flat=True))
    in_an_hour = sum(moment > at - timedelta(hours=1) for moment in recent)
    if in_an_hour >= rules.MESSAGES_IN_AN_HOUR or len(recent) >= rules.MESSAGES_IN_A_DAY:
        raise NoMessageTaken("too_many")


def _left(dossier: Dossier, items: list[WorkItem], words: str, op_id: str, at: datetime) -> Message:
    office = dossier.receiving_office or dossier.competent_office
    message = Message.objects.create(dossier=dossier, op_id=op_id, text=words, at=at)
    left = MessageLeft(message.pk, by_applicant=True)
    event = ledger.record(left, matter=dossier.matter, at=at, office=office, op_id=op_id)
    if not any(each.step == STEP for each in items):
        course.open_step(
            dossier=dossier,
            step=STEP,
            act=rules.ANSWER,
            office=office,
            due_at=timing.soon_after(office, at),
            event=event,
        )
    return message


def answer_applicant(*, dossier: Dossier, by: Person, text: str, op_id: str, at: datetime) -> Message:
    """An officer answers what the applicant wrote, or writes first; whoever has an answer to give may give it.

    Raises NoMessageTaken, policies.NotAllowed.
    """
    words = _checked(text)
    with transaction.atomic():
        dossier, items = course.locked_whole(dossier)
        earlier = Message.objects.filter(op_id=op_id, dossier=dossier).first()
        if earlier is not None:
            return earlier
        post = _post_to_write(dossier, items, by, at)
        message = Message.objects.create(dossier=dossier, op_id=op_id, text=words, by=by, at=at)
        event = course.record(MessageLeft(message.pk, by_applicant=False), dossier, by, post, at)
        for item in items:
            if item.step == STEP:
                course.close_step(item, event)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return message


def _post_to_write(dossier: Dossier, items: list[WorkItem], by: Person, at: datetime) -> Post:
    """Whoever has the dossier now, else whoever receives here."""
    day = course.day_of(at)
    for item in items:
        if item.act in rules.CAPABILITY_OF_ACT and policies.can_do(by, item, [item.act], day):
            return policies.post_for_step(by, item, item.act, day)
    office = dossier.receiving_office or dossier.competent_office
    return policies.post_for(by, identity.INTAKE, office, day)

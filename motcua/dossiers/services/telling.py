"""A message that did not arrive is somebody's work: try again, or tell the applicant in another way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import ApplicantTold, MessageSentAgain, MessageUndelivered
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import course
from motcua.kernel import clock, identity, ledger, outbox, schedule
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery


def note_undelivered(*, delivery: Delivery, at: datetime) -> None:
    """The message was given up: from now on it is the receiving office's to tell the applicant."""
    dossier = Dossier.objects.select_related(*policies.RELATED).get(matter=delivery.event.matter_id)
    if not dossier.applicant.full_name:
        return  # erased by law since: there is nobody to tell
    with transaction.atomic():
        happened = MessageUndelivered(delivery.event_id, delivery.pk, delivery.state)
        office = dossier.receiving_office or dossier.competent_office
        event = ledger.record(happened, matter=dossier.matter, at=at, by=identity.system_person(), office=office)
        due = clock.due(
            schedule.calendar_for(office), clock.Limit(rules.INTAKE_HOURS, "working_hour"), [clock.Entry("start", at)]
        )
        assert due.at is not None  # a clock that runs has a moment
        course.open_step(
            dossier=dossier, step=_step(delivery), act=rules.TELL, office=office, due_at=due.at, event=event
        )


def send_again(*, dossier: Dossier, delivery: Delivery, by: Person, at: datetime) -> None:
    """Have the message tried once more. Raises NothingOpen when it is no longer anybody's work, policies.NotAllowed."""
    with transaction.atomic():
        held, item, post = _open(dossier, delivery, by, at)
        if not outbox.try_again(delivery, at):
            raise course.NothingOpen(item.step)
        course.close_step(item, course.record(MessageSentAgain(delivery.pk), held, by, post, at))


def tell_applicant(*, dossier: Dossier, delivery: Delivery, way: str, by: Person, at: datetime) -> None:
    """The applicant was told by telephone, in person, by letter, or could not be reached. Raises as `send_again`."""
    if way not in rules.WAYS_OF_TELLING:
        raise ValueError(way)
    with transaction.atomic():
        held, item, post = _open(dossier, delivery, by, at)
        course.close_step(item, course.record(ApplicantTold(delivery.pk, way), held, by, post, at))


def _step(delivery: Delivery) -> str:
    return rules.side_step(rules.TELL, delivery.pk)


def _open(dossier: Dossier, delivery: Delivery, by: Person, at: datetime) -> tuple[Dossier, WorkItem, Post]:
    held, item = course.locked_beside(dossier, _step(delivery))
    return held, item, policies.post_for_step(by, item, rules.TELL, course.day_of(at))

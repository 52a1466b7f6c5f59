"""What was not told to another system, or not got from it: somebody's work, tried again or seen to by hand there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import ExchangeDoneByHand, ExchangeFailed, ExchangeTriedAgain
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import course, timing
from motcua.kernel import identity, ledger, outbox
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery


def note_failed(*, delivery: Delivery, at: datetime) -> None:
    """The delivery was given up: from now on it is the receiving office's to see to."""
    dossier = Dossier.objects.select_related(*policies.RELATED).get(matter=delivery.event.matter_id)
    with transaction.atomic():
        happened = ExchangeFailed(delivery.pk, delivery.target)
        office = dossier.receiving_office or dossier.competent_office
        event = ledger.record(happened, matter=dossier.matter, at=at, by=identity.system_person(), office=office)
        due_at = timing.soon_after(office, at)
        step = step_of(delivery)
        course.open_step(dossier=dossier, step=step, act=rules.EXCHANGE, office=office, due_at=due_at, event=event)


def try_exchange_again(*, dossier: Dossier, delivery: Delivery, by: Person, at: datetime) -> None:
    """Have it tried once more. Raises NothingOpen when it is no longer anybody's work, policies.NotAllowed."""
    with transaction.atomic():
        held, item, post = _open(dossier, delivery, by, at)
        if not outbox.try_again(delivery, at):
            raise course.NothingOpen(item.step)
        course.close_step(item, course.record(ExchangeTriedAgain(delivery.pk), held, by, post, at))


def note_done_by_hand(*, dossier: Dossier, delivery: Delivery, by: Person, at: datetime) -> None:
    """Somebody entered it there, or got it from there, by hand. Raises as `try_exchange_again`."""
    with transaction.atomic():
        held, item, post = _open(dossier, delivery, by, at)
        course.close_step(item, course.record(ExchangeDoneByHand(delivery.pk), held, by, post, at))


def step_of(delivery: Delivery) -> str:
    """The work about this delivery."""
    return rules.side_step(rules.EXCHANGE, delivery.pk)


def _open(dossier: Dossier, delivery: Delivery, by: Person, at: datetime) -> tuple[Dossier, WorkItem, Post]:
    held, item = course.locked_beside(dossier, step_of(delivery))
    return held, item, policies.post_for_step(by, item, rules.EXCHANGE, course.day_of(at))

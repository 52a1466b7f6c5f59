"""What has to reach somebody outside: written in the transaction of the event, carried out later, each with its own
visible state.

Nouns: Delivery (one thing to deliver), target (how a kind of delivery is carried out, through which system outside, and
who is told when it is given up). A delivery is never "probably sent": waiting, being sent, delivered, failed (will be
tried again), given up, or unknown: the machine stopped in the middle of a sending that must not happen twice. What is
given up or unknown becomes somebody's work, in the same transaction.
It does not know what a message says: the room that made it writes it from the recorded event.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Q

from motcua.kernel import outside, rows
from motcua.kernel.ledger import Event

logger = logging.getLogger(__name__)
# After the n-th failure: a minute, five, half an hour, two hours, then twice a day until it is given up.
DELAYS = (1, 5, 30, 120, 720, 720, 720, 720)
# Longer than any delivery takes: whatever is still "being sent" after it was cut off in the middle.
CLAIM_LASTS = timedelta(minutes=10)


class Delivery(models.Model):
    """One thing to deliver to one target, named by a key that can exist once."""

    event = models.ForeignKey("kernel.Event", models.PROTECT, related_name="deliveries")
    target = models.CharField(max_length=40)
    key = models.CharField(max_length=150, unique=True)
    payload = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    # When to try (again); empty when there is nothing more to try.
    next_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="deliveries_to_try")]
        constraints = [
            models.CheckConstraint(
                name="delivered_is_not_tried_again", condition=Q(delivered_at=None) | Q(next_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def state(self) -> str:
        """waiting | sending | delivered | retrying | unknown | given_up."""
        if self.delivered_at:
            return "delivered"
        if self.claimed_at:
            return "sending" if self.next_at else "unknown"
        if self.next_at:
            return "retrying" if self.attempts else "waiting"
        return "given_up"


# Told in the transaction in which the delivery is given up, with the moment.
GivenUp = Callable[[Delivery, datetime], None]


@dataclass(frozen=True, slots=True)
class Target:
    """How deliveries of a kind are carried out. `repeatable`: doing it twice does no harm, so a cut-off one is
    simply tried again. `system`: the one outside that it needs, if any. `given_up` makes somebody's work of one that
    will not be tried again by itself.
    """

    name: str
    carry_out: Callable[[Delivery], None]
    repeatable: bool
    system: str = ""
    given_up: GivenUp | None = None


_targets: dict[str, Target] = {}


def register(
    name: str,
    carry_out: Callable[[Delivery], None],
    *,
    repeatable: bool,
    system: str = "",
    given_up: GivenUp | None = None,
) -> None:
    """Say how deliveries to this target are carried out. Called from apps.py of the room that makes them."""
    _targets[name] = Target(name, carry_out, repeatable, system, given_up)


def enqueue(*, event: Event, target: str, key: str, at: datetime, payload: dict[str, Any] | None = None) -> Delivery:
    """Write the delivery in the event's own transaction."""
    delivery = Delivery(event=event, target=target, key=key, payload=payload or {}, next_at=at)
    rows.insert(delivery)
    return delivery


def run_due(at: datetime, limit: int = 50, system: str | None = None) -> int:
    """Carry out what is due, oldest first; the number of deliveries tried. Safe in several processes at once.

    With a system named, only what needs that one ("" needs none): each system then has a thread of its own, and one
    that hangs holds up nothing else.
    """
    due = _of_system(Delivery.objects.filter(next_at__lte=at), system)
    return sum(_attempt(pk, at) for pk in list(due.order_by("next_at", "id").values_list("pk", flat=True)[:limit]))


def _of_system(deliveries: models.QuerySet[Delivery], system: str | None) -> models.QuerySet[Delivery]:
    if system is None:
        return deliveries
    if system:
        return deliveries.filter(target__in=[each.name for each in _targets.values() if each.system == system])
    return deliveries.exclude(target__in=[each.name for each in _targets.values() if each.system])


def _attempt(pk: int, at: datetime) -> bool:
    delivery = _claim(pk, at)
    if delivery is None:
        return False
    try:
        _carry_out(delivery, at)
    except Exception as problem:
        logger.warning("delivery %s failed: %s", delivery.pk, type(problem).__name__)
        _note_failure(delivery, at, problem)
    else:
        Delivery.objects.filter(pk=pk).update(delivered_at=at, next_at=None, claimed_at=None, failure="")
    return True


def _carry_out(delivery: Delivery, at: datetime) -> None:
    target = _targets.get(delivery.target)
    if target is None:
        raise LookupError(f"nobody carries out {delivery.target}")
    if not target.system:
        target.carry_out(delivery)
        return
    was_up = outside.is_up(target.system)
    with outside.asking(target.system, at):
        target.carry_out(delivery)
    if not was_up:
        hurry(target.system, at)


def hurry(system: str, at: datetime) -> None:
    """The system answers again: what waited for it need not wait longer."""
    waiting = Delivery.objects.filter(next_at__gt=at, claimed_at=None, attempts__gt=0)
    _of_system(waiting, system).update(next_at=at)


def _claim(pk: int, at: datetime) -> Delivery | None:
    """Mark it as being sent, durably, before anything leaves; None if somebody else has it or it is no longer due.

    A claim that outlived its process is tried again where that does no harm; else it stays "unknown", for a person.
    """
    with transaction.atomic():
        rows = Delivery.objects.filter(pk=pk, next_at__lte=at)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        delivery = rows.first()
        if delivery is None:
            return None
        if delivery.claimed_at is not None and not _targets_repeat(delivery.target):
            _give_up(delivery, at, "stopped in the middle of sending", next_at=None, failed_at=at)
            return None
        # Until then nobody else takes it; if this process dies, that is when it is looked at again.
        Delivery.objects.filter(pk=pk).update(claimed_at=at, next_at=at + CLAIM_LASTS, attempts=F("attempts") + 1)
        delivery.attempts += 1
        return delivery


def _targets_repeat(name: str) -> bool:
    target = _targets.get(name)
    return target is not None and target.repeatable


def _note_failure(delivery: Delivery, at: datetime, problem: Exception) -> None:
    failure = f"{type(problem).__name__}: {problem}"[:300]
    if delivery.attempts <= len(DELAYS) and not isinstance(problem, outside.Refused):
        next_at = at + timedelta(minutes=DELAYS[delivery.attempts - 1])
        said = {"claimed_at": None, "failed_at": at, "failure": failure, "next_at": next_at}
        Delivery.objects.filter(pk=delivery.pk).update(**said)
        return
    with transaction.atomic():
        _give_up(delivery, at, failure, claimed_at=None, failed_at=at, next_at=None)


def _give_up(delivery: Delivery, at: datetime, failure: str, **said: datetime | None) -> None:
    """It will not be tried again by itself; in the same transaction it becomes somebody's work."""
    Delivery.objects.filter(pk=delivery.pk).update(failure=failure, **said)
    target = _targets.get(delivery.target)
    if target is not None and target.given_up is not None:
        delivery.refresh_from_db()
        try:
            with transaction.atomic():
                target.given_up(delivery, at)
        except Exception:
            # It stays given up, and stands on the operator's page; what comes after it is delivered.
            logger.exception("delivery %s was given up and nobody could be told", delivery.pk)


def tried_at(delivery: Delivery) -> datetime:
    """The moment of the trying that is going on: what the delivery does happens then."""
    claimed_at = Delivery.objects.values_list("claimed_at", flat=True).get(pk=delivery.pk)
    assert claimed_at is not None  # marked before anything leaves
    return claimed_at


def try_again(delivery: Delivery, at: datetime) -> bool:
    """A person wants it to be tried once more, from the beginning; False if it has arrived or is being tried anyway."""
    again = {"next_at": at, "claimed_at": None, "attempts": 0, "failure": "", "failed_at": None}
    return bool(stuck().filter(pk=delivery.pk).update(**again))


def stuck() -> models.QuerySet[Delivery]:
    """What did not arrive and will not be tried again by itself: for a person to look at."""
    return Delivery.objects.filter(delivered_at=None, next_at=None).order_by("failed_at", "id")


def overdue(at: datetime) -> models.QuerySet[Delivery]:
    """What should have been tried before this moment and was not: nobody is carrying deliveries out."""
    return Delivery.objects.filter(next_at__lt=at, claimed_at=None)


def has_delivered_since(moment: datetime) -> bool:
    """Whether somebody carries deliveries out: one arrived after this moment."""
    return Delivery.objects.filter(delivered_at__gte=moment).exists()

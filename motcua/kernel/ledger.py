"""What happened: append-only, hash-chained events, and who is told in the same transaction.

Nouns: Event (one act or its consequence), subscriber (a function of an upper room that changes rows in the same
transaction).
Payloads carry ids, codes and salted digests, never personal values: those live in rows that retention may erase,
and the chain must verify afterwards. One chain per matter; `position` orders everything and may have gaps.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models, transaction

from motcua.kernel import highwater, protection, rows
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office


class Happening(Protocol):
    """A frozen dataclass of some room's events module."""

    type: ClassVar[str]


class Event(models.Model):
    """One thing that happened, for ever."""

    position = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey("kernel.Matter", models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    op_id = models.CharField(max_length=100, null=True, unique=True)
    type = models.CharField(max_length=60)
    office = models.ForeignKey("kernel.Office", models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("kernel.Post", models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    payload = models.JSONField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="one_event_per_place_in_the_chain")]
        indexes = [
            models.Index(fields=["type", "position"]),
            # When a post was last used, however many acts there are.
            models.Index(fields=["post", "position"], condition=models.Q(post__isnull=False), name="acts_by_post"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.type}"


protection.append_only("kernel_event")

# An act may have waited for another on the same matter, and clocks of two machines differ a little; more is a mistake.
DRIFT = timedelta(minutes=1)


class BeforeLastEvent(ValueError):
    """An act is dated before what is already recorded of its matter."""

    def __init__(self, at: datetime, last: datetime) -> None:
        super().__init__(f"{at} is before the last recorded event, {last}")
        self.at, self.last = at, last


Subscriber = Callable[[Event], None]
_subscribers: dict[str, list[Subscriber]] = defaultdict(list)


def subscribe(event_type: str, subscriber: Subscriber) -> None:
    """Run this inside the transaction of every such event. Called from apps.py of the room that listens."""
    if subscriber not in _subscribers[event_type]:
        _subscribers[event_type].append(subscriber)


def record(
    happening: Happening,
    *,
    matter: Matter,
    at: datetime,
    by: Person | None = None,
    post: Post | None = None,
    office: Office | None = None,
    on_behalf_of: Person | None = None,
    op_id: str | None = None,
) -> Event:
    """Append to the matter's chain and tell the subscribers; only inside the transaction of the act itself.

    `by` is None when the citizen acts. `op_id` names the outside write: a second event with it is refused by the
    database. Raises BeforeLastEvent for a moment before what is recorded already.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    seq, prev_hash, last_at = _end_of_chain(matter)
    if last_at is not None and at < last_at - DRIFT:
        raise BeforeLastEvent(at, last_at)
    event = Event(
        matter=matter,
        seq=seq + 1,
        op_id=op_id,
        type=happening.type,
        office=office,
        actor=by,
        post=post,
        # An acting post acts for whoever is away.
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else post.in_place_of_id if post else None,
        at=at,
        payload=_payload(happening),
        prev_hash=prev_hash,
    )
    event.hash = digest(event)
    rows.insert(event)
    highwater.expect(event.position)
    transaction.on_commit(partial(highwater.note, event.position, event.hash, at), robust=True)
    matter.__dict__["_chain_end"] = (event.seq, event.hash, event.at)
    for subscriber in _subscribers[event.type]:
        subscriber(event)
    return event


def _end_of_chain(matter: Matter) -> tuple[int, str, datetime | None]:
    """Sequence, hash and moment of the matter's last event. A matter made in this very transaction has none, and is
    not asked.
    """
    known: tuple[int, str, datetime | None] | None = matter.__dict__.get("_chain_end")
    if known is not None and matter.__dict__.get("_made_here"):
        return known
    last = Event.objects.filter(matter=matter).order_by("-seq").values_list("seq", "hash", "at").first()
    return last or (0, "", None)


def _payload(happening: Happening) -> dict[str, Any]:
    if not is_dataclass(happening):
        raise TypeError(f"{happening!r} is not an event of a room")
    return {key: _plain(value) for key, value in asdict(happening).items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID | date) else value


def canonical(event: Event) -> str:
    """Everything the event says, and the hash of the event before it, in the one form of which the digest is made."""
    said = [
        event.matter_id.hex,
        event.seq,
        event.op_id,
        event.type,
        event.office_id,
        event.actor_id,
        event.post_id,
        event.on_behalf_of_id,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.payload,
        event.prev_hash,
    ]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(event: Event) -> str:
    """SHA-256 over that."""
    return hashlib.sha256(canonical(event).encode()).hexdigest()


def history(matter: Matter) -> models.QuerySet[Event]:
    """The matter's events in order, with the names a reader needs."""
    events = Event.objects.filter(matter=matter).order_by("seq")
    return events.select_related("office", "actor", "post__role", "on_behalf_of")


def last_moment() -> datetime | None:
    """When the newest event happened; the clock of a healthy machine is not before it."""
    return Event.objects.order_by("-position").values_list("at", flat=True).first()


def last_position() -> int:
    """How far the record has come; 0 when nothing happened yet."""
    return Event.objects.order_by("-position").values_list("position", flat=True).first() or 0


def last_of(*types: str) -> datetime | None:
    """When one of these happened last."""
    return Event.objects.filter(type__in=types).order_by("-position").values_list("at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Break:
    """An event that does not follow from the one before it."""

    matter_id: UUID
    position: int

    def __str__(self) -> str:
        return f"event {self.position} of matter {self.matter_id} does not follow from the one before it"


def breaks(of: Sequence[UUID] | None = None, using: str = DEFAULT_DB_ALIAS) -> Iterator[Break]:
    """Every place where a chain does not hold, of these matters or of all; nothing when all is well."""
    events = Event.objects.using(using).order_by("matter_id", "seq")
    ends: dict[UUID, tuple[int, str]] = {}
    for event in (events if of is None else events.filter(matter__in=of)).iterator(chunk_size=2000):
        seq, prev_hash = ends.get(event.matter_id, (0, ""))
        if event.seq != seq + 1 or event.prev_hash != prev_hash or event.hash != digest(event):
            yield Break(event.matter_id, event.position)
        ends = {event.matter_id: (event.seq, event.hash)}

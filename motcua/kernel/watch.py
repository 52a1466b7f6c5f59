"""What must hold of every matter, looked at all the time: what was just changed at once, everything in a slow round.

Nouns: Breach (one thing that does not hold of one matter: since when, cleared when), probe (how a room looks at its
kind of matter), fault (what a probe finds), Watch (how far the looking has come).
It mends nothing and blocks nobody. What is found is a row that pages show, until a later look finds it mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils.functional import Promise

from motcua.kernel import ledger, rows
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter

# In one look: so many events at most, and so many matters of the round. A hundred thousand matters take three hours.
MOST_EVENTS, ROUND = 5_000, 500
# On PostgreSQL an event may become visible after one with a higher position; what is later still, the round finds.
LAG = 200
CHUNK = 500
CHAIN = "chain"


class Breach(models.Model):
    """One thing that does not hold of one matter."""

    matter = models.ForeignKey("kernel.Matter", models.PROTECT, related_name="breaches")
    kind = models.CharField(max_length=40)
    detail = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    # When it was last seen; empty `cleared_at`: it still is so.
    seen_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-since", "-id"]
        verbose_name_plural = "breaches"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"], condition=Q(cleared_at=None), name="one_open_breach_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.matter_id}"


class Watch(models.Model):
    """How far the looking has come; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # The last event looked at, and the last matter of the round.
    position = models.BigIntegerField(default=0)
    round_at = models.UUIDField(null=True)
    round_ended_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "watches"
        constraints = [models.CheckConstraint(name="one_watch", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"looked at {self.looked_at}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold, as a probe saw it."""

    matter_id: UUID
    kind: str
    detail: str = ""


Probe = Callable[[Sequence[UUID]], Iterable[Fault]]
Faults = dict[tuple[UUID, str], str]
_probes: dict[str, list[Probe]] = defaultdict(list)
_words: dict[str, str | Promise] = {}


def register(kind: str, probe: Probe, words: Mapping[str, str | Promise]) -> None:
    """Say how matters of this kind are looked at, and what its faults are called. From apps.py of the room."""
    if probe not in _probes[kind]:
        _probes[kind].append(probe)
    _words.update(words)


def words_of(kind: str) -> str | Promise:
    """What this kind of fault is called, in a sentence."""
    return _words.get(kind, kind)


def look(at: datetime) -> Faults:
    """What was changed since the last look, a part of the round, and what was broken before; by one process at a
    time.
    """
    watch = Watch.objects.first() or Watch()
    changed, position = _changed(watch)
    part = _part_of_the_round(watch)
    broken = Breach.objects.filter(cleared_at=None).values_list("matter_id", flat=True)
    looked = {*changed, *part, *broken}
    faults = faults_of(looked)
    watch.position, watch.looked_at = position, at
    watch.round_at = part[-1] if len(part) == ROUND else None
    watch.round_ended_at = watch.round_ended_at if watch.round_at else at
    with transaction.atomic():
        _note(looked, faults, at)
        watch.save()
    return faults


def look_at_all(at: datetime) -> Faults:
    """The whole round at once."""
    found: Faults = {}
    for part in _chunks(list(Matter.objects.order_by("id").values_list("pk", flat=True))):
        faults = faults_of(part)
        with transaction.atomic():
            _note(set(part), faults, at)
        found |= faults
    return found


def _changed(watch: Watch) -> tuple[set[UUID], int]:
    """The matters of the events behind the last position, and the new position."""
    lag = LAG if connection.vendor == "postgresql" else 0
    events = Event.objects.filter(position__gt=watch.position - lag).order_by("position")
    found = list(events.values_list("position", "matter_id")[: MOST_EVENTS + lag])
    return {matter for _, matter in found}, max(watch.position, found[-1][0] if found else 0)


def _part_of_the_round(watch: Watch) -> list[UUID]:
    behind = Matter.objects.filter(pk__gt=watch.round_at) if watch.round_at else Matter.objects
    return list(behind.order_by("pk").values_list("pk", flat=True)[:ROUND])


def faults_of(matter_ids: Iterable[UUID]) -> Faults:
    """Everything that does not hold of these matters. Between two statements somebody may have done an act, so only
    what is seen twice is said.
    """
    once = _seen(matter_ids)
    twice = _seen({matter for matter, _ in once}) if once else {}
    return {key: detail for key, detail in twice.items() if key in once}


def _seen(matter_ids: Iterable[UUID]) -> Faults:
    return {
        (fault.matter_id, fault.kind): fault.detail for part in _chunks(sorted(matter_ids)) for fault in _probed(part)
    }


def _probed(part: Sequence[UUID]) -> Iterator[Fault]:
    for broken in ledger.breaks(part):
        yield Fault(broken.matter_id, CHAIN, str(broken.position))
    of_kind = defaultdict(list)
    for pk, kind in Matter.objects.filter(pk__in=part).values_list("pk", "kind"):
        of_kind[kind].append(pk)
    for kind, own in of_kind.items():
        for probe in _probes[kind]:
            yield from probe(own)


def _note(looked: set[UUID], faults: Faults, at: datetime) -> None:
    """New breaches get a row, those that are still there their moment, those that are gone their end."""
    known = {(breach.matter_id, breach.kind): breach for breach in _open_of(looked)}
    gone = [breach.pk for key, breach in known.items() if key not in faults]
    Breach.objects.filter(pk__in=gone).update(cleared_at=at)
    for (matter_id, kind), detail in faults.items():
        if breach := known.get((matter_id, kind)):
            Breach.objects.filter(pk=breach.pk).update(seen_at=at, detail=detail[:300])
        else:
            new = Breach(matter_id=matter_id, kind=kind, detail=detail[:300], since=at, seen_at=at)
            rows.insert(new, unless_there=True)


def _open_of(matter_ids: set[UUID]) -> Iterator[Breach]:
    """Few, however many matters there are: what holds has no row."""
    return (breach for breach in Breach.objects.filter(cleared_at=None) if breach.matter_id in matter_ids)


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def open_breaches() -> models.QuerySet[Breach]:
    """What does not hold now, the newest first."""
    return Breach.objects.filter(cleared_at=None).select_related("matter").order_by("-since", "-id")


def is_doubted(matter: Matter) -> bool:
    """Whether something does not hold of this matter now; whoever asks about it is told that it is being looked at."""
    return Breach.objects.filter(matter=matter, cleared_at=None).exists()

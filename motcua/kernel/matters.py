"""Anything offices handle, and who has it now: one inbox, one permission filter, one history for every room.

Nouns: Matter, MatterParty (which office in which capacity, from when to when), WorkItem (what is to be done next, by
whom, until when),
ClockEntry (the stored legal clock), Remark. A dossier, a difficulty, a directive each extends Matter one to one.
It does not know what a matter is about.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from motcua.kernel import identity, protection, rows
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office

OWNER, RECEIVING, HELPING, CONSULTED, INFORMED, SUPERVISING = (
    "owner",
    "receiving",
    "helping",
    "consulted",
    "informed",
    "supervising",
)
CAPACITIES = (OWNER, RECEIVING, HELPING, CONSULTED, INFORMED, SUPERVISING)
ADMINISTRATION = "administration"


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): it sorts by the moment it was made, so that an index grows at its end."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | (0x7 << 76)
    return UUID(int=value & ~(0x3 << 62) | (0x2 << 62))


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters with the filters that people name."""

    def visible_to(self, person: Person, day: date) -> MatterQuerySet:
        """Those to which an office for which this person works is a party today; who only administers it sees none."""
        offices = identity.offices_worked_for(person, day)
        return self.filter(Exists(MatterParty.objects.current().filter(matter=OuterRef("pk"), office__in=offices)))


class Matter(models.Model):
    """Something offices handle, with a reference that never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    visibility = models.CharField(max_length=20, default="parties")

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "opened_at"])]
        constraints = [
            models.CheckConstraint(
                name="matter_closes_after_it_opens",
                condition=Q(closed_at=None) | Q(closed_at__gte=models.F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class MatterPartyQuerySet(models.QuerySet["MatterParty"]):
    """Parties with the filters that people name."""

    def current(self) -> MatterPartyQuerySet:
        """Not ended."""
        return self.filter(to_at=None)


class MatterParty(models.Model):
    """That an office has to do with a matter, in a capacity, from a moment to a moment."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parties")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12, choices=[(capacity, capacity) for capacity in CAPACITIES])
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    objects = MatterPartyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["office", "matter"], condition=Q(to_at=None), name="current_party_by_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "office", "capacity"], condition=Q(to_at=None), name="one_current_capacity_each"
            ),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(to_at=None, capacity=OWNER), name="one_current_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.capacity} of {self.matter_id}"


class WorkItem(models.Model):
    """What is to be done next on a matter: which step, in which office, by whom if anybody took it, until when."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="work_items")
    step = models.CharField(max_length=60)
    # What kind of step it is, in the words of the room that owns the matter: queues are told apart by it.
    act = models.CharField(max_length=20, blank=True)
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    assignee = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    opened_by = models.ForeignKey("kernel.Event", models.PROTECT, related_name="+")
    # Not indexed by itself: of open work it is empty, and a database that takes it for a rare value reads all of that.
    closed_by = models.ForeignKey("kernel.Event", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["office", "due_at", "id"], condition=Q(closed_by=None), name="open_work_by_office"),
            models.Index(
                fields=["office", "act", "due_at", "id"], condition=Q(closed_by=None), name="open_work_by_act"
            ),
            models.Index(fields=["assignee", "due_at", "id"], condition=Q(closed_by=None), name="open_work_by_person"),
            models.Index(fields=["closed_by"], condition=Q(closed_by__isnull=False), name="work_by_what_closed_it"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "step"], condition=Q(closed_by=None), name="one_open_item_per_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.matter_id}"


class ClockEntry(models.Model):
    """One line of a matter's legal clock; `kernel.clock` computes the due moment from them."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="clock_entries")
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=8, choices=[(kind, kind) for kind in ("start", "pause", "resume", "extend", "stop", "reopen")]
    )
    at = models.DateTimeField()
    # An extension's new moment; empty for the others.
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=100, blank=True)
    calendar_version = models.PositiveIntegerField()

    class Meta:
        ordering = ["matter", "seq"]
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="one_clock_entry_per_place")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"


protection.append_only("kernel_clockentry")


class Remark(models.Model):
    """A sentence an officer leaves for the colleagues who see the matter; never for the citizen."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="remarks")
    author = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=2000)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.author_id} at {self.at}"


def open_matter(
    *,
    kind: str,
    reference: str,
    title: str,
    at: datetime,
    parties: Iterable[tuple[Office, str]],
    visibility: str = "parties",
) -> Matter:
    """Write a matter and its first parties. The caller records the event that says why, in the same transaction."""
    matter = Matter(kind=kind, reference=reference, title=title, opened_at=at, visibility=visibility)
    rows.insert(matter)
    matter.__dict__.update(_made_here=True, _chain_end=(0, "", None))
    rows.insert_all(
        [MatterParty(matter=matter, office=office, capacity=capacity, from_at=at) for office, capacity in parties]
    )
    return matter


def join(matter: Matter, office: Office, capacity: str, at: datetime) -> None:
    """The office becomes a party in this capacity, unless it is already."""
    MatterParty.objects.get_or_create(
        matter=matter, office=office, capacity=capacity, to_at=None, defaults={"from_at": at}
    )


def leave(matter: Matter, office: Office, capacity: str, at: datetime) -> None:
    """The office is no longer a party in this capacity; that it was stays."""
    MatterParty.objects.current().filter(matter=matter, office=office, capacity=capacity).update(to_at=at)


def enter_clock(
    matter: Matter, kind: str, at: datetime, version: int, *, reason: str = "", until: datetime | None = None
) -> ClockEntry:
    """The next line of the matter's clock; by the calendar of its first line, or of this version if it is the first."""
    last = ClockEntry.objects.filter(matter=matter).order_by("-seq").first()
    return ClockEntry.objects.create(
        matter=matter,
        seq=last.seq + 1 if last else 1,
        kind=kind,
        at=at,
        until=until,
        reason=reason,
        calendar_version=last.calendar_version if last else version,
    )


def administration_of(office: Office, at: datetime) -> Matter:
    """The matter that carries what is changed about an office itself: people, posts, hours, overlays."""
    reference = f"{ADMINISTRATION}/{office.code}"
    found = Matter.objects.filter(reference=reference).first()
    return found or open_matter(
        kind=ADMINISTRATION, reference=reference, title=office.name, at=at, parties=[(office, OWNER)]
    )

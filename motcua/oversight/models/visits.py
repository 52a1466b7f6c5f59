"""A working visit: who goes where and when, what was looked at there, and what was found."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.oversight.rules import visits as rules


class Visit(models.Model):
    """A delegation visits some communes. `sequence` rises whenever calendars must change."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="visit")
    state = models.CharField(max_length=10, choices=[(state, state) for state in rules.STATES])
    title = models.CharField(max_length=300)
    purpose = models.TextField(max_length=5000, blank=True)
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    planned_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    # What was said and agreed, once it is over.
    minutes = models.TextField(max_length=20_000, blank=True)

    class Meta:
        ordering = ["-begins_at", "-matter"]
        indexes = [models.Index(fields=["begins_at"])]
        constraints = [
            models.CheckConstraint(name="a_visit_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))),
            models.CheckConstraint(name="a_held_visit_has_minutes", condition=~Q(state="held") | ~Q(minutes="")),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number by which people speak of it."""
        return self.matter.reference


class Host(models.Model):
    """A commune that is visited."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="hosts")
    commune = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["visit", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "commune"], name="a_commune_is_host_once")]

    def __str__(self) -> str:
        return f"{self.commune_id} hosts {self.visit_id}"


class Member(models.Model):
    """Somebody of the delegation, by name as it stands on the plan."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="members")
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["visit", "no"]
        constraints = [models.UniqueConstraint(fields=["visit", "no"], name="one_member_per_place")]

    def __str__(self) -> str:
        return self.name


class AgendaItem(models.Model):
    """What is spoken about, in order."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="agenda")
    no = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ["visit", "no"]
        constraints = [models.UniqueConstraint(fields=["visit", "no"], name="one_item_per_place")]

    def __str__(self) -> str:
        return self.text


class Check(models.Model):
    """What was seen of one thing in one commune."""

    host = models.ForeignKey(Host, models.PROTECT, related_name="checks")
    what = models.CharField(max_length=12, choices=[(what, what) for what in rules.CHECKS])
    mark = models.CharField(max_length=8, blank=True, choices=[(mark, mark) for mark in rules.MARKS])
    words = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["host", "id"]
        constraints = [models.UniqueConstraint(fields=["host", "what"], name="each_thing_is_seen_once_per_host")]

    def __str__(self) -> str:
        return f"{self.what} of {self.host_id}"


class Photo(models.Model):
    """A photo beside what was seen; without place, moment and owner of the camera."""

    check_of = models.ForeignKey(Check, models.PROTECT, related_name="photos")
    file = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"photo of {self.check_of_id}"


class Finding(models.Model):
    """What was found: praise, a fault, a difficulty that was raised, something that is asked for."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    host = models.ForeignKey(Host, models.PROTECT, null=True, related_name="findings")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in rules.FINDINGS])
    text = models.TextField(max_length=2000)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="a_finding_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.kind} at {self.visit_id}"

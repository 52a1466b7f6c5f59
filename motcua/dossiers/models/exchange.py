"""Dossiers that come from another system and go on being told to it: who it is, what it sent, what it calls things.

Arrival.content and OutsidePaper.name hold personal values.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.rules import exchange

OUTCOMES = ("waiting", "filed", "followed", "attached", "noted", "set_aside", "replaced")


class PartnerSystem(models.Model):
    """Another system with which dossiers are exchanged: the National Portal, a ministry's."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in exchange.KINDS])
    # Who looks at what cannot be matched while no office is known.
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    # Where the status goes; empty: it is told nowhere.
    endpoint = models.URLField(max_length=500, blank=True)
    # From where papers may be fetched, beside the endpoint's own host.
    file_hosts = models.JSONField(default=list)
    # Its words for our states where they are not the National Portal's numbers: {state: code}.
    statuses = models.JSONField(default=dict)
    # Digest of the key that it shows; empty: it may not send to the endpoint.
    key_hash = models.CharField(max_length=64, blank=True)
    # Where it lays files down; empty: nowhere.
    folder = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class CodeMeaning(models.Model):
    """What the other system's code means here, where it is not the same: a procedure, a commune."""

    system = models.ForeignKey(PartnerSystem, models.PROTECT, related_name="meanings")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in (exchange.PROCEDURE, exchange.OFFICE)])
    theirs = models.CharField(max_length=200)
    ours = models.CharField(max_length=60)

    class Meta:
        ordering = ["system", "kind", "theirs"]
        constraints = [models.UniqueConstraint(fields=["system", "kind", "theirs"], name="one_meaning_per_code")]

    def __str__(self) -> str:
        return f"{self.theirs} = {self.ours}"


class StatusOwner(models.Model):
    """That another system says how far dossiers of this version have come. No row: we do."""

    version = models.OneToOneField("procedures.Version", models.PROTECT, primary_key=True, related_name="+")
    system = models.ForeignKey(PartnerSystem, models.PROTECT, related_name="+")
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version_id}: {self.system_id}"


class ExternalRef(models.Model):
    """The number under which another system knows the dossier; the dossier keeps its own beside it."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="external_ref")
    system = models.CharField(max_length=30)
    number = models.CharField(max_length=100)
    # Who says how far it has come; as it was for its version when it came.
    owner = models.CharField(max_length=5, choices=[(who, who) for who in (exchange.HERE, exchange.THERE)])
    # It was under way in an earlier system and goes on here.
    carried_over = models.BooleanField(default=False)

    class Meta:
        ordering = ["system", "number"]
        constraints = [models.UniqueConstraint(fields=["system", "number"], name="one_dossier_per_outside_number")]

    def __str__(self) -> str:
        return f"{self.system} {self.number}"


class Arrival(models.Model):
    """One message of another system, kept as it came, with what became of it."""

    system = models.ForeignKey(PartnerSystem, models.PROTECT, related_name="arrivals")
    number = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    content = models.TextField()
    way = models.CharField(max_length=10, choices=[(way, way) for way in ("endpoint", "folder")])
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=[(outcome, outcome) for outcome in OUTCOMES])
    # Why somebody has to look at it: codes of rules.exchange.
    faults = models.JSONField(default=list)
    # Set while or since somebody has to look at it.
    matter = models.OneToOneField("kernel.Matter", models.PROTECT, null=True, related_name="arrival")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="arrivals")
    # Why it was set aside, in words.
    reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["system", "number"], name="arrival_by_number"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["system", "sha256"], name="one_arrival_per_content"),
            models.CheckConstraint(
                name="what_waits_is_work", condition=~Q(outcome="waiting") | Q(matter__isnull=False)
            ),
            models.CheckConstraint(
                name="what_was_filed_has_a_dossier",
                condition=~Q(outcome__in=["filed", "followed", "attached"]) | Q(dossier__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system_id} {self.number}"


class OutsidePaper(models.Model):
    """A paper that the other system names: fetched, waited for, or not to be had."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="outside_papers")
    # Its name there; digested, since it may be an address.
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    sid = models.CharField(max_length=60)
    address = models.CharField(max_length=1000, blank=True)
    file = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True)
    # Why it is not taken: a code of services.uploads, or of where it lies.
    failure = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "key"], name="one_outside_paper_per_name"),
            models.CheckConstraint(
                name="kept_outside_paper_has_a_file", condition=Q(kept_at=None) | Q(file__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"paper of {self.dossier_id}"

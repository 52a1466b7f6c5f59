"""Tables of the catalogue: sectors, procedures, their dated versions, what a province or commune lays over them, the
everyday words by which people find them, and the sheets that hang on its walls.

A published version, every overlay and what a posting says never change: the database refuses (kernel.protection).
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from motcua.kernel import freshness, protection


class Sector(models.Model):
    """A field of public administration, as the law groups procedures ("lĩnh vực")."""

    slug = models.SlugField(max_length=80, primary_key=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name_vi"]

    def __str__(self) -> str:
        return self.name_vi


class Procedure(models.Model):
    """An administrative procedure under its national code; what it says is in its versions."""

    code = models.CharField(max_length=20, primary_key=True)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="procedures")
    matter = models.OneToOneField("kernel.Matter", models.PROTECT, related_name="+")
    # The words of the newest published version, repeated here for lists.
    name = models.CharField(max_length=1000)
    short_name = models.CharField(max_length=200)
    short_name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["short_name", "code"]

    def __str__(self) -> str:
        return self.code


class VersionQuerySet(models.QuerySet["Version"]):
    """Versions with the filters that people name."""

    def in_force(self, day: date) -> VersionQuerySet:
        """Published and effective on that day."""
        return self.filter(Q(effective_to=None) | Q(effective_to__gt=day), status="published", effective_from__lte=day)


class Version(models.Model):
    """Everything that shapes a dossier, under a number: fields, papers, limits, fees, route, texts."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    no = models.PositiveIntegerField()
    status = models.CharField(
        max_length=10, choices=[(s, s) for s in ("draft", "published", "retired")], default="draft"
    )
    mode = models.CharField(max_length=10, choices=[(m, m) for m in ("here", "counter", "portal", "none")])
    doc = models.JSONField()
    sha256 = models.CharField(max_length=64)
    legal_basis = models.CharField(max_length=1000, blank=True)
    announcement_decision = models.CharField(max_length=100, blank=True)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "no"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "no"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(status="published", effective_to=None), name="one_version_open_ended"
            ),
            models.CheckConstraint(
                name="version_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.no}"


freshness.watch("procedures_version", freshness.CATALOGUE)
protection.frozen("procedures_version", unless_column="status", equals="draft", may_change=("status", "effective_to"))


class OverlayQuerySet(models.QuerySet["Overlay"]):
    """Overlays with the filters that people name."""

    def in_force(self, day: date) -> OverlayQuerySet:
        """Effective on that day."""
        return self.filter(Q(effective_to=None) | Q(effective_to__gt=day), effective_from__lte=day)


class Overlay(models.Model):
    """What one office sets over a procedure where the law leaves it open; dated and immutable like a version."""

    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="overlays")
    no = models.PositiveIntegerField()
    mode = models.CharField(max_length=10, blank=True)
    doc = models.JSONField()
    legal_source = models.CharField(max_length=300, blank=True)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    objects = OverlayQuerySet.as_manager()

    class Meta:
        ordering = ["office", "procedure", "no"]
        constraints = [
            models.UniqueConstraint(fields=["office", "procedure", "no"], name="one_overlay_per_number"),
            models.UniqueConstraint(
                fields=["office", "procedure"], condition=Q(effective_to=None), name="one_overlay_open_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} at {self.office_id} no {self.no}"


freshness.watch("procedures_overlay", freshness.CATALOGUE)
protection.frozen("procedures_overlay", may_change=("effective_to",))


class Synonym(models.Model):
    """Everyday words and what an office says that they mean: procedures, or words of the office in their place.

    It counts at that office and below it, before the shipped list (data/synonyms.yaml); without codes and words it
    silences the shipped entry of the same phrase.
    """

    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    phrase = models.CharField(max_length=100)
    folded = models.CharField(max_length=100)
    codes = models.JSONField(default=list)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["folded", "office"]
        constraints = [models.UniqueConstraint(fields=["office", "folded"], name="one_synonym_per_phrase_and_office")]

    def __str__(self) -> str:
        return f"{self.phrase} at {self.office_id}"


freshness.watch("procedures_synonym", freshness.CATALOGUE)


class Posting(models.Model):
    """That a sheet hangs, or hung, at a place from a day on: of one procedure, or the list of a field (a sector).

    It pins what the sheet says: version and overlays of a procedure, or the digest of a field's list. Whether that is
    still in force is computed, never stored.
    """

    PROCEDURE, SECTOR = "procedure", "sector"

    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in (PROCEDURE, SECTOR)])
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="postings")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    overlay_ids = models.JSONField(default=list)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, related_name="+")
    listing = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=200)
    posted_date = models.DateField()
    posted_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    photo = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    taken_down_date = models.DateField(null=True)
    taken_down_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    # Names the act of a person that recorded it, perhaps together with others.
    op_id = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["office", "posted_date"])]
        constraints = [
            models.CheckConstraint(
                name="posting_is_of_a_procedure_or_of_a_sector",
                condition=Q(kind="procedure", procedure__isnull=False, version__isnull=False, sector=None, listing="")
                | Q(kind="sector", procedure=None, version=None, sector__isnull=False) & ~Q(listing=""),
            ),
            models.CheckConstraint(
                name="sheet_comes_down_after_it_hung",
                condition=Q(taken_down_date=None, taken_down_by=None)
                | Q(taken_down_date__gte=F("posted_date"), taken_down_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["office", "procedure", "place"], condition=Q(taken_down_date=None), name="one_sheet_at_a_place"
            ),
            models.UniqueConstraint(
                fields=["office", "sector", "place"], condition=Q(taken_down_date=None), name="one_list_at_a_place"
            ),
            models.UniqueConstraint(fields=["op_id", "procedure"], name="one_sheet_in_an_act"),
            models.UniqueConstraint(fields=["op_id", "sector"], name="one_list_in_an_act"),
        ]

    def __str__(self) -> str:
        return f"{self.key} at {self.office_id}, {self.place}"

    @property
    def key(self) -> str:
        """The procedure's code or the sector's slug."""
        return str(self.procedure_id or self.sector_id)


freshness.watch("procedures_posting", freshness.POSTINGS)
protection.frozen("procedures_posting", may_change=("taken_down_date", "taken_down_by_id"))

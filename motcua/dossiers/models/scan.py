"""Papers scanned or photographed before they belong to a dossier: from a watched folder, a phone, the counter itself.

The bytes are kept like every other file; a row says where they lie until an officer attaches them, once.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier

SOURCES = ("folder", "phone", "counter")


class ScanFolder(models.Model):
    """The folder into which an office's scanner puts its files: a name below the folder of all of them."""

    office = models.OneToOneField("kernel.Office", models.PROTECT, primary_key=True, related_name="+")
    folder = models.CharField(max_length=40, unique=True)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.folder


class Scan(models.Model):
    """One paper as a file, lying at a commune's counter."""

    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    # None when it was refused, and once its dossier was erased by law.
    file = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=8, choices=[(each, each) for each in SOURCES])
    # The sheet of the counter it was sent to; empty: whichever takes it.
    op_id = models.CharField(max_length=100, blank=True)
    # The paper it was sent for; empty: the officer says.
    sid = models.CharField(max_length=60, blank=True)
    arrived_at = models.DateTimeField()
    # A digest of name, size and moment of a file of the folder: it is read once.
    source_key = models.CharField(max_length=64, null=True, unique=True)
    # Why it was not taken, as a code of the upload checks.
    refused = models.CharField(max_length=20, blank=True)
    put_away_at = models.DateTimeField(null=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="scans")
    attached_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["office", "id"], condition=Q(dossier=None, put_away_at=None), name="scans_lying_by_office"
            ),
            models.Index(fields=["arrived_at"], condition=Q(dossier=None), name="scans_never_attached"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["op_id", "file", "sid"], condition=~Q(op_id=""), name="one_scan_of_a_file_a_sheet_and_paper"
            ),
            models.CheckConstraint(
                name="a_scan_is_attached_at_a_moment",
                condition=Q(dossier=None, attached_at=None) | Q(attached_at__isnull=False, dossier__isnull=False),
            ),
            models.CheckConstraint(
                name="a_scan_has_a_file_or_was_refused",
                condition=Q(file__isnull=False, refused="")
                | Q(file=None) & (~Q(refused="") | Q(dossier__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PhoneLink(models.Model):
    """A page by which a phone sends photos to one sheet of the counter, for a short while and without signing in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    op_id = models.CharField(max_length=100)
    # What the papers are for, in the words of the procedure; never who.
    title = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["op_id"]), models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return str(self.pk)

"""What becomes of a closed dossier: it is handed to the archive with a list, and when its time is over somebody
decides whether it is destroyed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier

DECISIONS = ("destroy", "keep")


class ArchiveList(models.Model):
    """One handing over of closed dossiers, with the number of the year under which the list is kept."""

    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    # Who took them; an archive is no office of this centre.
    receiver = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["office", "year", "n"], name="one_archive_list_of_this_number")]

    def __str__(self) -> str:
        return f"{self.n}/{self.year}"


class ArchiveItem(models.Model):
    """One dossier of the list, in its place."""

    list = models.ForeignKey(ArchiveList, models.PROTECT, related_name="items")
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="archived")
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ["list", "place"]
        constraints = [models.UniqueConstraint(fields=["list", "place"], name="one_dossier_a_place_of_the_list")]

    def __str__(self) -> str:
        return f"{self.place} of {self.list_id}"


class DisposalItem(models.Model):
    """A closed dossier whose time is over, proposed by the system's own hand; a person decides."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="disposals")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    due_on = models.DateField()
    # The text by which it is over.
    legal_source = models.CharField(max_length=300)
    decision = models.CharField(max_length=8, choices=[(each, each) for each in DECISIONS], blank=True)
    # Until when a dossier that is kept on is not proposed again.
    keep_until = models.DateField(null=True)
    reason = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["office", "id"]
        indexes = [models.Index(fields=["office", "id"], condition=Q(decision=""), name="disposal_undecided")]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(decision=""), name="one_undecided_disposal"),
            models.CheckConstraint(
                name="disposal_decided_by_somebody",
                condition=Q(decision="", decided_by=None, decided_at=None)
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="kept_dossier_is_kept_until_a_day", condition=~Q(decision="keep") | Q(keep_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"disposal of {self.dossier_id}"

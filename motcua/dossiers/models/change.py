"""What the office corrects about a dossier on its way: who is competent, which procedure it is, what was undone.

Number, day of receipt and filing stay as they were.
"""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.dossier import Dossier


class Transfer(models.Model):
    """Another office is competent: the dossier goes there, the receiving office stays."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="transfers")
    from_office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    to_office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [
            models.CheckConstraint(
                name="transfer_goes_elsewhere", condition=~models.Q(to_office=models.F("from_office"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} to {self.to_office_id}"


class EditionChange(models.Model):
    """The dossier moves to another version of its procedure, or to the procedure that it should have been (R4)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="edition_changes")
    from_version = models.ForeignKey("procedures.Version", models.PROTECT, related_name="+")
    to_version = models.ForeignKey("procedures.Version", models.PROTECT, related_name="+")
    from_overlay_ids = models.JSONField(default=list)
    to_overlay_ids = models.JSONField(default=list)
    reason_code = models.CharField(max_length=40)
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "id"]

    def __str__(self) -> str:
        return f"{self.dossier_id} to version {self.to_version_id}"


class Undoing(models.Model):
    """The last act was taken back, as an act of its own: what was recorded stays recorded."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="undoings")
    event = models.OneToOneField("kernel.Event", models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "id"]

    def __str__(self) -> str:
        return f"{self.dossier_id} undid {self.event_id}"

"""That an official paper of a dossier was issued: its number, when first, from which recorded act."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.dossier import Dossier

FORMS = ("01", "02", "03", "04", "05", "06", "07")


class IssuedForm(models.Model):
    """One issued form of Circular 03/2025; printing it again makes no new one."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="issued_forms")
    form = models.CharField(max_length=2, choices=[(form, form) for form in FORMS])
    # The act it documents; there is at most one form of a kind for an act.
    event = models.ForeignKey("kernel.Event", models.PROTECT, related_name="+")
    # "12/PYC-TTPVHCC"; the dossier number itself for Form 01.
    document_number = models.CharField(max_length=60)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "form"], name="one_form_of_a_kind_for_an_act")]

    def __str__(self) -> str:
        return f"{self.form} of {self.dossier_id}"

"""Sentences between the applicant and the office about a dossier, both ways."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.dossier import Dossier


class Message(models.Model):
    """One message. From the applicant when `by` is empty: then somebody in the office has to answer."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="messages")
    op_id = models.CharField(max_length=100, unique=True)
    text = models.TextField(max_length=4000)
    by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "id"]

    def __str__(self) -> str:
        return f"{self.dossier_id} at {self.at}"

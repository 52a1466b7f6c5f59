"""What came of a request: the result, where it lies, and that it reached the person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier


class Result(models.Model):
    """The paper or decision that the request was for. One that was revoked stays, with the reason."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="results")
    file = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    document_number = models.CharField(max_length=60, blank=True)
    signed_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    # What a stranger types or scans to see whether an electronic result holds; None for a paper.
    verify_code = models.CharField(max_length=40, unique=True, null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    revoke_reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [
            models.CheckConstraint(
                name="revoked_result_says_why",
                condition=Q(revoked_at=None) | (Q(revoked_by__isnull=False) & ~Q(revoke_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ResultSignature(models.Model):
    """The office's digital signature on a result: asked of whoever signs, and the signed file once it is there."""

    result = models.OneToOneField(Result, models.PROTECT, primary_key=True, related_name="signature")
    provider = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    file = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["result"]
        constraints = [
            models.CheckConstraint(
                name="signed_result_has_its_file",
                condition=Q(signed_at=None, file=None) | Q(signed_at__isnull=False, file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"signature on {self.result_id}"


class Returning(models.Model):
    """That the result reached a person: who took it, when, how, with which proof."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="returnings")
    method = models.CharField(max_length=10, choices=[(m, m) for m in ("counter", "post", "electronic")])
    receiver = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    # A signed slip, a postal receipt: as a picture.
    proof = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dossier", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(undone_at=None), name="one_returning_that_holds"),
        ]

    def __str__(self) -> str:
        return f"return of {self.dossier_id}"


class Shelf(models.Model):
    """Where the paper file or the finished result lies; the newest row is where it is now."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="shelves")
    what = models.CharField(max_length=10, choices=[(what, what) for what in ("papers", "result")])
    place = models.CharField(max_length=120)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "id"]

    def __str__(self) -> str:
        return f"{self.what} of {self.dossier_id}: {self.place}"

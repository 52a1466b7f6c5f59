"""What a commune reports upward of a period: a draft in sections, then exactly what was sent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.kernel import protection


class SituationReport(models.Model):
    """A commune's report on some days. While it is a draft, its sections are edited; what was sent is kept apart."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="situation_report")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    # [{"name", "title", "text", "grids": [{"title", "head", "rows", "numbers"}]}]: the tables are the figures of the
    # moment at which it was drafted, the texts are whoever's words.
    sections = models.JSONField()
    drafted_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    # The moment of which its figures are.
    as_of = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-matter"]
        indexes = [models.Index(fields=["office", "sent_at"])]
        constraints = [
            models.CheckConstraint(name="a_reported_period_ends_after_it_begins", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="only_a_sent_report_is_acknowledged",
                condition=Q(acknowledged_at=None) | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number under which it is kept here."""
        return self.matter.reference


class SentReport(models.Model):
    """What was sent, to the letter, with its two papers; the database refuses to change it."""

    report = models.OneToOneField(SituationReport, models.PROTECT, primary_key=True, related_name="sent")
    # The canonical JSON of everything it says; the digest is this text's.
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    pdf = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    word = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    to = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.report_id} sent"


protection.append_only("oversight_sentreport")

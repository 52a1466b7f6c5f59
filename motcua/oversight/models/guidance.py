"""Answers that stand at the step they are about, the documents behind them, and who has read those.

What is published stays as it is: another edition takes its place, and the old address leads there.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.kernel import protection
from motcua.oversight.rules import guidance as rules


class Scope(models.Model):
    """What a matter of this room is about: a procedure or a whole field, and perhaps one step or form field of it."""

    matter = models.ForeignKey("kernel.Matter", models.PROTECT, related_name="scopes")
    procedure_code = models.CharField(max_length=20, blank=True)
    sector = models.CharField(max_length=80, blank=True)
    step = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["procedure_code"]), models.Index(fields=["sector"])]
        constraints = [
            models.CheckConstraint(
                name="a_scope_names_a_procedure_or_a_field", condition=~Q(procedure_code="") | ~Q(sector="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code or self.sector} {self.step}"


class GuidingDocument(models.Model):
    """A document that guides: its number, date and issuer make it more than an opinion."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="guiding_document")
    number = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in rules.DOCUMENT_KINDS])
    issuer = models.CharField(max_length=200)
    signer = models.CharField(max_length=200, blank=True)
    issued_date = models.DateField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    summary = models.TextField(max_length=5000, blank=True)
    # Who entered it here, and for whom it holds: a province or a commune, and all below it.
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    area = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    registered_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-matter"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number", "issued_date"], name="one_document_per_number"),
            models.CheckConstraint(
                name="a_document_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gt=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.issuer}"

    @property
    def reference(self) -> str:
        """The number under which it is kept here."""
        return self.matter.reference


class DocumentFile(models.Model):
    """The document itself, or an annex."""

    document = models.ForeignKey(GuidingDocument, models.PROTECT, related_name="files")
    file = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class DocumentLink(models.Model):
    """That a document takes the place of another, or amends it."""

    document = models.ForeignKey(GuidingDocument, models.PROTECT, related_name="takes")
    other = models.ForeignKey(GuidingDocument, models.PROTECT, related_name="taken_by")
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in (rules.REPLACES, rules.AMENDS)])

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "other", "kind"], name="one_link_of_a_kind"),
            models.UniqueConstraint(
                fields=["other"], condition=Q(kind=rules.REPLACES), name="one_document_in_place_of_another"
            ),
            models.CheckConstraint(name="no_document_takes_its_own_place", condition=~Q(document=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.other_id}"


class Guidance(models.Model):
    """One edition of an entry: a question and how it is done, from a day on, for a province or a commune."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="guidance")
    question = models.TextField(max_length=2000)
    text = models.TextField(max_length=5000)
    document = models.ForeignKey(GuidingDocument, models.PROTECT, null=True, related_name="guidance")
    difficulty = models.ForeignKey("oversight.Difficulty", models.PROTECT, null=True, related_name="guidance")
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    area = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    # The edition in its place; the live one has none.
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")

    class Meta:
        ordering = ["-matter"]
        verbose_name_plural = "guidance"
        indexes = [models.Index(fields=["area", "valid_from"], condition=Q(replaced_by=None), name="live_guidance")]
        constraints = [
            models.CheckConstraint(
                name="guidance_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(name="no_edition_takes_its_own_place", condition=~Q(replaced_by=F("matter"))),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number by which people speak of it."""
        return self.matter.reference


class Reading(models.Model):
    """That whoever held a post read a document and understood it."""

    document = models.ForeignKey(GuidingDocument, models.PROTECT, related_name="readings")
    post = models.ForeignKey("kernel.Post", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["document", "post"], name="one_reading_per_post")]

    def __str__(self) -> str:
        return f"{self.post_id} read {self.document_id}"


protection.append_only("oversight_documentlink")
protection.append_only("oversight_documentfile")
protection.append_only("oversight_reading")

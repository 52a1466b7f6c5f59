"""Conclusions, their paragraphs, and what follows from them: tasks, each given to one office or to many as directives.

Whether a directive is done in time is told from its moments; no row says so.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.kernel import protection
from motcua.oversight.rules import directives as rules


class Conclusion(models.Model):
    """What somebody in charge concludes: a draft until it has number, date and signer; from then on it stands."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="conclusion")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=60, blank=True)
    dated = models.DateField(null=True)
    signer = models.CharField(max_length=200, blank=True)
    signer_title = models.CharField(max_length=200, blank=True)
    # While it is a draft: one line, one paragraph. When it is issued, the paragraphs are rows.
    text = models.TextField(max_length=50_000)
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    # The visit from which it follows.
    visit = models.ForeignKey("oversight.Visit", models.PROTECT, null=True, related_name="conclusions")
    drafted_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    # The paper as it was issued.
    paper = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-matter"]
        indexes = [models.Index(fields=["office", "issued_at"])]
        constraints = [
            models.CheckConstraint(
                name="an_issued_conclusion_has_number_date_and_signer",
                condition=Q(issued_at=None) | (~Q(number="") & ~Q(signer="") & Q(dated__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["office", "number", "dated"],
                condition=Q(issued_at__isnull=False),
                name="one_conclusion_per_number",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number under which it is kept here."""
        return self.matter.reference


class Paragraph(models.Model):
    """One paragraph of an issued conclusion."""

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="paragraphs")
    no = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["conclusion", "no"]
        constraints = [models.UniqueConstraint(fields=["conclusion", "no"], name="one_paragraph_per_place")]

    def __str__(self) -> str:
        return f"{self.conclusion_id}, {self.no}"


class Task(models.Model):
    """What a paragraph asks for: the result, and until when or how often; the parent of its directives."""

    reference = models.CharField(max_length=60, unique=True)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="tasks")
    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="tasks")
    result = models.TextField(max_length=2000)
    # The first reporting day of a regular one.
    due_date = models.DateField()
    every = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=5, blank=True, choices=[(unit, unit) for unit in rules.PERIOD_UNITS])
    issuer = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    given_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="a_regular_task_says_how_often",
                condition=Q(every=None, unit="") | (Q(every__gte=1) & ~Q(unit="")),
            ),
            models.CheckConstraint(name="a_task_names_its_result", condition=~Q(result="")),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def period(self) -> rules.Period | None:
        """How often it is reported on; None for what is done once."""
        return None if self.every is None else rules.Period(self.every, self.unit)  # type: ignore[arg-type]


class Directive(models.Model):
    """A task as it is one office's to do."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="directive")
    task = models.ForeignKey(Task, models.PROTECT, related_name="directives")
    state = models.CharField(max_length=12, choices=[(state, state) for state in rules.STATES])
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    # Computed again from the clock; while it is judged or rests, what it was then.
    due_at = models.DateTimeField()
    # The last report, on whose moment it depends whether it was in time.
    reported_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-matter"]
        indexes = [
            models.Index(fields=["office", "state", "due_at"]),
            models.Index(fields=["issuer", "state", "due_at"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["task", "office"], name="one_directive_per_office_and_task"),
            models.CheckConstraint(name="nobody_directs_itself", condition=~Q(office=F("issuer"))),
            models.CheckConstraint(
                name="what_is_done_was_reported",
                condition=~Q(state__in=["reported", "resting", "done"]) | Q(reported_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number by which people speak of it."""
        return self.matter.reference


class Turn(models.Model):
    """Words beside an act on a directive: a report, what is missing, why another day, what was decided."""

    KINDS = ("change_asked", "allowed", "refused", "report", "sent_back", "approved", "withdrawn", "ended")

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    text = models.TextField(max_length=5000, blank=True)
    # Of a change: the day that is asked for or allowed. Of a report: when it was due.
    due_at = models.DateTimeField(null=True)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    file = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_turn_says_something", condition=Q(kind__in=["allowed", "approved"]) | ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.directive_id}"


protection.append_only("oversight_paragraph")
protection.append_only("oversight_task")
protection.append_only("oversight_turn")

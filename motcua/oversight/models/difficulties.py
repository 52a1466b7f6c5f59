"""A difficulty, who else meets it, what was asked and said about it, and its answers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.oversight.rules import difficulties as rules


class Difficulty(models.Model):
    """Something that does not work, raised at the place where somebody met it. Its words carry no person's numbers."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="difficulty")
    state = models.CharField(max_length=12, choices=[(state, state) for state in rules.STATES])
    topic = models.CharField(max_length=12, choices=[(topic, topic) for topic in rules.TOPICS])
    text = models.TextField(max_length=2000)
    # Where it was met, as the page itself knew it.
    procedure_code = models.CharField(max_length=20, blank=True)
    sector = models.CharField(max_length=80, blank=True)
    version = models.ForeignKey("procedures.Version", models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=60, blank=True)
    page = models.CharField(max_length=200, blank=True)
    error_reference = models.CharField(max_length=40, blank=True)
    # The dossier on whose page it was met: followed only by those who may see that dossier.
    about = models.ForeignKey("kernel.Matter", models.PROTECT, null=True, related_name="+")
    # Whose it is: the office of whoever raised it, and the commune that counts; for the public, the commune twice.
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    commune = models.ForeignKey("kernel.Office", models.PROTECT, null=True, related_name="+")
    # Empty when it came from the public, who need not say who they are.
    raised_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    # Who has it, also when it is finished: who had it last.
    holder = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    # When the department must have answered; empty while the asker must clarify. Computed again from the clock.
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-matter"]
        verbose_name_plural = "difficulties"
        indexes = [
            models.Index(fields=["procedure_code", "state"]),
            models.Index(fields=["holder", "state", "due_at"]),
            models.Index(fields=["commune", "state"]),
            models.Index(fields=["raised_by", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_merged_difficulty_says_into_which",
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into=None)),
            ),
            models.CheckConstraint(name="nothing_is_merged_into_itself", condition=~Q(merged_into=F("matter"))),
            models.CheckConstraint(
                name="an_answered_difficulty_has_a_moment",
                condition=~Q(state__in=["answered", "closed"]) | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number by which people speak of it."""
        return self.matter.reference


class Voice(models.Model):
    """That somebody else meets the same, in an office of a commune."""

    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="voices")
    person = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    commune = models.ForeignKey("kernel.Office", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["difficulty", "person"], name="one_voice_each")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.difficulty_id}"


class Note(models.Model):
    """What was asked back, clarified, or given as a reason; for those who see the difficulty."""

    KINDS = ("asked", "clarified", "passed_on", "reopened", "joined")

    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    text = models.TextField(max_length=2000)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} on {self.difficulty_id}"


class Answer(models.Model):
    """What the office says to it. A later answer, after it was reopened, stands beside the first."""

    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="answers")
    text = models.TextField(max_length=5000)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"answer to {self.difficulty_id}"


class Attachment(models.Model):
    """A file that came with the difficulty, with a clarification or with an answer."""

    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="attachments")
    note = models.ForeignKey(Note, models.PROTECT, null=True, related_name="attachments")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="attachments")
    file = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

"""Feedback and petitions of people, with what was asked and answered, their clocks, and what everybody may read.

Feedback, FeedbackNote, FeedbackAnswer and the names of files hold personal values, which an erasure blanks.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.kernel import protection
from motcua.kernel.clock import UNITS
from motcua.oversight.rules import feedback as rules


def _choices(*values: str) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Feedback(models.Model):
    """What a person says of rules or of how officers behave, or asks for; who has it and where it stands."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="feedback")
    state = models.CharField(max_length=12, choices=_choices(*rules.STATES))
    topic = models.CharField(max_length=8, choices=_choices(*rules.TOPICS))
    # Empty until somebody has looked at it.
    kind = models.CharField(max_length=12, blank=True, choices=_choices(*rules.KINDS, *rules.ELSEWHERE))
    channel = models.CharField(max_length=8, choices=_choices(*rules.CHANNELS))
    text = models.TextField(max_length=5000)
    # Who says it (Decree 20/2008, art. 7); blanked by law.
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    procedure_code = models.CharField(max_length=20, blank=True)
    # The dossier that the person could open: followed only by those who may see that dossier.
    about = models.ForeignKey("kernel.Matter", models.PROTECT, null=True, related_name="+")
    # An earlier one of the same person about the same (indicator 5.3).
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated")
    # At whose page or counter it came, and the office that has it, or had it last.
    commune = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    holder = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    taken_by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    # How often it came to an office: each time its clocks begin anew.
    round = models.PositiveSmallIntegerField(default=1)
    claim_code_hash = models.CharField(max_length=64)
    claim_key_id = models.CharField(max_length=8)
    claim_seed = models.CharField(max_length=100)
    # Why it was not accepted: a code, whose words stand in the notes.
    reason = models.CharField(max_length=16, blank=True)
    answered_at = models.DateTimeField(null=True)
    # What the person thinks of the answer; empty while nothing was said.
    helped = models.BooleanField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-matter"]
        verbose_name_plural = "feedback"
        indexes = [
            models.Index(fields=["commune", "-matter"]),
            models.Index(fields=["about"], condition=Q(about__isnull=False), name="feedback_about_a_matter"),
        ]
        constraints = [
            models.CheckConstraint(
                name="answered_feedback_has_a_moment",
                condition=~Q(state__in=rules.ANSWERED) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(name="refused_feedback_says_why", condition=~Q(state="refused") | ~Q(reason="")),
            models.CheckConstraint(
                name="only_what_belongs_here_is_answered",
                condition=~Q(state__in=rules.ANSWERED) | Q(kind__in=rules.KINDS),
            ),
            models.CheckConstraint(
                name="an_answer_is_judged_when_it_is_there",
                condition=Q(helped=None) | Q(state__in=rules.ANSWERED),
            ),
            models.CheckConstraint(name="no_feedback_repeats_itself", condition=~Q(repeats=models.F("matter"))),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number by which people speak of it."""
        return self.matter.reference


class FeedbackNote(models.Model):
    """What was asked back, clarified, or given as a reason; the person reads it too."""

    KINDS = ("asked", "clarified", "passed_on", "refused", "guided", "kept", "judged")

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=_choices(*KINDS))
    text = models.TextField(max_length=2000)
    # Empty for the person's own words.
    by = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("kernel.Office", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} on {self.feedback_id}"


class FeedbackAnswer(models.Model):
    """What the office says to it."""

    feedback = models.OneToOneField(Feedback, models.PROTECT, primary_key=True, related_name="answer")
    text = models.TextField(max_length=5000)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer to {self.feedback_id}"


class FeedbackFile(models.Model):
    """A file that came with the feedback itself, with a clarification or with the answer."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="files")
    note = models.ForeignKey(FeedbackNote, models.PROTECT, null=True, related_name="files")
    of_answer = models.BooleanField(default=False)
    file = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class FeedbackClock(models.Model):
    """One line of one of its clocks; `kernel.clock` computes the due moment from them."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="clock_lines")
    round = models.PositiveSmallIntegerField()
    clock = models.CharField(max_length=8, choices=_choices(*rules.CLOCKS))
    seq = models.PositiveSmallIntegerField()
    # "recount": the calendar changed, and from this line on its newer version counts.
    kind = models.CharField(max_length=8, choices=_choices("start", "pause", "resume", "stop", "recount"))
    at = models.DateTimeField()
    # The act that wrote it.
    reason = models.CharField(max_length=40, blank=True)
    # The limit that held when it began, and whose working time counts: in each line the same. Of the calendars that of
    # the last line counts.
    value = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12, choices=_choices(*UNITS))
    calendar_version = models.PositiveIntegerField()
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["feedback", "round", "clock", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["feedback", "round", "clock", "seq"], name="one_line_per_place_of_a_feedback_clock"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.kind} at {self.at}"


class Publication(models.Model):
    """What everybody may read of an answered feedback: its sense and the answer, without a name."""

    feedback = models.OneToOneField(Feedback, models.PROTECT, primary_key=True, related_name="publication")
    commune = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    question = models.TextField(max_length=2000)
    answer = models.TextField(max_length=5000)
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-feedback"]
        indexes = [models.Index(fields=["commune", "-feedback"])]

    def __str__(self) -> str:
        return f"publication of {self.feedback_id}"


protection.append_only("oversight_feedbackclock")

"""The dossier itself and who asks. Applicant holds personal values; events never do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

CHANNELS = ("online", "postal", "direct")
STATES = (
    "submitted",
    "received",
    "processing",
    "supplement_requested",
    "payment_requested",
    "result_ready",
    "returned",
    "refused",
    "withdrawn",
    "stopped",
)


class Dossier(models.Model):
    """A request under a number, pinned to the version and overlays under which it was filed."""

    matter = models.OneToOneField("kernel.Matter", models.PROTECT, primary_key=True, related_name="dossier")
    version = models.ForeignKey("procedures.Version", models.PROTECT, related_name="+")
    overlay_ids = models.JSONField(default=list)
    procedure_code = models.CharField(max_length=20)
    channel = models.CharField(max_length=8, choices=[(c, c) for c in CHANNELS])
    state = models.CharField(max_length=24, choices=[(s, s) for s in STATES])
    # Helped at, received at, competent to settle: three organisations, often the same (Decree 118/2025, art. 14).
    helped_office = models.ForeignKey("kernel.Office", models.PROTECT, null=True, related_name="+")
    receiving_office = models.ForeignKey("kernel.Office", models.PROTECT, null=True, related_name="+")
    competent_office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    # Nobody could say yet who is competent: the office that received it looks for whoever is.
    competence_open = models.BooleanField(default=False)
    # Whose working time counts once another office is competent: the one that was when it was received.
    calendar_office = models.ForeignKey("kernel.Office", models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    # The limit that counts, as it stood at receipt: {value, unit, cutoff, legal_source}.
    limit = models.JSONField(null=True)
    # Empty before receipt, and while the clock stands.
    due_at = models.DateTimeField(null=True)
    # The version of the calendar by which it is counted: that of its receipt, or a later one by which it was counted
    # again. Empty before receipt.
    calendar_version = models.PositiveIntegerField(null=True)
    # Days beyond the announced calendar were computed by rule.
    due_estimated = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    claim_code_hash = models.CharField(max_length=64)
    claim_key_id = models.CharField(max_length=8)
    # Given instead of the first when that was lost; the first code then opens nothing.
    claim_seed = models.CharField(max_length=100)

    class Meta:
        ordering = ["-filed_at"]
        indexes = [
            models.Index(fields=["competent_office", "state", "due_at"]),
            models.Index(fields=["procedure_code", "state"]),
            # Whose time has to be counted again when the calendar changes; nothing of the archive is in it.
            models.Index(
                fields=["calendar_version", "matter"],
                condition=Q(state__in=["received", "processing", "supplement_requested", "payment_requested"]),
                name="running_by_calendar",
            ),
            # Figures of a period: what came in it and what ended in it.
            models.Index(fields=["competent_office", "filed_at"], name="dossier_by_filing"),
            # With the columns by which they are told apart, so that counting a million reads the index alone.
            models.Index(
                fields=["competent_office", "received_at", "channel"],
                condition=Q(received_at__isnull=False),
                name="dossier_by_receipt",
            ),
            models.Index(
                fields=["competent_office", "settled_at", "due_at"],
                condition=Q(settled_at__isnull=False),
                name="dossier_by_settling",
            ),
            # What a counter received for other communes: it counts there, and is listed here.
            models.Index(
                fields=["receiving_office", "received_at"],
                condition=Q(received_at__isnull=False),
                name="dossier_by_counter",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="received_dossier_has_a_moment",
                # A supplement may be asked for before receipt as well as after it.
                condition=Q(state__in=["submitted", "supplement_requested", "refused", "withdrawn"])
                | Q(received_at__isnull=False),
            ),
            models.CheckConstraint(
                name="returned_dossier_has_a_moment", condition=~Q(state="returned") | Q(returned_at__isnull=False)
            ),
            models.CheckConstraint(
                name="settled_dossier_has_a_moment",
                condition=~Q(state__in=["result_ready", "returned"]) | Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number on every paper."""
        return self.matter.reference

    @property
    def is_received_elsewhere(self) -> bool:
        """Whether another commune than the competent one received it."""
        office = self.receiving_office
        return office is not None and not office.path.startswith(self.competent_office.path)


class Applicant(models.Model):
    """Who asks. Values may be blanked by law; the row stays."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="applicant")
    full_name = models.CharField(max_length=200)
    # "1990" or "1990-11-24": many people know the year only.
    birth_date = models.CharField(max_length=10, blank=True)
    citizen_id = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["citizen_id"], condition=~Q(citizen_id=""), name="applicant_by_citizen_id"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="applicant_by_phone"),
            models.Index(fields=["birth_date"], condition=~Q(birth_date=""), name="applicant_by_birth_date"),
        ]

    def __str__(self) -> str:
        return f"applicant of {self.dossier_id}"

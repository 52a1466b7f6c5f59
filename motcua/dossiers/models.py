"""Tables of a person's request: what was typed, what was filed, what came of it.

Applicant, Filing.content and the named rows below hold personal values; events never do. A filing never changes,
except that
its content may be blanked together with an erasure event (Law 91/2025 on personal data).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from motcua.kernel import protection
from motcua.kernel.matters import new_id

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


class Upload(models.Model):
    """Bytes somebody sent before filing: an unguessable handle that expires."""

    handle_hash = models.CharField(max_length=64, primary_key=True)
    file = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    # A keyed digest of the sender's network, for the quota; never the address itself.
    network = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    uploaded_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["network", "uploaded_at"]), models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What a citizen has typed so far, before sending; one document, saved whole, the newest number wins."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    commune = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    version = models.ForeignKey("procedures.Version", models.PROTECT, related_name="+")
    overlay_ids = models.JSONField(default=list)
    applicant = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    # What was typed and could not be understood: shown again as it was.
    raw = models.JSONField(default=dict)
    # {component sid: [{handle, name, size, type}]}
    papers = models.JSONField(default=dict)
    pages_done = models.JSONField(default=list)
    seq = models.PositiveIntegerField(default=0)
    # Made with the draft: however often "send" is pressed, it is one filing.
    send_op_id = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return str(self.id)


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
    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    # The limit that counts, as it stood at receipt: {value, unit, cutoff, legal_source}.
    limit = models.JSONField(null=True)
    due_at = models.DateTimeField(null=True)
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
        ]
        constraints = [
            models.CheckConstraint(
                name="received_dossier_has_a_moment",
                condition=Q(state__in=["submitted", "refused", "withdrawn"]) | Q(received_at__isnull=False),
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


class Filing(models.Model):
    """What was sent, word for word, readable alone in twenty years: labels and option texts are in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="filings")
    n = models.PositiveSmallIntegerField()
    op_id = models.CharField(max_length=100, unique=True)
    # Digest of the request as it came, to tell a repetition from another request under the same key.
    request_sha256 = models.CharField(max_length=64)
    version = models.ForeignKey("procedures.Version", models.PROTECT, related_name="+")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "n"]
        constraints = [models.UniqueConstraint(fields=["dossier", "n"], name="one_filing_per_place")]

    def __str__(self) -> str:
        return f"{self.dossier_id} filing {self.n}"


protection.append_only(
    "dossiers_filing",
    blanking=protection.Blanking(
        columns=("content",), event_type="dossiers.personal_data_erased", matter_column="dossier_id"
    ),
)


class Paper(models.Model):
    """A file of a filing, on a component or a file field."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="papers")
    sid = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["filing", "sid", "position"]
        constraints = [models.UniqueConstraint(fields=["filing", "sid", "position"], name="one_paper_per_place")]

    def __str__(self) -> str:
        return self.name


protection.append_only("dossiers_paper")


class Refusal(models.Model):
    """Why a dossier was not accepted (Form 03): a reason in words, and what the person can do instead."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="refusal")
    reason_code = models.CharField(max_length=40)
    reason = models.TextField(max_length=2000)
    advice = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"refusal of {self.dossier_id}"


class Result(models.Model):
    """The paper or decision that the request was for."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="results")
    file = models.ForeignKey("kernel.File", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    document_number = models.CharField(max_length=60, blank=True)
    signed_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "id"]

    def __str__(self) -> str:
        return self.name


class Handing(models.Model):
    """That the result reached a person: who took it, when, how."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="handing")
    method = models.CharField(max_length=10, choices=[(m, m) for m in ("counter", "post", "electronic")])
    receiver = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"handing of {self.dossier_id}"

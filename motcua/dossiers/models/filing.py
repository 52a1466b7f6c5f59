"""What was typed and what was sent: drafts, uploads, and filings, which never change.

A filing's content may be blanked, together with an erasure event only (Law 91/2025 on personal data).
"""

from __future__ import annotations

import uuid

from django.db import models

from motcua.dossiers.models.dossier import Dossier
from motcua.kernel import protection
from motcua.kernel.matters import new_id
from motcua.kernel.seals import ID_LENGTH


class Upload(models.Model):
    """Bytes somebody sent before filing: an unguessable handle that expires."""

    handle_hash = models.CharField(max_length=64, primary_key=True)
    file = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    # A keyed digest of the sender's network, for the quota; never the address itself.
    network = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    # Of the bytes as they came; what is kept of a picture is another file.
    sent_sha256 = models.CharField(max_length=64, blank=True)
    uploaded_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["network", "uploaded_at"]), models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return self.name


class Partial(models.Model):
    """A file that arrives in pieces because the line does not hold: what it will be, and under which key."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    # What the whole must be; checked when the last piece has come.
    sha256 = models.CharField(max_length=64)
    network = models.CharField(max_length=64)
    is_whole = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["network", "begun_at"]), models.Index(fields=["expires_at"])]
        constraints = [models.CheckConstraint(name="a_partial_has_a_size", condition=models.Q(size__gt=0))]

    def __str__(self) -> str:
        return self.name


class Piece(models.Model):
    """Some bytes of a file that is arriving; each begins where the one before it ends."""

    partial = models.ForeignKey(Partial, models.CASCADE, related_name="pieces")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(fields=["partial", "start"], name="one_piece_at_a_place"),
            models.CheckConstraint(name="a_piece_has_bytes", condition=models.Q(end__gt=models.F("start"))),
        ]

    def __str__(self) -> str:
        return f"{self.partial_id} from {self.start}"


class Typed(models.Model):
    """What somebody has typed so far, before sending; one document, saved whole, the newest number wins."""

    answers = models.JSONField(default=dict)
    # What was typed and could not be understood: shown again as it was.
    raw = models.JSONField(default=dict)
    # {component sid: [{handle, name, size, type}]}
    papers = models.JSONField(default=dict)
    pages_done = models.JSONField(default=list)
    # {page sid: moment}: saved elsewhere while it was open here; both are kept until somebody has read both.
    beside = models.JSONField(default=dict)
    seq = models.PositiveIntegerField(default=0)
    # Made with the draft: however often "send" is pressed, it is one filing.
    send_op_id = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def is_sent(self) -> bool:
        """Whether it has become a filing and takes nothing more."""
        raise NotImplementedError


class Draft(Typed):
    """What a citizen has typed of a new dossier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    # Of the key that the resume code gives to another browser, and of the code itself; empty for what began before.
    again_hash = models.CharField(max_length=64, unique=True, null=True)
    resume_hash = models.CharField(max_length=64, unique=True, null=True)
    commune = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    version = models.ForeignKey("procedures.Version", models.PROTECT, related_name="+")
    overlay_ids = models.JSONField(default=list)
    applicant = models.JSONField(default=dict)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_sent(self) -> bool:
        """It belongs to a dossier from then on."""
        return self.dossier_id is not None


class SupplementDraft(Typed):
    """What was typed so far in answer to a supplement request, by whoever holds the claim code or at the counter."""

    request = models.OneToOneField("dossiers.SupplementRequest", models.PROTECT, primary_key=True, related_name="draft")
    is_filed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return f"answer to {self.request_id}"

    @property
    def is_sent(self) -> bool:
        """It is a filing of the dossier from then on."""
        return self.is_filed


class Filing(models.Model):
    """What was sent, word for word, readable alone in twenty years: labels and option texts are in it.

    The first is the request; each later one answers a supplement request and says only what was asked for there.
    """

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
    # The signed receipt; empty on what came before receipts were signed.
    seal_key = models.CharField(max_length=ID_LENGTH, blank=True)
    seal = models.CharField(max_length=86, blank=True)
    supplement_request = models.OneToOneField(
        "dossiers.SupplementRequest", models.PROTECT, null=True, related_name="filing"
    )

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


protection.append_only(
    "dossiers_paper",
    blanking=protection.Blanking(
        columns=("name",),
        event_type="dossiers.personal_data_erased",
        matter_column="dossier_id",
        through=("dossiers_filing", "filing_id"),
    ),
)

"""What the office asks the applicant to mend: always a named field or paper, a reason, and how to mend it (R18)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.proposal import Proposal, decided_whole


class SupplementRequest(Proposal):
    """One request (Form 02). The first one is decided by whoever makes it; a further one needs an approver and counts
    as late in the service index.

    While it is open the dossier's clock stands; the step that was interrupted is taken up again by the same office.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplement_requests")
    n = models.PositiveSmallIntegerField()
    # Whom to call: name and telephone as they are printed.
    contact = models.CharField(max_length=200)
    answer_by = models.DateTimeField()
    # Why a second time; empty for the first.
    repeat_reason = models.TextField(max_length=2000, blank=True)
    # The step that was open when it was asked, and who had it.
    step = models.CharField(max_length=60)
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    assignee = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # Taken back by the office, or undone. One that was open when the dossier ended stays as it was: it opens nothing.
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dossier", "n"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "n"], name="one_supplement_request_per_place"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(answered_at=None, cancelled_at=None) & ~Q(accepted=False),
                name="one_open_supplement_request",
            ),
            models.CheckConstraint(name="repeated_supplement_says_why", condition=Q(n=1) | ~Q(repeat_reason="")),
            models.CheckConstraint(
                name="answered_supplement_was_sent", condition=Q(answered_at=None) | Q(sent_at__isnull=False)
            ),
            decided_whole("supplement_decided_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} supplement {self.n}"


class SupplementItem(models.Model):
    """One field or paper, why it does not do, and how to mend it."""

    request = models.ForeignKey(SupplementRequest, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in ("field", "component")])
    sid = models.CharField(max_length=60)
    reason_code = models.CharField(max_length=40)
    note = models.TextField(max_length=2000, blank=True)
    remedy = models.TextField(max_length=2000)

    class Meta:
        ordering = ["request", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "sid"], name="one_supplement_item_per_place"),
            models.CheckConstraint(name="supplement_item_says_how_to_mend", condition=~Q(remedy="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sid}"

"""Tables of money: charges, payments, and the accounts to which offices are paid. Whole VND everywhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.payments.rules import SOURCES


class BankAccount(models.Model):
    """Where an office is paid by transfer; the newest row that is not ended counts."""

    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    bank = models.CharField(max_length=6)
    account = models.CharField(max_length=19)
    holder = models.CharField(max_length=120)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["office", "id"]
        constraints = [
            models.UniqueConstraint(fields=["office"], condition=Q(ended_at=None), name="one_account_that_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} at {self.bank}"


class Charge(models.Model):
    """One amount that a matter costs, or from which it is exempt."""

    matter = models.ForeignKey("kernel.Matter", models.PROTECT, related_name="charges")
    # "fee" (phí: part of it stays with the office) or "charge" (lệ phí: all of it goes to the budget).
    kind = models.CharField(max_length=6, choices=[(kind, kind) for kind in ("fee", "charge")])
    label = models.CharField(max_length=300)
    amount = models.PositiveBigIntegerField()
    # The text it rests on; of an exemption the one that exempts.
    basis = models.CharField(max_length=300, blank=True)
    exempt = models.BooleanField(default=False)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Taken back because another one took its place.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["matter", "id"]
        indexes = [models.Index(fields=["matter"], condition=Q(ended_at=None), name="charges_that_count")]
        constraints = [
            models.CheckConstraint(name="exemption_names_its_basis", condition=Q(exempt=False) | ~Q(basis="")),
        ]

    def __str__(self) -> str:
        return f"{self.amount} for {self.matter_id}"


class Payment(models.Model):
    """Money that came for a matter, in cash or by transfer; however often it is reported, once."""

    matter = models.ForeignKey("kernel.Matter", models.PROTECT, related_name="payments")
    source = models.CharField(max_length=8, choices=[(source, source) for source in SOURCES])
    amount = models.PositiveBigIntegerField()
    # Number of the receipt that was given elsewhere (on paper, or by the tax authority's system).
    receipt_number = models.CharField(max_length=40, blank=True)
    op_id = models.CharField(max_length=100, unique=True)
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Recorded by mistake; the row stays.
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["matter", "id"]
        constraints = [
            models.CheckConstraint(name="payment_is_some_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="voided_payment_says_why", condition=Q(voided_at=None) | ~Q(void_reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.amount} by {self.source} for {self.matter_id}"

"""What is owed and what was paid, for one matter or for all lines of a list at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.payments import rules
from motcua.payments.models import BankAccount, Charge, Payment


@dataclass(frozen=True, slots=True)
class Balance:
    """The money of one matter, in VND."""

    charges: tuple[Charge, ...]
    payments: tuple[Payment, ...]

    @property
    def owed(self) -> int:
        """The sum of what is to be paid."""
        return sum(each.amount for each in self.charges if not each.exempt)

    @property
    def paid(self) -> int:
        """The sum of what came."""
        return sum(each.amount for each in self.payments)

    @property
    def open(self) -> int:
        """What is still to be paid."""
        return max(self.owed - self.paid, 0)

    @property
    def standing(self) -> str:
        """nothing | due | part | paid | exempt."""
        return rules.standing(((each.amount, each.exempt) for each in self.charges), self.paid)


def balance(matter: Matter) -> Balance:
    """What this matter costs and what came for it."""
    charges = Charge.objects.filter(matter=matter, ended_at=None)
    return Balance(tuple(charges), tuple(Payment.objects.filter(matter=matter, voided_at=None).select_related("by")))


def standings(matters: Collection[UUID]) -> dict[UUID, str]:
    """Whether each of these is paid; two questions however many there are, and no entry where nothing is charged."""
    charged: dict[UUID, list[tuple[int, bool]]] = defaultdict(list)
    rows = Charge.objects.filter(matter__in=matters, ended_at=None).values_list("matter_id", "amount", "exempt")
    for matter, amount, exempt in rows:
        charged[matter].append((amount, exempt))
    if not charged:
        return {}
    paid: dict[UUID, int] = defaultdict(int)
    came = Payment.objects.filter(matter__in=charged, voided_at=None).values_list("matter_id", "amount")
    for matter, amount in came:
        paid[matter] += amount
    return {matter: rules.standing(charges, paid[matter]) for matter, charges in charged.items()}


def account_of(office: Office) -> BankAccount | None:
    """Where this office, or the nearest one above it that has an account, is paid."""
    found = BankAccount.objects.filter(office__code__in=office.codes, ended_at=None).order_by("-office__path")
    return found.first()


def payment_code(office: Office, balance: Balance, reference: str) -> str:
    """The VietQR payload for what is open, with the reference as its purpose; empty without an account or a debt."""
    account = account_of(office) if balance.open else None
    if account is None:
        return ""
    return rules.vietqr(bank=account.bank, account=account.account, amount=balance.open, purpose=reference)


def is_recorded(op_id: str) -> bool:
    """Whether a payment under this op_id is there already."""
    return Payment.objects.filter(op_id=op_id).exists()

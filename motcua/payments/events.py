"""What can happen to the money of a matter."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AmountCharged:
    """What the matter costs was said, or said anew."""

    type: ClassVar[str] = "payments.charged"
    charges: tuple[int, ...]
    total: int
    exempt: bool


@dataclass(frozen=True, slots=True)
class PaymentRecorded:
    """Money came."""

    type: ClassVar[str] = "payments.recorded"
    payment_id: int
    source: str
    amount: int


@dataclass(frozen=True, slots=True)
class PaymentVoided:
    """A payment had been recorded by mistake."""

    type: ClassVar[str] = "payments.voided"
    payment_id: int


@dataclass(frozen=True, slots=True)
class BankAccountSet:
    """From now on the office is paid to this account."""

    type: ClassVar[str] = "payments.account_set"
    account_id: int

"""The only writers of this room: say what a matter costs, note what came, take a mistake back, set an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from motcua.kernel import ledger, matters
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.payments import rules
from motcua.payments.events import AmountCharged, BankAccountSet, PaymentRecorded, PaymentVoided
from motcua.payments.models import BankAccount, Charge, Payment


@dataclass(frozen=True, slots=True)
class Line:
    """One amount to be charged, in VND; exempt only with the text that exempts."""

    kind: str
    label: str
    amount: int
    basis: str = ""
    exempt: bool = False


def charge_matter(
    *, matter: Matter, lines: Sequence[Line], by: Person, post: Post | None, at: datetime
) -> list[Charge]:
    """Say what the matter costs; what was said before no longer counts. ValueError for an exemption without a basis."""
    if any(line.exempt and not line.basis.strip() for line in lines):
        raise ValueError("an exemption names the text that exempts")
    with transaction.atomic():
        Charge.objects.filter(matter=matter, ended_at=None).update(ended_at=at)
        made = [
            Charge.objects.create(
                matter=matter,
                kind=line.kind,
                label=line.label[:300],
                amount=line.amount,
                basis=line.basis.strip(),
                exempt=line.exempt,
                by=by,
                at=at,
            )
            for line in lines
        ]
        total = sum(line.amount for line in lines if not line.exempt)
        event = AmountCharged(tuple(each.pk for each in made), total, all(line.exempt for line in lines))
        ledger.record(event, matter=matter, at=at, by=by, post=post, office=post.office if post else None)
    return made


def record_payment(
    *,
    matter: Matter,
    source: str,
    amount: int,
    op_id: str,
    by: Person,
    post: Post | None,
    at: datetime,
    receipt_number: str = "",
) -> Payment:
    """Note money that came. The same op_id again is the same payment. ValueError for no money or an unknown source."""
    if source not in rules.SOURCES or amount <= 0:
        raise ValueError("a payment is some money from a known source")
    said = {"matter": matter, "source": source, "amount": amount, "receipt_number": receipt_number.strip()}
    try:
        with transaction.atomic():
            made = Payment.objects.create(op_id=op_id, by=by, at=at, **said)
            event = PaymentRecorded(made.pk, source, amount)
            ledger.record(event, matter=matter, at=at, by=by, post=post, office=post.office if post else None)
            return made
    except IntegrityError:
        earlier = Payment.objects.filter(op_id=op_id, **said).first()
        if earlier is None:
            raise
        return earlier


def void_payment(*, payment: Payment, reason: str, by: Person, post: Post | None, at: datetime) -> None:
    """The payment was recorded by mistake; voiding it again changes nothing. ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a voided payment says why")
    with transaction.atomic():
        held = Payment.objects.select_for_update().get(pk=payment.pk)
        if held.voided_at is not None:
            return
        held.voided_at, held.void_reason = at, reason.strip()
        held.save(update_fields=["voided_at", "void_reason"])
        office = post.office if post else None
        ledger.record(PaymentVoided(held.pk), matter=held.matter, at=at, by=by, post=post, office=office)


def set_bank_account(*, office: Office, bank: str, account: str, holder: str, by: Person, at: datetime) -> BankAccount:
    """Pay the office to this account from now on. ValueError for what no bank would read."""
    rules.vietqr(bank=bank, account=account, amount=1, purpose=office.code)
    with transaction.atomic():
        BankAccount.objects.filter(office=office, ended_at=None).update(ended_at=at)
        made = BankAccount.objects.create(
            office=office, bank=bank, account=account, holder=holder.strip(), by=by, at=at
        )
        ledger.record(
            BankAccountSet(made.pk), matter=matters.administration_of(office, at), at=at, by=by, office=office
        )
    return made

"""The money of a dossier at the counter: what it costs, what was paid, what had been recorded by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import course, refusal
from motcua.kernel import identity
from motcua.kernel.identity import Person, Post
from motcua.payments import queries as payments
from motcua.payments import services as money
from motcua.payments.services import Line
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Definition


def charge_what_is_certain(dossier: Dossier, definition: Definition, by: Person, post: Post, at: datetime) -> None:
    """At receipt, inside its transaction: the amounts that an office confirmed and that depend on no count."""
    certain = procedures.certain_amounts(definition, dossier.channel)
    if certain:
        lines = [Line(each.kind, each.label, each.amount) for each in certain]
        money.charge_matter(matter=dossier.matter, lines=lines, by=by, post=post, at=at)


def charge_dossier(*, dossier: Dossier, lines: Sequence[Line], by: Person, at: datetime) -> None:
    """Say what this dossier costs, or from what it is exempt by which text. Raises policies.NotAllowed, ValueError."""
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        money.charge_matter(matter=dossier.matter, lines=lines, by=by, post=_post(dossier, by, at), at=at)


def take_payment(
    *, dossier: Dossier, source: str, amount: int, receipt_number: str, op_id: str, by: Person, at: datetime
) -> None:
    """Note money that came; the same op_id again changes nothing. Raises refusal.NotPossible, policies.NotAllowed."""
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        post, open_amount = _post(dossier, by, at), payments.balance(dossier.matter).open
        if amount > open_amount and not payments.is_recorded(op_id):
            raise refusal.NotPossible("paid_too_much")
        said = {"source": source, "amount": amount, "receipt_number": receipt_number, "op_id": op_id}
        money.record_payment(matter=dossier.matter, by=by, post=post, at=at, **said)  # type: ignore[arg-type]


def _post(dossier: Dossier, by: Person, at: datetime) -> Post:
    office = dossier.receiving_office or dossier.competent_office
    return policies.post_for(by, identity.INTAKE, office, course.day_of(at))

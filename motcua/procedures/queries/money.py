"""What filing in one way costs, as lines for a paper; whose word an amount is stands in the sentence itself."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.procedures import guidance
from motcua.procedures.definition import Definition


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee (phí) or charge (lệ phí) in the reader's language. `confirmed`: an office has said that it holds here."""

    kind: str
    words: str
    confirmed: bool


def fee_lines(definition: Definition, channel: str) -> list[FeeLine]:
    """The fees of this way of filing; none where nothing is known of them."""
    own = [each for each in definition.channels if each.kind == channel] or list(definition.channels[:1])
    return [FeeLine(fee.kind, guidance.fee_words(fee), fee.status == "confirmed") for each in own for fee in each.fees]


@dataclass(frozen=True, slots=True)
class Amount:
    """What filing in one way costs for certain, in VND: an office has confirmed it, and no count changes it."""

    kind: str
    label: str
    amount: int


def certain_amounts(definition: Definition, channel: str) -> list[Amount]:
    """The amounts that can be charged without asking anybody; nothing while an office has not confirmed them."""
    own = [each for each in definition.channels if each.kind == channel]
    fees = [fee for each in own for fee in each.fees if fee.status == "confirmed" and fee.currency == "VND"]
    if not fees or any(fee.amount is None or fee.per is not None or fee.note is not None for fee in fees):
        return []
    return [Amount(fee.kind, definition.short_name.vi, fee.amount or 0) for fee in fees]

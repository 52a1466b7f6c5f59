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

"""Blank slips: numbers reserved on paper for an outage, what is sealed on them, and when one may be entered.

The line on a slip proves by itself that the centre reserved this number, for which office and when; it proves nothing
of what was written on the paper. Nothing here knows the time or the database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

from motcua.dossiers.rules.receipts import part

KIND = "MCS1"
MOST_SLIPS, FEW = 100, 10
LONGEST_NOTE = 300
_MOMENT = "%Y%m%dT%H%M%S.%fZ"
_LINE = re.compile(
    r"MCS1~(?P<number>[^~\s]{1,120})~(?P<office>[^~\s]{1,120})~(?P<moment>\d{8}T\d{6}\.\d{6}Z)~(?P<key>[0-9a-f]{12})"
    r"~(?P<signature>[\w-]{86})"
)


class NotASlip(ValueError):
    """The text holds no line of a blank slip."""


@dataclass(frozen=True, slots=True)
class Reserved:
    """What is sealed about a number that was reserved."""

    number: str
    # The code of the office that may give it out.
    office: str
    moment: datetime

    def words(self, key: str) -> str:
        """Exactly what the key with this id seals."""
        moment = self.moment.astimezone(UTC).strftime(_MOMENT)
        return "~".join((KIND, part(self.number), part(self.office), moment, key))


@dataclass(frozen=True, slots=True)
class Line:
    """What the code on a slip says: with the key it names and the signature."""

    reserved: Reserved
    key: str
    signature: str

    @property
    def words(self) -> str:
        """What the signature is of."""
        return self.reserved.words(self.key)

    def __str__(self) -> str:
        return f"{self.words}~{self.signature}"


def read(text: str) -> Line:
    """The first line of a slip in a text, whatever stands around it. Raises NotASlip."""
    found = _LINE.search(text) or _LINE.search(re.sub(r"\s+", "", text))
    if found is None:
        raise NotASlip
    try:
        moment = datetime.strptime(found["moment"], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        raise NotASlip from None
    return Line(Reserved(unquote(found["number"]), unquote(found["office"]), moment), found["key"], found["signature"])


def why_not_then(written: datetime, printed: datetime | None, now: datetime) -> str:
    """Why a moment written on a slip cannot be that of its receipt; empty when it can."""
    if printed is None:
        return "not_printed"
    # People write the minute; the printing has seconds.
    if written < printed.replace(second=0, microsecond=0):
        return "before_printing"
    return "in_the_future" if written > now else ""

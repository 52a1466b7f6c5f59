"""The signed receipt: one line that says which filing came when, short enough for a QR code; and the root of a day.

Nouns: Receipt (number, place among the dossier's filings, moment, digest), line, root, path (how a leaf leads to it).
The line proves number, moment and digest by itself; the answers only together with the filing's own text, whose digest
it is. Nothing personal stands in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote

KIND = "MC1"
_MOMENT = "%Y%m%dT%H%M%S.%fZ"
_LINE = re.compile(
    r"MC1~(?P<number>[^~\s]{1,120})~(?P<n>[1-9]\d{0,3})~(?P<moment>\d{8}T\d{6}\.\d{6}Z)~(?P<digest>[\w-]{43})"
    r"~(?P<key>[0-9a-f]{12})~(?P<signature>[\w-]{86})"
)


class NotAReceipt(ValueError):
    """The text holds no line of a receipt."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is sealed about a filing."""

    number: str
    n: int
    moment: datetime
    # The filing's digest, in hexadecimal.
    sha256: str

    def words(self, key: str) -> str:
        """Exactly what the key with this id seals."""
        moment = self.moment.astimezone(UTC).strftime(_MOMENT)
        digest = base64.urlsafe_b64encode(bytes.fromhex(self.sha256)).decode().rstrip("=")
        return "~".join((KIND, part(self.number), str(self.n), moment, digest, key))


@dataclass(frozen=True, slots=True)
class Line:
    """A receipt as it was shown: with the key it names and the signature."""

    receipt: Receipt
    key: str
    signature: str

    @property
    def words(self) -> str:
        """What the signature is of."""
        return self.receipt.words(self.key)

    def __str__(self) -> str:
        return f"{self.words}~{self.signature}"


def part(text: str) -> str:
    """A text as one part of a sealed line, which its sign of parting cannot end."""
    return quote(text, safe="./-_").replace("~", "%7E")


def read(text: str) -> Line:
    """The first receipt in a text, whatever stands around it. Raises NotAReceipt."""
    # A line that was broken for printing or by a messenger is whole again without its white space.
    found = _LINE.search(text) or _LINE.search(re.sub(r"\s+", "", text))
    if found is None:
        raise NotAReceipt
    try:
        moment = datetime.strptime(found["moment"], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        raise NotAReceipt from None
    digest = base64.urlsafe_b64decode(found["digest"] + "=").hex()
    return Line(Receipt(unquote(found["number"]), int(found["n"]), moment, digest), found["key"], found["signature"])


def is_of(content: str, receipt: Receipt) -> bool:
    """Whether this is, to the last byte, the filing that the receipt is of."""
    return hashlib.sha256(content.encode()).hexdigest() == receipt.sha256


# --- the day's root --------------------------------------------------------------------------------------------
def leaf(receipt: Receipt) -> bytes:
    """What stands for a filing in the day's tree; marked, so that no inner node passes for one."""
    return hashlib.sha256(b"\0" + receipt.words("").encode()).digest()


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The next level up; a last one without a neighbour goes up as it is."""
    pairs = [_join(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return pairs + ([level[-1]] if len(level) % 2 else [])


def root(leaves: Sequence[bytes]) -> str:
    """The one digest of all of them, in hexadecimal; empty for none."""
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0].hex() if level else ""


def path(leaves: Sequence[bytes], place: int) -> list[str]:
    """How the leaf at this place leads to the root: neighbours from below, each with the side on which it stands."""
    level, steps = list(leaves), []
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            steps.append(("L" if beside < place else "R") + level[beside].hex())
        level, place = _above(level), place // 2
    return steps


def led_to(start: bytes, steps: Sequence[str]) -> str:
    """Where this leaf leads by these steps, in hexadecimal. ValueError when a step is none."""
    node = start
    for step in steps:
        other = bytes.fromhex(step[1:])
        node = _join(other, node) if step[0] == "L" else _join(node, other)
    return node.hex()


def day_words(day: str, count: int, digest: str, previous: str, key: str) -> str:
    """What is sealed about a day: its root, and the digest of what was sealed about the day with filings before it."""
    return "~".join(("MCD1", day, str(count), digest, previous, key))

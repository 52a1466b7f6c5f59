"""A receipt that somebody shows, held against its seal: pasted, photographed, or the file that whoever filed has kept.

Nouns: Shown (what came), Verdict. It asks no network and, with keys given, no database either.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.dossiers.queries import sealed
from motcua.dossiers.rules import receipts
from motcua.dossiers.rules.receipts import Line, NotAReceipt

__all__ = ["LARGEST", "NotAReceipt", "Shown", "Verdict", "judged", "read"]
# A receipt's file holds what was typed, never the papers themselves.
LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A line, and the filing's own text where that was shown too."""

    line: Line
    content: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one line."""

    line: Line
    # The signature is of exactly these words, by a key of this centre.
    is_genuine: bool
    # Whether the text beside it is the filing, to the last byte; None when there was no text.
    is_whole: bool | None
    said: Mapping[str, Any]

    @property
    def holds(self) -> bool:
        """Genuine, and nothing beside it is another's."""
        return self.is_genuine and self.is_whole is not False


def read(text: str) -> list[Shown]:
    """Every receipt in what was shown: our JSON file, or any text with a line in it. Raises NotAReceipt."""
    try:
        filings = json.loads(text)["filings"]
        found = [Shown(receipts.read(each["receipt"]), str(each.get("content", ""))) for each in filings]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        found = []
    return found or [Shown(receipts.read(text))]


def judged(shown: Shown, keys: Mapping[str, str]) -> Verdict:
    """Held against these keys (by id, base64url)."""
    whole = receipts.is_of(shown.content, shown.line.receipt) if shown.content else None
    said = json.loads(shown.content) if whole else {}
    return Verdict(shown.line, sealed.has_held(shown.line, keys), whole, said)

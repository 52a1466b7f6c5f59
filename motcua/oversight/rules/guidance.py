"""What an entry of guidance is worth, and which documents may take the place of which."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

# Kinds of documents that guide (Decree 30/2020/NĐ-CP, art. 7), by the words that stand on them.
DOCUMENT_KINDS = ("official_letter", "guidance", "decision", "plan", "notice", "regulation", "other")
REPLACES, AMENDS = "replaces", "amends"

Worth = Literal["exchange", "guidance", "outdated", "withdrawn"]


def is_in_force(day: date, effective_from: date, effective_to: date | None, replaced_on: date | None = None) -> bool:
    """Whether it holds on that day: begun, not ended, and no other in its place yet."""
    ended = effective_to is not None and effective_to <= day
    return effective_from <= day and not ended and not (replaced_on is not None and replaced_on <= day)


def worth(*, in_force: bool, has_document: bool, document_in_force: bool) -> Worth:
    """A professional exchange, unless a document with number, date and issuer stands behind it; nothing when that
    document no longer holds.
    """
    if not in_force:
        return "withdrawn"
    if not has_document:
        return "exchange"
    return "guidance" if document_in_force else "outdated"


def leads_back(new: int | object, others: Collection[object], replaces: Mapping[object, Collection[object]]) -> bool:
    """Whether `new` would come to stand in its own place if it replaced these others."""
    waiting, seen = list(others), set()
    while waiting:
        each = waiting.pop()
        if each == new:
            return True
        if each not in seen:
            seen.add(each)
            waiting += replaces.get(each, ())
    return False

"""Typed differences between two documents of the catalogue, in words that a manager of procedures reads.

Nouns: Change (where, what kind, the old and the new words). What differs is found by services.differences; this says
it: a path becomes the titles of page and question, a value becomes a sentence. A condition, a limit or a fee is said
whole, however small the part that differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.procedures.facts import CHANGES, MODES
from motcua.procedures.guidance import CHANNELS
from motcua.procedures.labels import KEYS, UNITS_AND_KINDS
from motcua.ui import writing

Difference = tuple[str, str, Any, Any]
# Said as one thing: below here a path means nothing to a reader.
WHOLE = frozenset({"show_if", "required_if", "when", "rule", "limit", "fees", "retention", "computed", "matches"})
LONGEST = 400
_MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in words."""

    where: tuple[str, ...]
    kind: str
    old: str
    new: str

    @property
    def kind_words(self) -> str:
        """Added, removed or changed, for a reader."""
        return str(CHANGES[self.kind])


def in_words(found: Iterable[Difference], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Each difference once, in the order of the documents; `found` are the differences of exactly these two."""
    paths = dict.fromkeys(_cut(path) for path, *_rest in found)
    return [_change(path, old, new) for path in paths]


def _cut(path: str) -> tuple[str, ...]:
    """The segments down to what is said as a whole; a text is said as a text, not by language."""
    segments: list[str] = []
    for segment in path.strip("/").split("/"):
        if segment in {"vi", "en"} and segments:
            break
        segments.append(segment)
        if segment in WHOLE:
            break
    return tuple(segments)


def _change(path: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any]) -> Change:
    before, after = _value(old, path), _value(new, path)
    kind = "added" if before is _MISSING else "removed" if after is _MISSING else "changed"
    where = tuple(_titles(path, new if after is not _MISSING else old))
    words = said(path[-1], before), said(path[-1], after)
    if kind == "changed" and words[0] == words[1]:
        # What differs has no words of its own: better the file's than two lines that look the same.
        words = _plain(before), _plain(after)
    return Change(where, kind, *words)


def _step(at: Any, segment: str) -> Any:
    if isinstance(at, Mapping):
        return at.get(segment, _MISSING)
    if isinstance(at, Sequence) and not isinstance(at, str):
        return next((item for item in at if isinstance(item, Mapping) and _id(item) == segment), _MISSING)
    return _MISSING


def _id(item: Mapping[str, Any]) -> str:
    return str(item.get("sid") or item.get("oid") or item.get("kind") or item.get("code") or "")


def _value(doc: Any, path: Iterable[str]) -> Any:
    for segment in path:
        doc = _step(doc, segment)
    return doc


def _titles(path: tuple[str, ...], doc: Any) -> Iterator[str]:
    """The words of each segment; a thing says its own title, and the list that holds it need not be named too."""
    for place, segment in enumerate(path):
        holder, doc = doc, _step(doc, segment)
        in_a_list = isinstance(holder, Sequence)
        if in_a_list:
            yield _title(doc) or segment
        elif place == len(path) - 1 or not isinstance(doc, Sequence) or isinstance(doc, str):
            yield str(KEYS.get(segment, segment))


def _title(item: Any) -> str:
    """What a page, question, paper, step, choice or way of filing calls itself."""
    if not isinstance(item, Mapping):
        return ""
    for key in ("title", "label", "name"):
        if key in item:
            return f"“{_text(item[key])}”"
    return str(CHANNELS.get(str(item.get("kind")), ""))


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        english = (get_language() or "vi").startswith("en")
        value = (english and value.get("en")) or value.get("vi", "")
    return str(value)


def said(key: str, value: Any) -> str:
    """A value of this key in words; empty where there is none."""
    if value is _MISSING or value is None:
        return ""
    words = _one_key(key, value) or _any(value)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} …"


def _one_key(key: str, value: Any) -> str:
    if key == "mode":
        return str(MODES.get(value, ""))
    if key == "limit" and isinstance(value, Mapping):
        return _limit(value)
    if key == "retention" and isinstance(value, Mapping):
        return _retention(value)
    if key == "fees" and isinstance(value, Sequence):
        return " ".join(f"{_fee(fee)}." for fee in value)
    return str(UNITS_AND_KINDS.get(value, "")) if isinstance(value, str) and key in {"kind", "type", "act"} else ""


def _retention(retention: Mapping[str, Any]) -> str:
    words = _("for ever") if retention.get("permanent") else _("%(years)s years") % {"years": retention.get("years")}
    return f"{words} ({retention.get('legal_source', '')})"


def _limit(limit: Mapping[str, Any]) -> str:
    value, unit = limit.get("value"), limit.get("unit")
    words = (
        writing.duration(value, unit) if isinstance(value, int) and unit else str(value if value is not None else "")
    )
    if limit.get("cutoff"):
        words = _("%(limit)s; after %(time)s the next working day counts") % {"limit": words, "time": limit["cutoff"]}
    return words


def _fee(fee: Mapping[str, Any]) -> str:
    amount = fee.get("amount")
    words = writing.amount(amount) if isinstance(amount, int) else _("no amount")
    if fee.get("per"):
        words = _("%(amount)s for each %(unit)s") % {"amount": words, "unit": _text(fee["per"])}
    if fee.get("channel"):
        words = f"{CHANNELS[fee['channel']]}: {words}"
    if fee.get("kind"):
        words = f"{words}, {UNITS_AND_KINDS[fee['kind']]}"
    if fee.get("note"):
        words = f"{words}, {_text(fee['note'])}"
    return words if fee.get("status") != "portal" else _("%(fee)s (the national portal says)") % {"fee": words}


def _any(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _text(value) if "vi" in value else _title(value) or _plain(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(_any(item) for item in value)
    return str(value)


def _plain(value: Any) -> str:
    """A condition or something rarer, as it stands in the file."""
    return json.dumps(value, ensure_ascii=False)[: 2 * LONGEST]

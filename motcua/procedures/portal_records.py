"""One record of the national portal's JSON, read field by field into the facts that a catalogue document can hold.

Nouns: ImportFault (which record, which field, what is wrong), Read (the facts, or the faults). A field that is
missing or has another shape than the one known is a fault, never a guess. Pure: no database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CHANNELS = {"ONLINE": "online", "POSTAL": "postal", "DIRECT": "direct"}
# OTHER is a bare number: the unit stays open, and the day is set at receipt.
UNITS = {"WORKING_DAY": "working_day", "DAY": "day", "MONTH": "month", "WORKING_HOUR": "working_hour", "OTHER": None}
FEES = {"FEE": "fee", "SERVICE_FEE": "charge"}
_CODE = re.compile(r"([1-9]\.[0-9]{6})(?:\.000\.00\.00\.H[0-9]{2})?")
_LABEL = 80
_MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class ImportFault:
    """One thing in one record that cannot be understood."""

    record: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.record}: {self.field}: {self.message}"


@dataclass
class Read:
    """What a record says, by the keys of a catalogue document."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    faults: list[ImportFault] = field(default_factory=list)

    def fault(self, at: str, message: str) -> None:
        """Note what is wrong in this field."""
        self.faults.append(ImportFault(self.name, at, message))

    def take(self, record: Mapping[str, Any], key: str, kind: type, at: str = "") -> Any:
        """The value of a field that must be there and of this kind; an empty one of it after a fault."""
        value, path = record.get(key, _MISSING), f"{at}{key}"
        if value is _MISSING:
            self.fault(path, "is missing")
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(path, f"has a new shape: {type(value).__name__}, not {kind.__name__}")
        else:
            return value
        return kind()

    def word(self, record: Mapping[str, Any], key: str, known: Mapping[str, Any], at: str) -> Any:
        """What one of these words stands for; a fault for another word."""
        said = self.take(record, key, str, at)
        if said and said not in known:
            self.fault(f"{at}{key}", f"is {said!r}, which is none of: {', '.join(known)}")
        return known.get(said)

    def rows(self, record: Mapping[str, Any], key: str, at: str = "") -> list[tuple[str, Mapping[str, Any]]]:
        """The mappings of a list, each with its path."""
        found = []
        for index, row in enumerate(self.take(record, key, list, at)):
            path = f"{at}{key}[{index}]"
            if isinstance(row, Mapping):
                found.append((f"{path}.", row))
            else:
                self.fault(path, f"has a new shape: {type(row).__name__}, not a mapping")
        return found


def read(record: Any, name: str) -> Read:
    """The facts of this record, or every fault in it."""
    found = Read(name)
    if not isinstance(record, Mapping):
        found.fault("the record", f"has a new shape: {type(record).__name__}, not a mapping")
        return found
    facts = found.facts
    facts["code"] = _code(found, record)
    facts["name"] = found.take(record, "name", str)
    facts["channels"] = _channels(found, record)
    facts["components"] = _components(found, record)
    facts["results"] = [_result(found, row, at) for at, row in found.rows(record, "resultsDetails")]
    facts["legal_basis"] = [found.take(row, "code", str, at) for at, row in found.rows(record, "legalBasisesDetails")]
    facts["agencies"] = [found.take(row, "name", str, at) for at, row in found.rows(record, "departmentsExecuting")]
    facts["applicants"] = [found.take(row, "name", str, at) for at, row in found.rows(record, "subjectTypesDetails")]
    return found


def _code(found: Read, record: Mapping[str, Any]) -> str:
    said = found.take(record, "code", str)
    match = _CODE.fullmatch(said)
    if said and not match:
        found.fault("code", f"is {said!r}: a digit, a point and six digits as text; a zero may be lost")
    return match[1] if match else ""


def _channels(found: Read, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    by_kind: dict[str, dict[str, Any]] = {}
    for at, row in found.rows(record, "executionMethods"):
        kind = found.word(row, "submissionMethod", CHANNELS, at) or ""
        channel = by_kind.setdefault(kind, {"kind": kind, "limits": [], "fees": []})
        channel["limits"].append(_limit(found, row, at))
        channel["fees"] += [_fee(found, fee, path) for path, fee in found.rows(row, "fees", at)]
    return [_channel(channel) for channel in by_kind.values()]


def _channel(read: Mapping[str, Any]) -> dict[str, Any]:
    """One way of filing; limits that differ between its cases leave the limit open."""
    limits = [each for index, each in enumerate(read["limits"]) if each not in read["limits"][:index]]
    fees = [each for index, each in enumerate(read["fees"]) if each not in read["fees"][:index]]
    channel: dict[str, Any] = {"kind": read["kind"]}
    if len(limits) == 1 and limits[0]:
        channel["limit"] = limits[0]
    return channel | ({"fees": fees} if fees else {})


def _limit(found: Read, row: Mapping[str, Any], at: str) -> dict[str, Any]:
    if row.get("processingTime", _MISSING) is None:
        return {}
    value = found.take(row, "processingTime", int, at)
    unit = found.word(row, "processingTimeUnit", UNITS, at)
    return {"value": value, **({"unit": unit} if unit else {})} if value else {}


def _fee(found: Read, row: Mapping[str, Any], at: str) -> dict[str, Any]:
    return {"kind": found.word(row, "type", FEES, at) or "fee", "amount": found.take(row, "value", int, at)}


def _result(found: Read, row: Mapping[str, Any], at: str) -> dict[str, str]:
    name = found.take(row, "name", str, at)
    return {"code": row["code"], "name": name} if isinstance(row.get("code"), str) else {"name": name}


def _components(found: Read, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    papers: list[dict[str, Any]] = []
    for at, case in found.rows(record, "executionCases"):
        group = case.get("name") if isinstance(case.get("name"), str) else ""
        for path, row in found.rows(case, "profileComponents", at):
            paper = {"full": " ".join(found.take(row, "name", str, path).split()), "group": group}
            if not paper["full"]:
                found.fault(f"{path}name", "is empty: a component without a title")
            paper |= {key: value for key, value in _quantities(found, row, path).items() if value is not None}
            papers.append({key: value for key, value in paper.items() if value != ""})
    return papers


def _quantities(found: Read, row: Mapping[str, Any], at: str) -> dict[str, int | None]:
    """Originals and copies; more than twenty is a fault of the portal's own reading and is left out."""
    counted = {
        key: found.take(row, said, int, at) for key, said in (("originals", "originalQty"), ("copies", "copyQty"))
    }
    return {key: number if 0 <= number <= 20 else None for key, number in counted.items()}


def laid_over(doc: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the portal's facts in it; what people wrote by hand stays, and so does every lasting sid."""
    result = {**doc, "detail": "full"}
    result.pop("name_shortened", None)
    for key in ("legal_basis", "agencies"):
        result.update({key: facts[key]} if facts[key] else {})
    result["name"] = _worded(doc.get("name"), facts["name"])
    for key in ("applicants", "results"):
        result.update({key: _named_rows(doc.get(key, ()), facts[key])} if facts[key] else {})
    if facts["channels"]:
        result["channels"] = [_kept_notes(doc.get("channels", ()), channel) for channel in facts["channels"]]
    if facts["components"]:
        result["components"] = _papers(doc.get("components", ()), facts["components"])
    return result


def _words(value: Any) -> Any:
    return value.get("vi") if isinstance(value, Mapping) else value


def _worded(old: Any, new: str) -> Any:
    """The old words with their English when they say the same, else the new ones alone."""
    return old if _words(old) == new else new


def _named_rows(old: Any, new: list[Any]) -> list[Any]:
    known = {_words(row.get("name", row) if isinstance(row, Mapping) else row): row for row in old}
    return [known.get(row["name"] if isinstance(row, Mapping) else row, row) for row in new]


def _kept_notes(old: Any, new: dict[str, Any]) -> dict[str, Any]:
    """The channel as the portal has it, with the cutoff and the notes that stood at the same limit and amounts."""
    before: Mapping[str, Any] = next((each for each in old if each.get("kind") == new["kind"]), {})
    kept = dict(new)
    limit, earlier = new.get("limit"), before.get("limit")
    if earlier and (limit is None or all(earlier.get(key) == limit.get(key) for key in ("value", "unit"))):
        kept["limit"] = earlier
    fees = {(fee.get("kind", "fee"), fee.get("amount")): fee for fee in before.get("fees", ())}
    if "fees" in new:
        kept["fees"] = [fees.get((fee["kind"], fee["amount"]), fee) for fee in new["fees"]]
    return kept


def _papers(old: Any, new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Papers the document knows keep sid, label and role; others get the law's first words as a label."""
    known = {(paper.get("full") or _words(paper["title"])): paper for paper in old}
    taken = {paper["sid"] for paper in old}
    papers = []
    for row in new:
        paper = known.get(row["full"])
        if paper is None:
            paper = {"sid": _sid(taken), "title": label(row["full"])}
        papers.append(
            {**paper, **{key: row[key] for key in ("originals", "copies") if key in row}, **_full(paper, row)}
        )
    return papers


def _full(paper: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    return {} if _words(paper["title"]) == row["full"] else {"full": row["full"]}


def _sid(taken: set[str]) -> str:
    number = next(number for number in range(1, 1000) if f"giay_to_{number}" not in taken)
    taken.add(f"giay_to_{number}")
    return f"giay_to_{number}"


def label(text: str) -> str:
    """The first words of the law's text, at most 80 characters, for a person to edit later."""
    if len(text) <= _LABEL:
        return text
    first = re.split(r"[;:(.]\s", text, maxsplit=1)[0].strip()
    return first if 0 < len(first) <= _LABEL else text[: _LABEL - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

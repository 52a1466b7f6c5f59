"""What was filed, read back for an officer, with what each supplement said beside it: who, when.

Nouns: Mended (what a supplement said in place of an answer), Answer (a row), Section.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.dossiers.models import Filing
from motcua.kernel.ledger import Event


@dataclass(frozen=True, slots=True)
class Mended:
    """What the n-th supplement said; `by` is the officer who entered it, empty for the applicant."""

    n: int
    text: str
    at: datetime
    by: str


@dataclass(slots=True)
class Answer:
    """A question with what was filed first, and what came in its place."""

    sid: str
    label: str
    text: str
    mended: list[Mended] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One page of the form."""

    title: str
    rows: list[Answer] = field(default_factory=list)


Filed = Sequence[tuple[Filing, dict[str, Any]]]


def beside(filed: Filed, history: Iterable[Event]) -> list[Section]:
    """The answers of the first filing with those of every supplement; a question that only a supplement answered stands
    in its section too.
    """
    sections: dict[str, Section] = {}
    rows: dict[str, Answer] = {}
    officers = _officers(history)
    for filing, content in filed:
        for part in content.get("readback", ()):
            section = sections.setdefault(part["title"], Section(part["title"]))
            for sid, label, text in part["rows"]:
                if sid not in rows:
                    rows[sid] = Answer(sid, label, text if filing.n == 1 else "")
                    section.rows.append(rows[sid])
                if filing.n > 1:
                    n = int(content["supplement"])
                    rows[sid].mended.append(Mended(n, text, filing.filed_at, officers.get(n, "")))
    return list(sections.values())


def _officers(history: Iterable[Event]) -> dict[int, str]:
    """Who entered which supplement at the desk."""
    filed = (event for event in history if event.type == "dossiers.supplement_filed" and event.actor)
    return {event.payload["n"]: event.actor.full_name for event in filed if event.actor}


def components(filed: Filed, kinds: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every paper that was handed in; `n` is 0 for the request itself, else the supplement it came with."""
    return [
        {**each, "kind": kinds.get(each["kind"], ""), "n": content.get("supplement", 0)}
        for _filing, content in filed
        for each in content.get("components", ())
    ]

"""The pack on paper: one A4 for each commune, tagged (PDF/UA-1). In Vietnamese, whatever the desk is read in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from motcua.kernel import organisation
from motcua.oversight import queries as oversight
from motcua.oversight.queries import GivenDirective
from motcua.portal.pack.content import Count, Pack
from motcua.ui import press, writing

_TEMPLATE = Path(__file__).parent / "pack.typ"
# So many lines of each list fit on the sheet; how many more there are is said.
_MOST = 7
_LONGEST = 110


def as_pdf(title: str, begins_at: datetime, packs: Sequence[Pack], now: datetime) -> bytes:
    """All communes of the visit in one file."""
    with translation.override("vi"):
        said = {
            "title": title,
            "begins_at": writing.moment(begins_at),
            "printed": writing.short_moment(timezone.localtime(now)),
            "demo": organisation.is_demo(),
            "packs": [_pack(each) for each in packs],
        }
    return press.pdf(_TEMPLATE, said)


def _pack(pack: Pack) -> dict[str, Any]:
    late = sum(1 for _line, outcome in pack.directives if outcome == "open_late")
    return {
        "commune": pack.commune.name,
        "period": f"{writing.short_date(pack.first)} – {writing.short_date(pack.last)}",
        "last_visit": pack.last_visit,
        "last_visit_at": writing.short_date(timezone.localtime(pack.last_visit_at)) if pack.last_visit_at else "",
        **_some("asked", [_directive(*each) for each in pack.asked]),
        "dossiers": [_count(each) for each in pack.dossiers],
        "index": [
            [each.code, str(each.title), writing.share(each.share or 0), _target(each.met)] for each in pack.index
        ],
        **_some("difficulties", [[each.number, _short(each.title), each.holder] for each in pack.difficulties]),
        "wall": [_count(each) for each in pack.wall],
        **_some("directives", [_directive(*each) for each in pack.directives]),
        "late": late,
    }


def _some(name: str, rows: list[list[str]]) -> dict[str, Any]:
    return {name: rows[:_MOST], f"{name}_more": max(0, len(rows) - _MOST), f"{name}_all": len(rows)}


def _count(count: Count) -> list[Any]:
    return [str(count.title), count.number, count.weighs]


def _target(met: bool | None) -> str:
    return "" if met is None else "đạt" if met else "chưa đạt"


def _directive(line: GivenDirective, outcome: str) -> list[str]:
    return [
        line.reference,
        _short(line.result),
        writing.short_date(timezone.localtime(line.due_at)),
        oversight.outcome_words(outcome),
    ]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"

"""Small bars drawn from the numbers of a table, as SVG in the page: no script, no request, the numbers beside them.

A chart here never stands alone: it is one more cell of each row. Its colours repeat what the columns say; they differ
in lightness as well, and paper prints them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from motcua.kernel.tables import Column, Linked, Table, value_of
from motcua.ui import writing

# From the left: what is worst stands at the line from which all bars begin, so that it can be compared.
TONES = ("stop", "wait", "done", "quiet")
HEIGHT = 10
# From so many characters on, a column of words is wide.
WIDE = 18


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell ready to be written."""

    text: str
    href: str
    kind: str
    # Words that need room, so that a narrow page scrolls the table rather than breaks every word.
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is about, its chart, its numbers."""

    head: Cell
    bar: SafeString | str
    cells: list[Cell]


def bar(parts: Sequence[tuple[float, str]], most: float) -> SafeString:
    """Numbers one after the other, each in its tone, on a line as long as the greatest sum of all rows."""
    placed, left = [], 0.0
    for number, tone in parts:
        width = 100 * number / most if most else 0
        if width:
            placed.append((tone, f"{left:.2f}", f"{width:.2f}", HEIGHT))
        left += width
    drawn = format_html_join("", '<rect class="mc-bar__{}" x="{}" width="{}" height="{}"/>', placed)
    return format_html(
        '<svg class="mc-bar" viewBox="0 0 100 {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        "{}</svg>",
        HEIGHT,
        drawn,
    )


def lines(table: Table, tones: Mapping[str, str]) -> list[Line]:
    """The rows of the table; `tones` says which columns the bar is made of, and in which tone, from the left."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    sums = [[(float(value_of(row[places[key]]) or 0), tone) for key, tone in tones.items()] for row in table.rows]
    most = max((sum(number for number, _tone in parts) for parts in sums), default=0)
    return [
        _line(table.columns, row, bar(parts, most) if tones else "")
        for row, parts in zip(table.rows, sums, strict=True)
    ]


def _line(columns: Sequence[Column], row: Sequence[Any], drawn: SafeString | str) -> Line:
    cells = [cell(column, value) for column, value in zip(columns, row, strict=True)]
    return Line(cells[0], drawn, cells[1:])


def cell(column: Column, value: Any) -> Cell:
    """The value as a reader of the page expects it; a nought leads nowhere."""
    bare, href = value_of(value), value.href if isinstance(value, Linked) else ""
    return Cell(_written(column.kind, bare), href if bare != 0 else "", column.kind, column.width >= WIDE)


def _written(kind: str, value: Any) -> str:
    if value is None or value == "":
        return "" if kind == "text" else "–"
    if isinstance(value, datetime):
        return writing.short_moment(value)
    if isinstance(value, date):
        return writing.short_date(value)
    if kind == "share":
        return writing.share(value)
    return writing.number(value) if isinstance(value, int | float) else writing.in_words(value)

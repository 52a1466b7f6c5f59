"""A report as columns and rows; the same table becomes a page, a CSV, a spreadsheet or records for a machine.

Nouns: Column (a key for machines, a title for people, the kind of its values), Table, Linked (a value that opens
something). It computes nothing, knows no room and reads no clock: moments are shown in the zone that it is told.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Literal

import xlsxwriter

Kind = Literal["text", "number", "date", "moment", "share"]
# The files that a table becomes, as they are sent.
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A spreadsheet takes a text that begins so for a formula; an apostrophe before it keeps it a text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS: dict[Kind, int] = {"text": 24, "number": 12, "date": 12, "moment": 17, "share": 10}
_FORMATS: dict[Kind, dict[str, str]] = {
    "date": {"num_format": "dd/mm/yyyy"},
    "moment": {"num_format": "hh:mm dd/mm/yyyy"},
    "share": {"num_format": "0.00%"},
    "number": {"num_format": "#,##0"},
    "text": {},
}
_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key never changes, its title is said in the reader's language when it is shown."""

    key: str
    title: Any
    kind: Kind = "text"
    # In characters, for paper and spreadsheets; 0 means as the kind needs.
    width: int = 0


@dataclass(frozen=True, slots=True)
class Linked:
    """A value of a cell that opens something on a page; everywhere else it is the value alone."""

    value: Any
    href: str


@dataclass(frozen=True, slots=True)
class Table:
    """A report, whole: what it is called, what stands in it, what must be said below it."""

    title: Any
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    notes: tuple[Any, ...] = ()
    # One row of sums below the others; empty where sums say nothing.
    total: Sequence[Any] = ()

    def __post_init__(self) -> None:
        wanted = len(self.columns)
        if any(len(row) != wanted for row in [*self.rows, *([self.total] if self.total else [])]):
            raise ValueError(f"every row of “{self.title}” has {wanted} cells")


def records(table: Table, zone: tzinfo) -> list[dict[str, Any]]:
    """Each row by the keys of its columns, with ISO dates; ready to become JSON."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, (_plain(cell, zone) for cell in row), strict=True)) for row in table.rows]


def as_csv(table: Table, zone: tzinfo) -> str:
    """One header row of keys, then the rows; ISO dates, commas, lines ending as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.key for column in table.columns])
    writer.writerows([_unharmed(_plain(cell, zone)) for cell in row] for row in table.rows)
    return out.getvalue()


def as_xlsx(table: Table, zone: tzinfo) -> bytes:
    """A workbook of one sheet, ready to be printed: titles on every page, as wide as the paper."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_sheet_name(str(table.title)))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {kind: book.add_format({"valign": "top", **given}) for kind, given in _FORMATS.items()}
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width or WIDTHS[column.kind])
            sheet.write_string(0, place, str(column.title), head)
        for number, row in enumerate(_all_rows(table), 1):
            for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                _write(sheet, number, place, _of_sheet(cell, zone), formats[column.kind])
        _to_print(sheet, table)
    return out.getvalue()


def _all_rows(table: Table) -> Iterator[Sequence[Any]]:
    yield from table.rows
    if table.total:
        yield table.total


def _write(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, form)
    else:
        sheet.write_string(row, place, _unharmed(str(value)), form)


def _to_print(sheet: Any, table: Table) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    # "&" begins a command of the header's own language.
    sheet.set_header("&L" + str(table.title).replace("&", "&&")[:200] + "&R&P/&N")


def _sheet_name(title: str) -> str:
    kept = "".join(" " if character in "[]:*?/\\'" else character for character in title)
    return " ".join(kept.split())[:_SHEET_NAME].strip() or "1"


def value_of(cell: Any) -> Any:
    """The value alone, whether it opens something or not."""
    return cell.value if isinstance(cell, Linked) else cell


def _plain(cell: Any, zone: tzinfo) -> Any:
    value = value_of(cell)
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | float) else str(value)


def _of_sheet(cell: Any, zone: tzinfo) -> Any:
    """A spreadsheet knows no zones: moments as the wall clock of the office shows them."""
    value = value_of(cell)
    return value.astimezone(zone).replace(tzinfo=None) if isinstance(value, datetime) else value


def _unharmed(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value

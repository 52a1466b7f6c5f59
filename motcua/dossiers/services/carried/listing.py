"""The file itself: a head with the titles of the template, and one open dossier in each row, as XLSX or CSV.

Nouns: Row (one line with its outcome), Fault (which cell, how to mend it).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook

from motcua.kernel import gate, search, tables
from motcua.kernel.tables import Column, Table
from motcua.ui import taking

SYSTEM = "he-thong-truoc"
MOST_ROWS = 20_000
# The words of the head stand in the file, whatever language the page speaks: they are data.
COLUMNS: Mapping[str, str] = {
    "number": "Số hồ sơ",
    "procedure": "Mã thủ tục",
    "full_name": "Họ tên người nộp",
    "citizen_id": "Số định danh",
    "phone": "Điện thoại",
    "email": "E-mail",
    "address": "Địa chỉ",
    "channel": "Kênh nộp",
    "filed_at": "Ngày nộp",
    "received_at": "Ngày tiếp nhận",
    "due_at": "Ngày hẹn trả",
    "state": "Trạng thái",
    "note": "Ghi chú",
}
NEEDED = ("number", "procedure", "full_name")
EXAMPLE = ("H36.99-261101-0001", "1.001193", "Nguyễn Thị Mẫu", "003190000001", "0300000001", "", "Thôn Mẫu 1",
           "trực tiếp", "01/11/2026 08:30", "02/11/2026 09:00", "12/11/2026", "Đang giải quyết", "")  # fmt: skip
MADE, THERE, WRONG, TRIED = "made", "there", "wrong", "tried"
OUTCOMES: Mapping[str, str | Promise] = {
    MADE: gettext_lazy("carried over"),
    THERE: gettext_lazy("was carried over before"),
    WRONG: gettext_lazy("not carried over"),
    TRIED: gettext_lazy("can be carried over"),
}

_NO_SHEET = gettext_lazy("The file cannot be read as a list. Save it as XLSX.")
_WHY_NOT = {"type": _NO_SHEET, "broken": _NO_SHEET, "foreign": _NO_SHEET, "bomb": _NO_SHEET}


class NotAList(ValueError):
    """The file is no list of dossiers; the words say why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, and how to mend it."""

    column: str
    words: str

    def __str__(self) -> str:
        return f"{self.column}: {self.words}"


@dataclass(slots=True)
class Row:
    """One line of the list."""

    line: int
    said: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    outcome: str = ""

    @property
    def number(self) -> str:
        """The dossier's number as it is written."""
        return plain(self.said.get("number"))

    @property
    def words(self) -> str | Promise:
        """What became of it."""
        return OUTCOMES[self.outcome]


def template() -> bytes:
    """An empty list with its head and one row to be overwritten, as XLSX."""
    columns = tuple(Column(key, title, width=20) for key, title in COLUMNS.items())
    return tables.as_xlsx(Table("Hồ sơ đang giải quyết", columns, [EXAMPLE]), timezone.get_current_timezone())


def read(content: bytes, name: str) -> list[Row]:
    """The lines of the list, XLSX or CSV. Raises NotAList."""
    cells = _of_csv(content) if name.lower().endswith((".csv", ".txt")) else _of_sheet(content)
    head, *lines = cells or [[]]
    keys = _keys(head)
    if missing := [COLUMNS[key] for key in NEEDED if key not in keys]:
        words = _("These columns are missing: %(names)s. Use the titles of the template.")
        raise NotAList(words % {"names": ", ".join(missing)})
    rows = [
        Row(n, {key: cell for key, cell in zip(keys, line, strict=False) if key}) for n, line in enumerate(lines, 2)
    ]
    rows = [row for row in rows if any(plain(cell) for cell in row.said.values())]
    if not rows or len(rows) > MOST_ROWS:
        raise NotAList(_("The list has no rows, or more than 20,000. Parts of it may be carried over one by one."))
    return rows


def _of_csv(content: bytes) -> list[list[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAList(_("The file is not written in UTF-8. Save it as “CSV UTF-8” or as XLSX.")) from None
    comma = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    try:
        return [list(line) for line in csv.reader(io.StringIO(text), delimiter=comma)]
    except csv.Error:
        raise NotAList(_("The file cannot be read as a list. Save it as XLSX.")) from None


def _of_sheet(content: bytes) -> list[list[Any]]:
    try:
        gate.look_at_sheet(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [list(line) for line in book.get_sheet_by_index(0).to_python()]
    except gate.NotTaken as refused:
        raise NotAList(_WHY_NOT.get(refused.reason) or taking.sentence(refused.reason)) from None
    except (CalamineError, OSError, ValueError, IndexError):
        raise NotAList(_("The file cannot be read as a list. Save it as XLSX.")) from None


def _keys(head: Sequence[Any]) -> list[str]:
    known = {search.fold(title): key for key, title in COLUMNS.items()} | {key: key for key in COLUMNS}
    return [known.get(search.fold(plain(cell)), known.get(plain(cell), "")) for cell in head]


def plain(cell: Any) -> str:
    """A cell as text: a number without the ending that a spreadsheet gives it, no control characters."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    text = "".join(each if each.isprintable() else " " for each in str(cell))
    return " ".join(text.split()).lstrip("'")

"""A report of a period on paper: its cells as text, its columns as wide as what they hold needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from motcua.dossiers.models import ArchiveList
from motcua.dossiers.queries.periods import Reported
from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.kernel.tables import Column, Table, value_of
from motcua.ui import charts, press, writing

_TEMPLATE = Path(__file__).parent / "book.typ"
# More would be a pile of paper and minutes of work: a shorter period, or the spreadsheet, is the way.
MOST_ROWS = 2000
FORM_07 = "Mẫu số 07"
# On paper a narrow column may break its lines.
_WIDTHS = {"text": 16, "number": 8, "date": 15, "moment": 15, "share": 9}


class TooLong(ValueError):
    """More rows than fit a printed book."""


def printed(table: Table, reported: Reported, *, form: str = "") -> bytes:
    """The report as a tagged PDF, in Vietnamese. Raises TooLong."""
    if len(table.rows) > MOST_ROWS:
        raise TooLong(len(table.rows))
    with translation.override("vi"):
        return press.pdf(_TEMPLATE, _content(table, reported, form))


def archive_list(table: Table, made: ArchiveList, office: Office) -> bytes:
    """The list of dossiers handed to the archive, for both sides to sign."""
    with translation.override("vi"):
        said = _("List %(n)s/%(year)s. Taken by: %(receiver)s")
        notes = [made.note] if made.note else []
        rows = {"rows": [_texts(table.columns, row) for row in table.rows], "total": [], "notes": notes}
        words = said % {"n": made.n, "year": made.year, "receiver": made.receiver}
        return press.pdf(_TEMPLATE, _head(table, words, office, made.at) | rows)


def person_list(table: Table, name: str, office: Office, at: datetime) -> bytes:
    """The dossiers of one person, for that person; in Vietnamese."""
    rows = {"rows": [_texts(table.columns, row) for row in table.rows], "total": [], "notes": []}
    return press.pdf(_TEMPLATE, _head(table, name, office, at) | rows)


def _head(table: Table, period: str, office: Office, at: datetime) -> dict[str, Any]:
    head = {"period": period, "state": "", "form": "", "size": 9, "title": str(table.title), "agency": office.name}
    head |= {"demo": organisation.is_demo(), "place_date": _today(at)}
    return head | _columns(table.columns, numbered=False)


def _columns(columns: Sequence[Column], *, numbered: bool) -> dict[str, Any]:
    return {
        "columns": [*(["STT"] if numbered else []), *(str(column.title) for column in columns)],
        "widths": [*([4] if numbered else []), *(column.width or _WIDTHS[column.kind] for column in columns)],
        "numeric": [*([True] if numbered else []), *(column.kind in ("number", "share") for column in columns)],
    }


def _content(table: Table, reported: Reported, form: str) -> dict[str, Any]:
    situation = reported.situation
    columns, numbered = table.columns, bool(form)
    return {
        "demo": organisation.is_demo(),
        "agency": situation.office.name,
        "form": form,
        "title": str(table.title),
        "period": _period(situation.within.first, situation.within.last),
        "state": _state(reported),
        "size": 7 if len(columns) > 9 else 9,
        **_columns(columns, numbered=numbered),
        "rows": [
            [*([str(number)] if numbered else []), *_texts(columns, row)] for number, row in enumerate(table.rows, 1)
        ],
        "total": _texts(columns, table.total) if table.total else [],
        "notes": [str(note) for note in table.notes],
        "place_date": _today(situation.within.as_of),
    }


def _texts(columns: Sequence[Column], row: Sequence[Any]) -> list[str]:
    return [charts.cell(column, value_of(value)).text for column, value in zip(columns, row, strict=True)]


def _period(first: date, last: date) -> str:
    return _("From %(first)s to %(last)s") % {"first": writing.short_date(first), "last": writing.short_date(last)}


def _state(reported: Reported) -> str:
    """Whether the figures stand, or go on moving."""
    if reported.closed is not None:
        at = writing.short_moment(reported.closed.closed_at)
        return _("Closed at %(at)s.") % {"at": at}
    return _("As of %(at)s; the month is not closed.") % {"at": writing.short_moment(reported.situation.within.as_of)}


def _today(at: datetime) -> str:
    day = timezone.localtime(at)
    return f"Ngày {day:%d} tháng {day:%m} năm {day.year}"

"""Sheets for the wall as tagged PDF (PDF/UA-1), A4: one procedure each, and the list of a field.

Nouns: sheet (queries.Sheet is what it says, this is how it looks). What hangs where is in queries and services. Sheets
are Vietnamese, whatever language the desk is read in; the QR code leads to the public page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from motcua.kernel.organisation import Office
from motcua.procedures import queries
from motcua.procedures.models import Posting
from motcua.procedures.queries import Sheet
from motcua.procedures.wall import content
from motcua.ui import press

_FOLDER = Path(__file__).parent
# So many sheets in one PDF: a second and a half, and no more paper than a tray holds.
BUNDLE = 50
_FEW = 5


def procedure_sheets(office: Office, sheets: Sequence[Sheet], day: date, *, origin: str) -> bytes:
    """These procedures in one PDF, each on pages of its own; `origin` makes the QR codes full addresses."""
    editions = [queries.edition(each.version_id or 0, each.overlay_ids) for each in sheets]
    title = sheets[0].name if len(sheets) == 1 else "Thủ tục hành chính niêm yết"
    said = {"title": title, "sheets": content.of_procedures(editions, _home(office, origin))}
    return _set("procedure.typ", content.of_office(office, day) | said)


def sector_sheets(office: Office, sheets: Sequence[Sheet], day: date, *, origin: str) -> bytes:
    """The lists of these fields in one PDF."""
    lists = {each: _listed(each, queries.sheets_on(office, day)) for each in sheets}
    title = f"Lĩnh vực {sheets[0].name}" if len(sheets) == 1 else "Danh mục thủ tục hành chính theo lĩnh vực"
    said = {"title": title, "sheets": content.of_sectors(lists, _home(office, origin))}
    return _set("sector.typ", content.of_office(office, day) | said)


def _set(template: str, data: Mapping[str, Any]) -> bytes:
    few = len(data["sheets"]) <= _FEW
    return (press.pdf if few else press.pdf_apart)(_FOLDER / template, data)


def _listed(sector: Sheet, sheets: Mapping[str, Sheet]) -> list[Sheet]:
    return [each for each in sheets.values() if each.kind == Posting.PROCEDURE and each.sector == sector.key]


def _home(office: Office, origin: str) -> str:
    return f"{origin}/{office.slug}/"

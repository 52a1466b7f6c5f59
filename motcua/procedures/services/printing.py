"""Sheets for the wall as files, one PDF a sheet, for whoever prints a whole commune."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from motcua.kernel.organisation import Office
from motcua.procedures import wall
from motcua.procedures.models import Posting
from motcua.procedures.queries import Sheet

LIST = "danh-muc.pdf"


def print_sheets(
    *,
    office: Office,
    sheets: Sequence[Sheet],
    day: date,
    origin: str,
    folder: Path,
    progress: Callable[[int, int], None],
) -> list[Path]:
    """A folder for each field, in it a file for each procedure under its code, and the field's list. The paths.

    OSError where nothing can be written.
    """
    made = []
    for n, sheet in enumerate(sheets, 1):
        is_procedure = sheet.kind == Posting.PROCEDURE
        setting = wall.procedure_sheets if is_procedure else wall.sector_sheets
        path = folder / sheet.sector / (f"{sheet.key}.pdf" if is_procedure else LIST)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(setting(office, [sheet], day, origin=origin))
        made.append(path)
        progress(n, len(sheets))
    return made

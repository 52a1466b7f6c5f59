"""The walls of the demonstration: sheets hung by field and place, then changed under some of them (demo.yaml, wall).

Nouns: row (one act of the script). What is hung or changed when is told in the order of time with the dossiers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from motcua.kernel import gate
from motcua.kernel.files import File
from motcua.portal.demo import papers
from motcua.portal.demo.offices import Town
from motcua.portal.demo.stories import Stage, Step
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue

SHEETS = 7  # side by side on the picture of a board


def courses(
    rows: list[Mapping[str, Any]], overlays: Mapping[str, Any], towns: list[Town], stage: Stage
) -> list[Iterator[Step]]:
    """Each row of the script as a course of one act; `overlays` is what the communes have said from the first day."""
    kept = _photo()
    return [_told(row, n, towns[row["town"] - 1], overlays, stage, kept) for n, row in enumerate(rows, 1)]


def _told(
    row: Mapping[str, Any], n: int, town: Town, overlays: Mapping[str, Any], stage: Stage, kept: File
) -> Iterator[Step]:
    day = stage.day(row["days"])
    moment = stage.calendar.at(day, time(10, 5 + n))

    def act(at: datetime) -> None:
        if "place" in row:
            _hang(row, n, town, at, kept)
        else:
            _change(row, overlays, town, at, day)

    yield moment, act


def _hang(row: Mapping[str, Any], n: int, town: Town, at: datetime, kept: File) -> None:
    day, by = timezone.localdate(at), town.one_of("procedure_manager", 0)
    catalogue.post_sheets(
        office=town.commune,
        keys=_keys(row, town, day),
        place=row["place"],
        posted_date=day,
        by=by,
        at=at,
        op_id=f"demo-wall-{n}",
        photo=kept if row.get("photo") else None,
    )


def _keys(row: Mapping[str, Any], town: Town, day: date) -> list[str]:
    """The procedures named, or those of the fields named, or all; with the fields' own lists if the row says so."""
    offered = procedures.sheets_on(town.commune, day).values()
    if "codes" in row:
        return list(row["codes"])
    found = [sheet for sheet in offered if "fields" not in row or sheet.sector in row["fields"]]
    return [sheet.key for sheet in found if row.get("lists") or sheet.kind == "procedure"]


def _change(row: Mapping[str, Any], overlays: Mapping[str, Any], town: Town, at: datetime, day: date) -> None:
    """The commune's manager says more about some procedures: what hangs is of yesterday. A new overlay takes the place
    of the one before it, so what that said is said again.
    """
    for code in row["codes"]:
        before = overlays["procedures"].get(code, {})
        catalogue.make_overlay(
            office=town.commune,
            procedure=procedures.procedure(code),
            doc={**before, **row["says"]},
            legal_source=overlays["legal_source"] if before else "",
            at=at,
            by=town.one_of("procedure_manager", 0),
            effective_from=day,
        )


def _photo() -> File:
    """A board full of sheets, drawn: nobody photographed it."""
    image, out = Image.new("RGB", (1200, 800), "#cfd8d3"), io.BytesIO()
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 120, 1140, 740), fill="#8a6f4d", outline="#5d4a32", width=14)
    draw.text((600, 66), papers.SAMPLE, fill="#8a1f1f", font=papers.letters("Bold", 44), anchor="mm")
    for n in range(3 * SHEETS):
        left, top = 90 + n % SHEETS * 150, 150 + n // SHEETS * 198
        draw.rectangle((left, top, left + 126, top + 178), fill="#fdfdfb")
        draw.rectangle((left + 84, top + 12, left + 114, top + 42), fill="#1b1f1d")
        for line in range(9):
            draw.line(
                (left + 12, top + 20 + 16 * line, left + (74 if line < 2 else 112), top + 20 + 16 * line), "#7d8782", 4
            )
    image.save(out, "PNG")
    return catalogue.keep_photo(gate.take_picture(out.getvalue()))

"""Printing the wall of a whole commune: a sheet for every procedure and a list for every field."""

import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks import figures
from motcua.kernel import organisation
from motcua.procedures import queries, services

DAY = date(2026, 11, 23)
BUDGET = 60_000


def run() -> None:
    """The seconds of all sheets, each a file of its own, and what one costs."""
    office = organisation.communes(DAY)[0]
    sheets = list(queries.sheets_on(office, DAY).values())
    own = [each for each in sheets if each.kind == "procedure"]
    with tempfile.TemporaryDirectory() as place:
        begun = time.perf_counter()
        made = services.print_sheets(
            office=office,
            sheets=sheets,
            day=DAY,
            origin="https://vidu.example",
            folder=Path(place),
            progress=lambda done, of: None,
        )
        took = (time.perf_counter() - begun) * 1000
        size = sum(path.stat().st_size for path in made)
    figures.say("sheets (procedures, lists of fields)", f"{len(own)}, {len(made) - len(own)}")
    verdict = "ok" if took <= BUDGET else "MISSED"
    figures.say("sheets of the whole commune", f"{took / 1000:.1f} s", f"<= {BUDGET // 1000} s {verdict}")
    figures.say("one sheet", f"{took / len(made):.0f} ms, {size / len(made) / 1024:.0f} kB")

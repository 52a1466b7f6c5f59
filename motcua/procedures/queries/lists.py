"""Lists of procedures that an office offers: all of them, those of a sector, those that everyday words mean."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from datetime import date

from motcua.kernel import freshness
from motcua.kernel.organisation import Office
from motcua.kernel.search import fold
from motcua.procedures.models import Overlay, Sector, Version
from motcua.procedures.queries import finding
from motcua.procedures.queries.editions import MODE_NONE


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure in a list."""

    code: str
    name: str
    short_name: str
    short_name_en: str
    sector: str
    sector_name: str
    mode: str


# More than any catalogue has.
ALL = 10_000
# As Listed has them.
_COLUMNS = (
    "procedure_id",
    "procedure__name",
    "procedure__short_name",
    "procedure__short_name_en",
    "procedure__sector_id",
    "procedure__sector__name_vi",
    "mode",
)


def sectors() -> list[Sector]:
    """Every sector that has a procedure, by name."""
    return list(Sector.objects.filter(procedures__isnull=False).distinct().order_by("name_vi"))


def listed(
    office: Office, day: date, *, text: str = "", sector: str = "", after: int = 0, limit: int = 50
) -> list[Listed]:
    """Procedures in force, best match first when there is a text, else by name; `after` skips that many.

    What the office itself, or one above it, says is not filed with it at all is left out. One tiny query; the rest is
    kept.
    """
    with freshness.held():
        stamp = freshness.stamps().catalogue
        modes = _modes(office.codes, day, stamp)
        offered = (row for row in _in_force(day, stamp) if modes.get(row.code) != MODE_NONE)
        rows = [row for row in offered if not sector or row.sector == sector]
        if text:
            places = {code: place for place, code in enumerate(finding.ranked_codes(office, text))}
            rows = sorted((row for row in rows if row.code in places), key=lambda row: places[row.code])
    return [replace(row, mode=modes.get(row.code, row.mode)) for row in rows[after : after + limit]]


@functools.lru_cache(maxsize=4)
def _in_force(day: date, _stamp: str) -> tuple[Listed, ...]:
    """Every procedure of that day by name; communes share it."""
    rows = Version.objects.in_force(day).order_by("procedure_id", "no").values_list(*_COLUMNS)
    found = {row[0]: Listed(*row) for row in rows}
    # Folded, because in Vietnamese đ follows d and accents weigh last; no database here sorts so by itself.
    return tuple(sorted(found.values(), key=lambda row: (fold(row.short_name), row.code)))


@functools.lru_cache(maxsize=256)
def _modes(codes: tuple[str, ...], day: date, _stamp: str) -> dict[str, str]:
    """How filing works at this office where an overlay says so; the lowest office wins."""
    found = Overlay.objects.in_force(day).filter(office__code__in=codes).exclude(mode="")
    return dict(found.order_by("office__path", "no").values_list("procedure_id", "mode"))

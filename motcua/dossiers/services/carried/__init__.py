"""The list of open dossiers of an earlier system, as a spreadsheet: read, checked cell by cell, and carried over.

A list may be tried as often as wanted: trying writes nothing, and what was taken before is not taken again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from motcua.dossiers.services import carrying
from motcua.dossiers.services.carried.checking import checked
from motcua.dossiers.services.carried.listing import (
    COLUMNS,
    EXAMPLE,
    MADE,
    OUTCOMES,
    SYSTEM,
    THERE,
    TRIED,
    WRONG,
    Fault,
    NotAList,
    Row,
    read,
    template,
)
from motcua.dossiers.services.carrying import CarriedData
from motcua.kernel import schedule
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office

__all__ = [
    "COLUMNS",
    "EXAMPLE",
    "MADE",
    "SYSTEM",
    "THERE",
    "TRIED",
    "WRONG",
    "Fault",
    "NotAList",
    "Row",
    "carry",
    "counted",
    "read",
    "template",
]


def counted(rows: Sequence[Row]) -> list[tuple[str | Promise, int]]:
    """How many rows came to each outcome, in words."""
    of_each = Counter(row.outcome for row in rows)
    return [(OUTCOMES[outcome], number) for outcome, number in of_each.items()]


def carry(
    *,
    rows: Sequence[Row],
    commune: Office,
    by: Person,
    at: datetime,
    dry_run: bool,
    system: str = SYSTEM,
    told: Callable[[Row], object] | None = None,
) -> None:
    """Check every row, and carry over those without a fault unless it is only tried. Each row is one transaction."""
    calendar, seen = schedule.calendar_for(commune), set[str]()
    for row in rows:
        data = checked(row, commune, calendar, system, seen, at)
        if data is not None and not dry_run:
            _carry(row, commune, system, data, by, at)
        if told is not None:
            told(row)


def _carry(row: Row, commune: Office, system: str, data: CarriedData, by: Person, at: datetime) -> None:
    try:
        carrying.carry_over(commune=commune, system=system, data=data, by=by, at=at)
    except carrying.NumberTaken:
        row.faults.append(Fault(COLUMNS["number"], _("Another dossier of this centre has this number already.")))
        row.outcome = WRONG
    else:
        row.outcome = MADE

"""The figures of a period as one line for machines and as a list for people; frozen ones with what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries.periods import Reported
from motcua.dossiers.reports.groups import Link
from motcua.dossiers.reports.titles import TITLES
from motcua.dossiers.rules import figures
from motcua.kernel.tables import Column, Linked, Table

# The order of the identity: what came, what became of it, and what stands outside it.
ORDER = (figures.CARRIED_OVER, figures.RECEIVED, *figures.INSIDE, figures.FILED, *figures.OUTSIDE)


def line(reported: Reported) -> Table:
    """One row; a second one with the corrections since, where the month was closed and something changed."""
    situation = reported.situation
    fixed = [situation.office.slug or situation.office.code, situation.within.first, situation.within.last]
    columns = (
        Column("row", _("Row")),
        Column("commune", _("Commune")),
        Column("from", _("From"), "date"),
        Column("to", _("To"), "date"),
        Column("as_of", _("As of"), "moment"),
        Column("closed_at", _("Closed"), "moment"),
        *(Column(key, TITLES[key], "number") for key in figures.KEYS),
    )
    rows = [_line("figures", fixed, reported, reported.figures)]
    if reported.adjustments:
        rows.append(_line("adjustments", fixed, reported, reported.adjustments))
    return Table(_("Figures of the period"), columns, rows)


def _line(kind: str, fixed: list[Any], reported: Reported, numbers: Mapping[str, int]) -> list[Any]:
    closed_at = reported.closed.closed_at if reported.closed else None
    return [kind, *fixed, reported.situation.within.as_of, closed_at, *(numbers.get(key, 0) for key in figures.KEYS)]


def listing(reported: Reported, link: Link) -> Table:
    """One row for each figure; beside frozen ones what was corrected since, and what it is now."""
    live = reported.situation.counts
    columns = [Column("figure", _("Figure"), width=44), Column("number", _("How many"), "number")]
    rows: list[list[Any]]
    if not reported.adjustments:
        rows = [[TITLES[key], Linked(reported.figures[key], link(what=key))] for key in ORDER]
        return Table(_("Figures of the period"), tuple(columns), rows)
    columns[1] = Column("frozen", _("When it was closed"), "number")
    columns += [Column("correction", _("Corrected since"), "number"), Column("live", _("Now"), "number")]
    rows = [
        [
            TITLES[key],
            reported.figures.get(key, 0),
            reported.adjustments.get(key, 0),
            Linked(live[key], link(what=key)),
        ]
        for key in ORDER
    ]
    return Table(_("Figures of the period"), tuple(columns), rows)

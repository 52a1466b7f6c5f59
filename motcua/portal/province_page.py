"""The page of all communes: tiles, the table with its order by link, difficulties by field. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.kernel.organisation import Office
from motcua.kernel.tables import Column, Linked, Table
from motcua.oversight import queries as oversight
from motcua.portal import province as shown
from motcua.portal.province import Asked, Standing
from motcua.procedures import queries as procedures
from motcua.ui import charts


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its title, the address that orders by it, how it is ordered now."""

    title: Any
    href: str
    kind: str
    order: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One number over all communes, and where it leads."""

    label: Any
    number: Any
    href: str
    tone: str = ""


def page(offices: Sequence[Office], given: Mapping[str, str], now: datetime, day: date) -> dict[str, Any]:
    """Everything on the page, as far as whoever leads these offices reads it."""
    province, own = shown.scope(offices)
    asked = shown.asked(given, province, now, day)
    every = shown.standings(province, asked, now)
    base = {"province": province, "within": asked.within, "now": now, "asked": asked, "files": _files(asked)}
    if own:
        mine = [one for one in every if one.office in own]
        return base | {"own": own, "table": shown.own_table(mine, every, asked), "number": len(every)}
    found = shown.in_order(every, asked)
    table = shown.table(found, asked)
    return base | {
        "heads": list(_heads(table, asked)),
        "lines": list(zip(charts.lines(table, {}), found, strict=True)),
        "tiles": _tiles(every, asked),
        "fields": fields(province, asked, now),
        "field": _name_of(asked.field, _names()) if asked.field is not None else "",
        "all_fields": _address(asked, field=None),
        "everybody": _address(asked, silent=None),
        "number": len(found),
        "since": shown.silent_since(province, now),
    }


def as_file(offices: Sequence[Office], given: Mapping[str, str], now: datetime, day: date) -> tuple[Table, Asked]:
    """The same table for a file."""
    province, own = shown.scope(offices)
    asked = shown.asked(given, province, now, day)
    every = shown.standings(province, asked, now)
    if own:
        return shown.own_table([one for one in every if one.office in own], every, asked, linked=False), asked
    return shown.table(shown.in_order(every, asked), asked, linked=False), asked


def _query(asked: Asked) -> dict[str, Any]:
    within = asked.within
    said = {"from": within.first.isoformat(), "to": within.last.isoformat(), "sort": asked.sort}
    said["order"] = "down" if asked.down else "up"
    if asked.field is not None:
        said["field"] = asked.field
    return said | ({"silent": "1"} if asked.silent else {})


def _address(asked: Asked, **changed: Any) -> str:
    said = _query(asked) | changed
    return "?" + urlencode({name: value for name, value in said.items() if value is not None})


def _files(asked: Asked) -> list[tuple[str, str]]:
    query = urlencode(_query(asked))
    return [(words, f"{reverse('province-file', args=[form])}?{query}") for form, words in FORMS.items()]


FORMS = {"xlsx": "Excel", "csv": "CSV"}


def _heads(table: Table, asked: Asked) -> Any:
    for column in table.columns:
        current = column.key == asked.sort
        down = not asked.down if current else column.key != "commune"
        href = _address(asked, sort=column.key, order="down" if down else "up")
        order = ("descending" if asked.down else "ascending") if current else ""
        yield Head(column.title, href, column.kind, order)


def _tiles(every: Sequence[Standing], asked: Asked) -> list[Tile]:
    silent = sum(one.silent for one in every)
    overdue = sum(one.counted.overdue for one in every)
    directives = sum(one.directives.late for one in every)
    return [
        Tile(_("received"), sum(one.counted.received for one in every), _address(asked, sort="received", order="down")),
        Tile(_("overdue now"), overdue, _address(asked, sort="overdue", order="down"), "stop" if overdue else ""),
        Tile(
            _("open difficulties"),
            sum(one.difficulties for one in every),
            _address(asked, sort="difficulties", order="down"),
        ),
        Tile(
            _("overdue directives"),
            directives,
            _address(asked, sort="directives", order="down"),
            "stop" if directives else "",
        ),
        Tile(_("silent communes"), silent, _address(asked, silent="1"), "wait" if silent else ""),
    ]


def fields(province: Office, asked: Asked, now: datetime) -> Table:
    """Open difficulties by field; the number opens the list, the field orders the communes by it."""
    columns = (
        Column("field", _("Field"), width=34),
        Column("open", _("Open difficulties"), "number"),
        Column("late", _("Answer overdue"), "number"),
        Column("communes", _("Communes"), "number"),
    )
    base, names = reverse("difficulties"), _names()
    rows = [
        [
            Linked(_name_of(each.sector, names), _address(asked, field=each.sector, sort="difficulties", order="down")),
            Linked(each.open, f"{base}?{urlencode({'sector': each.sector, 'state': 'open'})}"),
            each.late,
            each.communes,
        ]
        for each in oversight.difficulties_by_field(province, now)
    ]
    return Table(_("Open difficulties by field"), columns, rows)


def _names() -> dict[str, str]:
    return {each.slug: each.name_vi for each in procedures.sectors()}


def _name_of(sector: str, names: Mapping[str, str]) -> Any:
    return names.get(sector, sector) if sector else _("About no procedure")

"""Figures of a period in groups, with the way to the list behind each number."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries import situation as board
from motcua.dossiers.queries.situation import Item, Situation
from motcua.dossiers.reports.titles import ACTS, CHANNELS, TITLES
from motcua.dossiers.rules import figures
from motcua.kernel.tables import Column, Linked, Table
from motcua.ui import writing

# The address of the list behind a number; none where nobody clicks.
Link = Callable[..., str]
Key = tuple[Hashable, Any, Mapping[str, Any]]

# What a leader compares in the groups of the board, in the order of urgency.
BOARD_KEYS = (figures.OVERDUE, board.DUE_AHEAD, board.LATER, "settled_early", "settled_on_time", "settled_late")
# Shorter, where the column stands among its own.
BOARD_TITLES = TITLES | {figures.OVERDUE: _("Overdue")}
PERIOD_KEYS = (figures.CARRIED_OVER, figures.RECEIVED, *figures.INSIDE)


@dataclass(frozen=True, slots=True)
class Unheld:
    """An office where nobody has taken the step; said only when it is shown, not for each of ten thousand dossiers."""

    office: str

    def __str__(self) -> str:
        return gettext("Nobody has taken it – %(office)s") % {"office": self.office}


@dataclass(frozen=True, slots=True)
class Place:
    """An office and what is to be done there."""

    office: str
    act: str

    def __str__(self) -> str:
        return f"{self.office} – {ACTS.get(self.act, self.act)}"


def said(label: Any) -> str:
    """A name of a group in the reader's language."""
    return writing.in_words(label)


def no_link(**_wanted: Any) -> str:
    """Nowhere: for the command line and for paper."""
    return ""


def by_sector(item: Item) -> Key:
    """The field of the procedure."""
    return (item.sector, item.named.sector_name if item.named else item.fact.procedure, {"sector": item.sector})


def by_officer(item: Item) -> Key:
    """Whoever has it or settled it; where nobody has taken it, the office."""
    holder = item.officer
    if holder is None:
        return ("", _("Nobody"), {"officer": "-"})
    if holder.person_id is None:
        return (f"o{holder.office_id}", Unheld(holder.office), {"officer": f"o{holder.office_id}"})
    return (holder.person_id, holder.person, {"officer": holder.person_id})


def by_place(item: Item) -> Key:
    """The office in which it lies, and what is to be done there."""
    holder = item.holder
    if holder is None:
        return ("", _("Elsewhere"), {"place": "-"})
    place = f"{holder.office_id}.{holder.act}"
    return (place, Place(holder.office, holder.act), {"place": place})


def by_channel(item: Item) -> Key:
    """How it was filed."""
    channel = item.fact.channel
    return (channel, CHANNELS[channel], {"channel": channel})


def by_procedure(item: Item) -> Key:
    """The procedure."""
    code = item.fact.procedure
    return (code, item.named.name if item.named else code, {"procedure": code})


def by_office(names: Mapping[int, str]) -> Callable[[Item], Key]:
    """The commune that is competent."""
    return lambda item: (item.fact.office, names.get(item.fact.office, ""), {"commune": item.fact.office})


def grouped(
    situation: Situation, title: Any, what: Any, key: Callable[[Item], Key], keys: Iterable[str], link: Link
) -> Table:
    """One row for each group and one of sums, whoever is worst off first; every number leads to its list."""
    keys = tuple(keys)
    groups: dict[Hashable, list[Item]] = {}
    known: dict[Hashable, Key] = {}
    for item in situation.items:
        found = key(item)
        known.setdefault(found[0], found)
        groups.setdefault(found[0], []).append(item)
    counted = {name: _numbers(situation, items, keys) for name, items in groups.items()}
    order = sorted(
        (name for name, numbers in counted.items() if any(numbers.values())),
        key=lambda name: ([-counted[name][key] for key in keys], said(known[name][1])),
    )
    rows = [_row(known[name][1], counted[name], known[name][2], link) for name in order]
    total = _row(_("Total"), _numbers(situation, situation.items, keys), {}, link)
    titles = BOARD_TITLES if keys[0] == BOARD_KEYS[0] else TITLES
    columns = (Column("group", what, width=40), *(Column(each, titles[each], "number") for each in keys))
    return Table(title, columns, rows, total=total if len(rows) > 1 else ())


def _numbers(situation: Situation, items: list[Item], keys: tuple[str, ...]) -> dict[str, int]:
    return {key: len(situation.chosen(key, items)) for key in keys}


def _row(label: Any, numbers: Mapping[str, int], wanted: Mapping[str, Any], link: Link) -> list[Any]:
    return [label, *(Linked(number, link(what=key, **wanted)) for key, number in numbers.items())]

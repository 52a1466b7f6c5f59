"""Form 07 (Circular 03/2025/TT-VPCP): the tracking book of a period.

The columns of Form 07 were read from public copies and are not yet checked against the Annex. The book holds every
dossier that the figures of the period count, so that each figure can be added up again from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries import register
from motcua.dossiers.queries.register import Entry
from motcua.dossiers.queries.situation import Item, Situation
from motcua.dossiers.reports.titles import CHANNELS, METHODS, TITLES
from motcua.dossiers.rules import figures
from motcua.kernel.tables import Column, Table
from motcua.ui import writing

# One dossier is handed in as one set here.
SETS = 1
Cell = Callable[[Entry, Situation], Any]
# Each column with what it says; the keys are those of the CSV and of the command.
_BOOK: tuple[tuple[Column, Cell], ...] = (
    (Column("number", _("Number"), width=22), lambda entry, _period: entry.number),
    (Column("procedure_code", _("Code of the procedure"), width=11), lambda entry, _period: entry.item.fact.procedure),
    (Column("procedure", _("Procedure"), width=34), lambda entry, _period: entry.title),
    (Column("sets", _("Sets"), "number", width=6), lambda _entry, _period: SETS),
    (Column("applicant", _("Applicant"), width=24), lambda entry, _period: entry.applicant),
    (Column("address", _("Address"), width=26), lambda entry, _period: entry.address),
    (Column("phone", _("Telephone"), width=13), lambda entry, _period: entry.phone),
    (Column("received_by", _("Received by"), width=26), lambda entry, _period: entry.receiving),
    (Column("channel", _("Way of filing"), width=11), lambda entry, _period: entry.item.fact.channel),
    (Column("filed_at", _("Day of filing"), "moment"), lambda entry, _period: entry.item.fact.filed_at),
    (Column("received_at", _("Day of receipt"), "moment"), lambda entry, period: _received(entry.item, period)),
    (Column("due_at", _("Due"), "moment"), lambda entry, _period: entry.item.fact.due_at),
    (Column("moved_to", _("Handed over to"), width=26), lambda entry, _period: entry.moved_to),
    (Column("settled_at", _("Day of settling"), "moment"), lambda entry, _period: entry.item.fact.settled_at),
    (Column("ended_at", _("Ended"), "moment"), lambda entry, _period: figures.ended_at(entry.item.fact)),
    (Column("ending", _("Ended without a result"), width=12), lambda entry, _period: _ending(entry.item)),
    (Column("returned_at", _("Returned"), "moment"), lambda entry, _period: entry.returned_at),
    (Column("return_method", _("How it was returned"), width=12), lambda entry, _period: entry.return_method),
    (Column("receiver", _("Receiver"), width=24), lambda entry, _period: entry.receiver),
    (Column("origin", _("Came"), width=13), lambda entry, period: figures.origin(entry.item.fact, period.within)),
    (Column("counts_as", _("Counts as"), width=20), lambda entry, _period: entry.item.bucket),
    (Column("clock_still_since", _("Clock still since"), "moment"), lambda entry, _period: entry.item.fact.still_since),
    (Column("note", _("Remarks"), width=30), lambda entry, period: _note(entry, period)),
)
COLUMNS = tuple(column for column, _cell in _BOOK)
# What people read as words, machines as codes.
_WORDS: dict[str, dict[str, Any]] = {
    "channel": CHANNELS,
    "return_method": METHODS,
    "origin": TITLES,
    "ending": TITLES,
    "counts_as": TITLES,
}


def _received(item: Item, period: Situation) -> Any:
    """Within the period only: what was received later counts here as waiting."""
    at = item.fact.received_at
    return at if at is None or at < period.within.end else None


def _ending(item: Item) -> str:
    """How it ended, where no result came of it."""
    ended = item.fact.settled_at is None and item.fact.state in figures.ENDED
    return item.fact.state if ended else ""


def _note(entry: Entry, period: Situation) -> str:
    said = []
    if figures.origin(entry.item.fact, period.within) == figures.CARRIED_OVER:
        said.append(gettext("from an earlier period"))
    if number := entry.supplements:
        said.append(ngettext("supplement asked for once", "supplement asked for %(n)s times", number) % {"n": number})
    if number := entry.extensions:
        said.append(ngettext("extended once", "extended %(n)s times", number) % {"n": number})
    if entry.entered_later_at:
        entered = writing.short_moment(entry.entered_later_at)
        said.append(gettext("blank slip of an outage, entered %(at)s") % {"at": entered})
    return "; ".join([*said, *filter(None, [entry.ending_reason])])


def book(period: Situation, *, words: bool = False) -> Table:
    """The tracking book of the period; with words where a person reads it."""
    chosen = register.in_order([item for item in period.items if item.bucket])
    rows = [[cell(entry, period) for _column, cell in _BOOK] for entry in register.entries(chosen)]
    if words:
        rows = [_in_words(row) for row in rows]
    return Table(_("Dossier tracking book (Form 07)"), COLUMNS, rows)


def _in_words(row: list[Any]) -> list[Any]:
    return [
        _WORDS[column.key].get(value, value) if column.key in _WORDS else value
        for column, value in zip(COLUMNS, row, strict=True)
    ]


# The columns of the printed form: what belongs together stands in one cell, and the last is signed.
_PAPER: tuple[tuple[Column, Cell], ...] = (
    (Column("number", _("Number"), width=25), lambda entry, _period: entry.number),
    (Column("procedure", _("Procedure"), width=28), lambda entry, _period: entry.title),
    (Column("sets", _("Sets"), "number", width=5), lambda _entry, _period: SETS),
    (Column("applicant", _("Applicant"), width=18), lambda entry, _period: entry.applicant),
    (Column("address", _("Address, telephone"), width=25), lambda entry, _period: _joined(entry.address, entry.phone)),
    (Column("received_by", _("Received by"), width=22), lambda entry, _period: entry.receiving),
    (
        Column("received_at", _("Day of receipt"), "moment", width=15),
        lambda entry, period: _received(entry.item, period),
    ),
    (Column("due_at", _("Due"), "moment", width=15), lambda entry, _period: entry.item.fact.due_at),
    (Column("moved_to", _("Handed over to"), width=22), lambda entry, _period: entry.moved_to),
    (Column("returned", _("Result returned: when, how, to whom"), width=22), lambda entry, _period: _returned(entry)),
    (Column("note", _("Remarks"), width=20), lambda entry, period: _joined(_outcome(entry), _note(entry, period))),
)


def _joined(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def _returned(entry: Entry) -> str:
    if entry.returned_at is None:
        return ""
    return ", ".join(filter(None, [writing.short_moment(entry.returned_at), *_way(entry)]))


def _way(entry: Entry) -> tuple[str, str]:
    return str(METHODS.get(entry.return_method, "")), entry.receiver


def _outcome(entry: Entry) -> str:
    """What it counts as, but for what only goes on within its time."""
    return "" if entry.item.bucket == figures.WITHIN else str(TITLES[entry.item.bucket])


def paper(period: Situation, items: Iterable[Item] | None = None) -> Table:
    """The tracking book as the form has it, or these lines of it."""
    chosen = register.in_order([item for item in (period.items if items is None else items) if item.bucket])
    rows = [[cell(entry, period) for _column, cell in _PAPER] for entry in register.entries(chosen)]
    return Table(_("Dossier tracking book"), tuple(column for column, _cell in _PAPER), rows)

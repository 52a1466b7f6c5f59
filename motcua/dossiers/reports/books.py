"""The books that fields keep of what they settled: results of any field, and the certification register.

The certification register has the columns that Circular 01/2020/TT-BTP asks for, as far as a dossier knows them; they
were written from memory and are to be checked. What a dossier does not say stays empty, for a hand to fill in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries import register
from motcua.dossiers.queries.dossiers import papers_of
from motcua.dossiers.queries.figures import local_day
from motcua.dossiers.queries.register import Entry
from motcua.dossiers.queries.situation import SETTLED, Item, Situation
from motcua.dossiers.reports.titles import METHODS
from motcua.kernel.tables import Column, Table

CERTIFICATION = "chung-thuc"
Cell = Callable[[Entry], Any]
_RESULTS: tuple[tuple[Column, Cell], ...] = (
    (Column("document_number", _("Number of the result"), width=16), lambda entry: entry.document_number),
    (Column("settled_at", _("Day of settling"), "date"), lambda entry: _day(entry.item.fact.settled_at)),
    (Column("number", _("Number of the dossier"), width=26), lambda entry: entry.number),
    (Column("applicant", _("Applicant"), width=24), lambda entry: entry.applicant),
    (Column("citizen_id", _("Citizen id"), width=18), lambda entry: entry.citizen_id),
    (Column("procedure", _("Procedure"), width=34), lambda entry: entry.title),
    (Column("result", _("Result"), width=30), lambda entry: entry.result),
    (Column("signed_by", _("Signed by"), width=24), lambda entry: entry.signed_by),
    (Column("returned_at", _("Day of return"), "date"), lambda entry: _day(entry.returned_at)),
    (Column("return_method", _("How it was returned"), width=14), lambda entry: METHODS.get(entry.return_method, "")),
    (Column("receiver", _("Receiver"), width=24), lambda entry: entry.receiver),
    (Column("note", _("Remarks"), width=20), lambda _entry: ""),
)


def results(period: Situation) -> Table:
    """What was settled in the period, of every field."""
    return _table(_("Book of results"), _RESULTS, period.chosen(SETTLED))


def certification(period: Situation) -> Table:
    """What was certified in the period: document, signer, number of papers."""
    chosen = [item for item in period.chosen(SETTLED) if item.sector == CERTIFICATION]
    papers = papers_of([item.fact.id for item in chosen])

    def titles(entry: Entry) -> str:
        return "; ".join(title for title, _quantity in papers.get(entry.item.fact.id, ())) or entry.title

    def copies(entry: Entry) -> int | None:
        return sum(quantity for _title, quantity in papers.get(entry.item.fact.id, ())) or None

    columns: tuple[tuple[Column, Cell], ...] = (
        (Column("document_number", _("Certification number"), width=16), lambda entry: entry.document_number),
        (Column("settled_at", _("Day of certification"), "date"), lambda entry: _day(entry.item.fact.settled_at)),
        (Column("applicant", _("Who asked for it"), width=24), lambda entry: entry.applicant),
        (Column("citizen_id", _("Citizen id"), width=18), lambda entry: entry.citizen_id),
        (Column("papers", _("Paper or contract"), width=40), titles),
        (Column("kind", _("Kind of certification"), width=30), lambda entry: entry.title),
        (Column("signed_by", _("Signed by"), width=24), lambda entry: entry.signed_by),
        (Column("copies", _("Papers"), "number", width=8), copies),
        (Column("fee", _("Fee"), width=10), lambda _entry: ""),
        (Column("number", _("Number of the dossier"), width=26), lambda entry: entry.number),
        (Column("note", _("Remarks"), width=20), lambda _entry: ""),
    )
    return _table(_("Certification register"), columns, chosen)


def _table(title: Any, columns: tuple[tuple[Column, Cell], ...], items: list[Item]) -> Table:
    """The lines in the order in which they were settled."""
    ordered = sorted(items, key=lambda item: (item.fact.settled_at, str(item.fact.id)))
    rows = [[cell(entry) for _column, cell in columns] for entry in register.entries(ordered)]
    return Table(title, tuple(column for column, _cell in columns), rows)


def _day(moment: Any) -> Any:
    return local_day(moment) if moment else None

"""What the archive's pages show and carry out: the list that is handed over, as a table; decisions one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import acts, policies, queries, services
from motcua.dossiers.models import ArchiveList, DisposalItem, Dossier
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.kernel.tables import Column, Table
from motcua.ui import marks

PAGE = 100
_COLUMNS = (
    Column("place", _("No."), "number", width=5),
    Column("number", _("Number of the dossier"), width=22),
    Column("title", _("Procedure"), width=34),
    Column("opened", _("Filed"), "date"),
    Column("closed", _("Ended"), "date"),
    Column("state", _("How it ended"), width=16),
    Column("kept", _("How long it is kept"), width=22),
    Column("papers", _("Files"), "number", width=6),
)


def office_of(person: Person, day: date) -> Office | None:
    """The commune whose archive this person keeps or leads."""
    return next(iter(policies.archived_offices(person, day)), None)


def waiting(office: Office, after: str) -> tuple[list[Dossier], str]:
    """One page of closed dossiers that no list has handed over, and the place after it."""
    found = queries.not_archived(office)
    if after:
        found = found.filter(matter__reference__gt=after)
    page = list(found.order_by("matter__reference")[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].number if len(page) > PAGE else ""


def table(made: ArchiveList, day: date) -> Table:
    """The index of a list: no names, so that it can lie open."""
    items = made.items.select_related("dossier__matter", "dossier__competent_office").order_by("place")
    papers = queries.number_of_papers([item.dossier_id for item in items])
    rows = [[item.place, *_cells(item.dossier, day), papers.get(item.dossier_id, 0)] for item in items]
    title = _("List of dossiers handed to the archive")
    return Table(title, _COLUMNS, rows)


def _cells(dossier: Dossier, day: date) -> Iterator[Any]:
    closed = dossier.matter.closed_at
    mark = marks.mark_of(marks.STATUSES, dossier.state)
    yield dossier.number
    yield dossier.matter.title
    yield timezone.localdate(dossier.filed_at)
    yield timezone.localdate(closed) if closed else None
    yield str(mark.word) if mark else dossier.state
    yield _kept(dossier, day)


def _kept(dossier: Dossier, day: date) -> str:
    kept = queries.retention_of(dossier, day)
    if kept.permanent:
        return str(_("for ever"))
    return str(_("%(years)s years") % {"years": kept.years}) if kept.years is not None else str(_("not entered"))


def decide(
    items: Sequence[DisposalItem], by: Person, at: datetime, said: dict[str, Any]
) -> list[tuple[DisposalItem, str]]:
    """The decision on each, with why not where it was not done."""
    return [(item, _decided(item, by, at, said)) for item in items]


def _decided(item: DisposalItem, by: Person, at: datetime, said: dict[str, Any]) -> str:
    try:
        services.decide_disposal(item=item, by=by, at=at, **said)
    except acts.REFUSALS as refused:
        return acts.why_not(refused, item.dossier)
    return ""

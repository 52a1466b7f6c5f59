"""The report pages made ready for their templates: which period, its figures, its files, the register. Reads only.

What an address says that makes no sense counts as not said, so that an old bookmark still opens something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import queries, reports
from motcua.dossiers.at_desk import board
from motcua.dossiers.queries import figures as facts
from motcua.dossiers.queries import periods, register
from motcua.dossiers.queries.periods import Reported
from motcua.dossiers.reports import periods as figures
from motcua.dossiers.rules import months
from motcua.dossiers.rules.months import Months
from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.kernel.tables import Linked, Table

PAGE = 50
FORMS = {"csv": "CSV", "xlsx": "Excel", "pdf": "PDF"}


def asked(office: Office, given: Mapping[str, str], now: datetime, day: date) -> Reported:
    """What is reported for the period that the address asks for."""
    return periods.reported_between(office, *periods.span_asked(given, periods.months_of(office), day), now)


def address(name: str, found: Reported, **more: str) -> str:
    """The address of a report page for this office and period."""
    within = found.situation.within
    return address_of(name, found.situation.office, within.first, within.last, **more)


def address_of(name: str, office: Office, first: date | None = None, last: date | None = None, **more: str) -> str:
    """The same for an office, and a period if there is one."""
    period = {"from": first.isoformat(), "to": last.isoformat()} if first and last else {}
    return f"{reverse(name)}?{urlencode({'office': office.code} | period | more)}"


def file_name(found: Reported, name: str, form: str) -> str:
    """A name by which a file is found again in a folder of many."""
    office, within = found.situation.office, found.situation.within
    return f"{office.slug or office.code}-{name}-{within.first}-{within.last}.{form}"


def figures_page(found: Reported, offices: tuple[Office, ...], day: date, *, leads: bool) -> dict[str, Any]:
    """Figures, groups, files; for whoever leads also the closing and the cut-off day."""
    situation = found.situation
    months_ = periods.months_of(situation.office)
    # Lists behind the numbers are for whoever leads.
    link = board.link_for(situation.office, situation.within) if leads else reports.no_link
    month = months_.whole(situation.within.first, situation.within.last)
    return {
        "office": situation.office,
        "offices": offices,
        "found": found,
        "within": situation.within,
        "spans": list(_spans(months_, day, situation.office)),
        "table": figures.listing(found, link),
        "groups": reports.period_groups(found, link),
        "files": list(_files(found)),
        "forms": FORMS.values(),
        "register": address("desk-register", found),
        "may_close": leads and month is not None and found.closed is None and situation.within.last < day,
        "leads": leads,
        "cut_off": months_.cut_off(months.later(months_.of(day))),
        "cut_offs": months.CUT_OFFS,
        "across": queries.received_for_others(facts.offices_below(situation.office), situation.within),
        "most_across": queries.MOST_ACROSS,
    }


def _spans(months_: Months, day: date, office: Office) -> Iterator[tuple[Any, str]]:
    """The periods that are asked for most, each with its address."""
    now = months_.of(day)
    for words, kind, month in (
        (_("This month"), "month", now),
        (_("Last month"), "month", months.later(now, -1)),
        (_("This quarter"), "quarter", now),
        (_("Last quarter"), "quarter", months.later(now, -3)),
        (_("This year"), "year", now),
        (_("Last year"), "year", months.later(now, -12)),
    ):
        first, last = months_.of_kind(kind, month[0], months.number_of(kind, month))  # type: ignore[arg-type]
        given = {"office": office.code, "from": first.isoformat(), "to": last.isoformat()}
        yield words, "?" + urlencode(given)


def _files(found: Reported) -> Iterator[dict[str, Any]]:
    """Each report with the addresses of its files."""
    for name, report in reports.REPORTS.items():
        if name == "communes" and found.situation.office.kind != organisation.PROVINCE:
            continue
        within = found.situation.within
        query = {"office": found.situation.office.code, "from": within.first, "to": within.last}
        yield {
            "title": report.title,
            "files": [
                (words, f"{reverse('desk-report-file', args=[name, form])}?{urlencode(query)}")
                for form, words in FORMS.items()
            ],
        }


def _opening(book: Table) -> Table:
    """The book with a way from each number to its dossier."""
    rows = [[Linked(row[0], reverse("desk-dossier", args=[row[0]])), *row[1:]] for row in book.rows]
    return replace(book, rows=rows)


def register_page(found: Reported, after: str) -> dict[str, Any]:
    """One page of the tracking book on screen."""
    every = register.in_order([item for item in found.situation.items if item.bucket])
    places = [f"{(item.fact.received_at or item.fact.filed_at).timestamp():017.6f}_{item.fact.id}" for item in every]
    begun = next((number for number, place in enumerate(places) if place > after), len(places))
    page = every[begun : begun + PAGE]
    more = begun + PAGE < len(every)
    return {
        "office": found.situation.office,
        "found": found,
        "within": found.situation.within,
        "number": len(every),
        "table": _opening(reports.register.paper(found.situation, page)),
        "back": address("desk-reports", found),
        "files": next(each for each in _files(found) if each["title"] == reports.REPORTS["register"].title)["files"],
        "next": address("desk-register", found, after=places[begun + PAGE - 1]) if more else "",
        "first": address("desk-register", found) if after else "",
    }

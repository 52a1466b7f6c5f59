"""The list behind a number of the board or of a report: the same Items, filtered further, one page at a time.

Nouns: Wanted (what was asked for in the address). What an address says that makes no sense counts as not said, so that
an old bookmark still opens something. Reads only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policies, reports
from motcua.dossiers.queries import index, periods
from motcua.dossiers.queries import situation as queries
from motcua.dossiers.queries.situation import Item, Row, Situation
from motcua.dossiers.rules import figures
from motcua.dossiers.words import wording
from motcua.kernel import clock, organisation, schedule
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office

PAGE = 50
FILTERS: dict[str, tuple[Any, Callable[[Item], reports.Key]]] = {
    "sector": (_("Field"), reports.by_sector),
    "procedure": (_("Procedure"), reports.by_procedure),
    "officer": (_("Officer"), reports.by_officer),
    "place": (_("Office and step"), reports.by_place),
    "channel": (_("Way of filing"), reports.by_channel),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    what: str
    first: date
    last: date
    filters: Mapping[str, str]
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list."""

    item: Item
    row: Row
    applicant: str
    standing: str
    left: Any | None
    opens: bool
    # Not theirs, but there for whoever says what for.
    overseen: bool


def wanted(given: Mapping[str, str], office: Office, day: date) -> Wanted:
    """Read the address: without a period it is the reporting month until today."""
    last = periods.day_asked(given.get("to", "")) or day
    first = periods.day_asked(given.get("from", ""))
    if first is None or first > last or (last - first).days > periods.LONGEST:
        months = periods.months_of(office)
        first = months.span(months.of(last))[0]
    what = given.get("what", "")
    filters = {name: given[name] for name in (*FILTERS, "commune") if given.get(name)}
    known = what in queries.SHOWN or what in index.TESTS
    return Wanted(what if known else queries.AT_WORK, first, last, filters, given.get("after", ""))


def list_page(person: Person, office: Office, asked: Wanted, now: datetime) -> dict[str, Any]:
    """One page of the list, and what it can be narrowed by."""
    within = figures.period(asked.first, asked.last, timezone.get_current_timezone(), now)
    situation = queries.situation(office, within)
    every = _every(situation, asked.what)
    keys = _keys(office)
    chosen = [item for item in every if _fits(item, asked.filters, keys)]
    page, following = _page(chosen, asked)
    return {
        "office": office,
        "asked": asked,
        "within": within,
        "title": reports.TITLES[asked.what],
        "number": len(chosen),
        "numbers": [(name, reports.TITLES[name]) for name in (*queries.SHOWN, *index.TESTS)],
        "filters": [_filter(name, every, asked, keys) for name in keys],
        "chosen": [_chosen(name, every, asked, keys, office) for name in keys if name in asked.filters],
        "rows": _shown(person, situation, page, now),
        "several": office.kind == organisation.PROVINCE,
        "next": _address(office, asked, following) if following else "",
        "first": _address(office, asked, "") if asked.after else "",
    }


def _every(situation: Situation, what: str) -> list[Item]:
    """The items that a number of the board, of a report or of the service index counts."""
    return index.of_situation(situation).chosen(what) if what in index.TESTS else situation.chosen(what)


def _keys(office: Office) -> dict[str, tuple[Any, Callable[[Item], reports.Key]]]:
    if office.kind != organisation.PROVINCE:
        return FILTERS
    return {"commune": (_("Commune"), reports.by_office(queries.names_below(office))), **FILTERS}


def _fits(item: Item, filters: Mapping[str, str], keys: Mapping[str, Any]) -> bool:
    return all(_value(keys[name][1](item)) == value for name, value in filters.items() if name in keys)


def _value(key: reports.Key) -> str:
    """What stands in the address for this group."""
    return str(next(iter(key[2].values())))


def _filter(name: str, every: Iterable[Item], asked: Wanted, keys: Mapping[str, Any]) -> dict[str, Any]:
    title, key = keys[name]
    labels = {_value(found): found[1] for found in map(key, every)}
    options = {value: reports.said(label) for value, label in labels.items()}
    return {
        "name": name,
        "title": title,
        "options": sorted(options.items(), key=lambda pair: pair[1]),
        "value": asked.filters.get(name, ""),
    }


def _chosen(name: str, every: Iterable[Item], asked: Wanted, keys: Mapping[str, Any], office: Office) -> dict[str, Any]:
    """A filter that is set: in words, and the address without it."""
    title, key = keys[name]
    value = asked.filters[name]
    words = next((reports.said(found[1]) for found in map(key, every) if _value(found) == value), value)
    rest = replace(asked, filters={other: given for other, given in asked.filters.items() if other != name})
    return {"title": title, "words": words, "without": _address(office, rest, "")}


def _moment(item: Item, what: str) -> datetime:
    """By what the list is ordered: what is open by its due moment, the rest by when it came."""
    fact = item.fact
    if what in figures.IN_PROGRESS or what in (queries.OPEN, queries.AT_WORK, queries.DUE_SOON, queries.DUE_AHEAD):
        return fact.due_at or fact.filed_at
    return fact.received_at or fact.filed_at


def _page(chosen: Iterable[Item], asked: Wanted) -> tuple[list[Item], str]:
    """The page after the given place, and the place where it ends; empty when nothing follows."""
    placed = sorted(
        ((f"{_moment(item, asked.what).timestamp():017.6f}_{item.fact.id}", item) for item in chosen),
        key=lambda pair: pair[0],
    )
    ahead = [pair for pair in placed if pair[0] > asked.after]
    page = ahead[:PAGE]
    return [item for _place, item in page], page[-1][0] if len(ahead) > PAGE else ""


def _address(office: Office, asked: Wanted, after: str) -> str:
    period = {"office": office.code, "from": asked.first.isoformat(), "to": asked.last.isoformat()}
    return "?" + urlencode(period | {"what": asked.what} | dict(asked.filters) | ({"after": after} if after else {}))


def _shown(person: Person, situation: Situation, page: list[Item], now: datetime) -> list[Shown]:
    """The lines; what the person's own offices have nothing to do with has no open name and no link."""
    rows = queries.rows(page)
    own = queries.visible(person, list(rows), timezone.localdate(now))
    overseen = policies.overseeing_post(person, situation.office.path, timezone.localdate(now)) is not None
    calendar = schedule.calendar_for(situation.office)
    return [_line(item, rows[item.fact.id], item.fact.id in own, overseen, situation, calendar, now) for item in page]


def _line(
    item: Item, row: Row, opens: bool, overseen: bool, situation: Situation, calendar: Any, now: datetime
) -> Shown:
    fact = item.fact
    at = fact.still_since or situation.within.as_of
    open_now = item.bucket in figures.IN_PROGRESS and fact.due_at
    left = clock.remaining(calendar, at, fact.due_at) if open_now and fact.due_at else None
    name = row.applicant if opens else wording.masked_name(row.applicant)
    return Shown(item, row, name, _standing(item, situation), left, opens, overseen)


def _standing(item: Item, situation: Situation) -> str:
    if item.bucket in figures.SETTLED:
        return item.bucket.removeprefix("settled_")
    if item.bucket == figures.OVERDUE:
        return "overdue"
    if item.bucket == figures.WITHIN:
        return "due_soon" if item in situation.chosen(queries.DUE_SOON, [item]) else "within"
    return ""

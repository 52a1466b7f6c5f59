"""The leader's board, made ready for its template: what is late and whose, what will be, where it piles up. Reads only.

Nouns: Part (a name, a number, the list behind it). Every number is a count of Items, and its address asks for the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import reports
from motcua.dossiers.queries import periods
from motcua.dossiers.queries import situation as queries
from motcua.dossiers.queries.situation import Item, Situation
from motcua.dossiers.reports import Link
from motcua.dossiers.rules import figures
from motcua.kernel import clock, organisation, schedule
from motcua.kernel.organisation import Office

BARS = {figures.OVERDUE: "stop", queries.DUE_AHEAD: "wait", queries.LATER: "done"}
# So many names stand in a card; the tables below have them all.
NAMED = 4
GROUPS = (
    ("sector", _("By field"), _("Field"), reports.by_sector),
    ("officer", _("By officer"), _("Officer"), reports.by_officer),
    ("place", _("Where it lies"), _("Office and step"), reports.by_place),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A number with its name and the address of its list; a second one beside it where two are compared."""

    label: Any
    number: int
    href: str
    mark: str = ""
    beside: int = 0
    beside_href: str = ""


def link_for(office: Office, within: figures.Period) -> Link:
    """Addresses of lists in this office and period."""
    fixed = {"office": office.code, "from": within.first.isoformat(), "to": within.last.isoformat()}
    base = reverse("desk-board-list")
    return lambda **wanted: f"{base}?{urlencode(fixed | wanted)}"


def board_page(office: Office, offices: tuple[Office, ...], now: datetime, day: date) -> dict[str, Any]:
    """Everything on the board."""
    zone = timezone.get_current_timezone()
    months = periods.months_of(office)
    month = figures.period(months.span(months.of(day))[0], day, zone, now)
    today = figures.period(day, day, zone, now)
    situation = queries.situation(office, month)
    link = link_for(office, month)
    groups = _groups(office)
    # A province asks in which commune something lies, a commune with whom.
    whose = groups[0][3] if office.kind == organisation.PROVINCE else reports.by_officer
    return {
        "office": office,
        "offices": offices,
        "now": now,
        "month": month,
        "late": _late(situation, link, now, whose),
        "ahead": _card(situation, queries.DUE_AHEAD, link, whose) | {"until": situation.ahead},
        "piles": _piles(situation, link),
        "standing": _standing(situation, link),
        "done": _done(situation, situation.over(today), link, link_for(office, today)),
        "groups": [_group(situation, link, *each) for each in groups],
        "bars": BARS,
    }


def _groups(office: Office) -> list[tuple[str, Any, Any, Callable[[Item], reports.Key]]]:
    """A province compares its communes where a commune compares its people."""
    if office.kind != organisation.PROVINCE:
        return list(GROUPS)
    by_office = reports.by_office(queries.names_below(office))
    return [("commune", _("By commune"), _("Commune"), by_office), GROUPS[0]]


def _group(situation: Situation, link: Link, name: str, title: Any, what: Any, key: Any) -> dict[str, Any]:
    keys = reports.BOARD_KEYS[:3] if name == "place" else reports.BOARD_KEYS
    return {"name": name, "table": reports.grouped(situation, title, what, key, keys, link)}


def _card(situation: Situation, what: str, link: Link, whose: Callable[[Item], reports.Key]) -> dict[str, Any]:
    """A number, and with whom its dossiers lie."""
    chosen = situation.chosen(what)
    parts = _parts(chosen, whose, what, link)
    return {"number": len(chosen), "href": link(what=what), "parts": parts[:NAMED], "more": len(parts) - NAMED}


def _parts(items: list[Item], key: Callable[[Item], reports.Key], what: str, link: Link) -> list[Part]:
    found: dict[Any, tuple[Any, Any, int]] = {}
    for item in items:
        name, label, wanted = key(item)
        found[name] = (label, wanted, found[name][2] + 1 if name in found else 1)
    parts = [Part(label, number, link(what=what, **wanted)) for label, wanted, number in found.values()]
    return sorted(parts, key=lambda part: (-part.number, reports.said(part.label)))


def _late(situation: Situation, link: Link, now: datetime, whose: Callable[[Item], reports.Key]) -> dict[str, Any]:
    """What is overdue, and the one that has been so for longest."""
    card = _card(situation, figures.OVERDUE, link, whose)
    late = [item for item in situation.chosen(figures.OVERDUE) if item.fact.due_at]
    if late:
        worst = min(late, key=lambda item: (item.fact.due_at, str(item.fact.id)))
        calendar = schedule.calendar_for(situation.office)
        at = worst.fact.still_since or now
        card |= {"worst": worst, "since": clock.remaining(calendar, at, worst.fact.due_at)}  # type: ignore[arg-type]
    return card


def _piles(situation: Situation, link: Link) -> list[Part]:
    """Where most lies that the office itself has to move on."""
    waiting = [*situation.chosen(queries.OPEN), *situation.chosen(figures.WAITING)]
    own = [item for item in waiting if item.holder and not item.holder.act.startswith("await")]
    return _parts(own, reports.by_place, queries.AT_WORK, link)[:NAMED]


def _standing(situation: Situation, link: Link) -> list[Part]:
    """What there is now, in the order in which a dossier goes."""
    keys = (figures.WAITING, queries.OPEN, queries.DUE_SOON, figures.OVERDUE, queries.TO_COLLECT)
    marks = {queries.DUE_SOON: "due_soon", figures.OVERDUE: "overdue"}
    return [Part(reports.TITLES[key], len(situation.chosen(key)), link(what=key), marks.get(key, "")) for key in keys]


def _done(month: Situation, today: Situation, month_link: Link, today_link: Link) -> list[Part]:
    """What came and what was settled: today, and in the reporting month until now."""
    keys = (figures.FILED, figures.RECEIVED, *figures.SETTLED, "stopped", "withdrawn", figures.REFUSED_BEFORE)
    marks = {"settled_early": "early", "settled_on_time": "on_time", "settled_late": "late"}
    return [
        Part(
            reports.TITLES[key],
            today.counts[key],
            today_link(what=key),
            marks.get(key, ""),
            month.counts[key],
            month_link(what=key),
        )
        for key in keys
    ]

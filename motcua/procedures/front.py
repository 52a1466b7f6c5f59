"""What a commune's first pages lead to: what people most often come for, the fields under a few headings, when the
office is open.

Nouns: Asked (one thing people come for, in their words), Topic (fields under one heading), Shelf (a field with its
procedures). Headings and words stand in data/front.yaml, read once.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.kernel import schedule
from motcua.kernel.calendar import NoWorkingDay, Sessions
from motcua.kernel.organisation import Office
from motcua.procedures import queries, strict_yaml
from motcua.procedures.queries import Listed
from motcua.ui import writing

FILE = Path(__file__).resolve().parent / "data" / "front.yaml"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing people come for."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A field with the procedures that an office offers in it."""

    slug: str
    name: str
    language: str
    rows: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Fields under one heading."""

    name: str
    shelves: tuple[Shelf, ...]

    @property
    def count(self) -> int:
        """How many procedures stand under it."""
        return sum(len(shelf.rows) for shelf in self.shelves)


def asked(office: Office, day: date) -> list[Asked]:
    """What people most often come for, as far as this office offers it."""
    offered = {row.code for row in queries.listed(office, day, limit=queries.ALL)}
    return [Asked(one["code"], _words(one)) for one in _file()["asked"] if one["code"] in offered]


def topics(office: Office, day: date) -> list[Topic]:
    """Every field with what the office offers in it; fields and headings without procedures are left out."""
    shelves = _shelves(office, day)
    headed = {slug for topic in _file()["topics"] for slug in topic["sectors"]}
    rest = [slug for slug in shelves if slug not in headed]
    found = [Topic(_words(one), _under(one["sectors"] or rest, shelves)) for one in _file()["topics"]]
    return [topic for topic in found if topic.shelves]


def shelf(office: Office, day: date, slug: str) -> Shelf | None:
    """One field as this office offers it."""
    return _shelves(office, day).get(slug)


def opening(office: Office, day: date) -> str:
    """Whether the office is open today and when, or when next."""
    calendar = schedule.calendar_for(office)
    if sessions := calendar.sessions(day):
        return _("Open today, %(day)s: %(hours)s.") % {"day": writing.long_date(day), "hours": _hours(sessions)}
    try:
        following = calendar.next_working_day(day)
    except NoWorkingDay:
        return ""
    hours = _hours(calendar.sessions(following))
    return _("Closed today. Open again on %(day)s: %(hours)s.") % {"day": writing.long_date(following), "hours": hours}


def _hours(sessions: Sessions) -> str:
    return ", ".join(f"{session.start:%H:%M}–{session.end:%H:%M}" for session in sessions)


def _under(slugs: Sequence[str], shelves: dict[str, Shelf]) -> tuple[Shelf, ...]:
    return tuple(shelves[slug] for slug in slugs if slug in shelves)


def _shelves(office: Office, day: date) -> dict[str, Shelf]:
    """Every field with procedures, by its name."""
    rows: dict[str, list[Listed]] = defaultdict(list)
    for row in queries.listed(office, day, limit=queries.ALL):
        rows[row.sector].append(row)
    english = writing.in_english()
    names = {
        one.slug: (one.name_en, "en") if english and one.name_en else (one.name_vi, "vi") for one in queries.sectors()
    }
    return {slug: Shelf(slug, *names[slug], tuple(rows[slug])) for slug in names if slug in rows}


@functools.lru_cache(maxsize=1)
def _file() -> Any:
    return strict_yaml.loaded(FILE)


def _words(one: dict[str, Any]) -> str:
    return str(one["en" if (get_language() or "").startswith("en") else "vi"])

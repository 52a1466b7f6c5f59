"""The wall as whoever keeps it looks at it: what hangs, what is to be printed again, what was hung in a quarter.

Nouns: Asked (what of the wall somebody looks at), Bundle (sheets that are printed together), Group (sheets hung
in one walk), Quarter.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from motcua.kernel.organisation import Office
from motcua.procedures import queries
from motcua.procedures.models import Posting
from motcua.procedures.queries import Reprint, Sheet
from motcua.procedures.wall import BUNDLE

ON_A_PAGE = 50
CHANGED, NEVER = "changed", "never"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which office's wall, and what part of it."""

    office: Office
    sector: str = ""
    place: str = ""
    after: int = 0

    def address(self, name: str, **more: Any) -> str:
        """A page of the wall about the same part of it."""
        said = {"office": self.office.code, "sector": self.sector, "place": self.place} | more
        return f"{reverse(name)}?{urlencode({key: value for key, value in said.items() if value}, doseq=True)}"

    def pages(self, name: str, total: int) -> dict[str, Any]:
        """How many there are, and the addresses of the page before and of the page after."""
        before, following = self.after - ON_A_PAGE, self.after + ON_A_PAGE
        return {
            "total": total,
            "previous": self.address(name, after=max(0, before)) if self.after else "",
            "next": self.address(name, after=following) if following < total else "",
        }

    def has(self, sector: str, place: str) -> bool:
        """Whether something of this field, at this place, is part of what was asked for."""
        return self.sector in ("", sector) and self.place in ("", place)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Sheets that make one PDF."""

    kind: str
    first: int
    last: int
    keys: tuple[str, ...]


def bundles(sheets: Iterable[Sheet]) -> Iterator[Bundle]:
    """The sheets in their order, lists of fields apart, each bundle as large as a press should set at once."""
    ordered = sorted(sheets, key=lambda sheet: sheet.kind)
    for kind, group in itertools.groupby(ordered, key=lambda sheet: sheet.kind):
        keys = [sheet.key for sheet in group]
        for begin in range(0, len(keys), BUNDLE):
            some = tuple(keys[begin : begin + BUNDLE])
            yield Bundle(kind, begin + 1, begin + len(some), some)


def hanging(asked: Asked, day: date) -> dict[str, Any]:
    """The page of what hangs."""
    sheets = queries.sheets_on(asked.office, day)
    every = queries.postings_of(asked.office)
    found = [one for one in every if asked.has(one.sector, one.place)]
    rows = [(one, one.standing(sheets)) for one in found[asked.after : asked.after + ON_A_PAGE]]
    return {
        "rows": rows,
        "hanging": len(every),
        "reprint": len(queries.outdated_postings(asked.office, day, every)),
        "chosen": sheets.get(asked.sector),
        "bundles": list(bundles(_of_sector(sheets, asked.sector))) if asked.sector else [],
        "record_url": asked.address("wall-record"),
        **asked.pages("wall", len(found)),
        **_choices(asked, sheets),
    }


def to_reprint(asked: Asked, day: date) -> dict[str, Any]:
    """The page of the reprint list: what is to be hung in place of the old, place by place, then what never hung."""
    found = reprints(asked, day)
    return {
        "rows": found[asked.after : asked.after + ON_A_PAGE],
        "counted": Counter(one.reason for one in found),
        "groups": list(_groups(asked, found)),
        **asked.pages("wall-reprint", len(found)),
        **_choices(asked, queries.sheets_on(asked.office, day)),
    }


@dataclass(frozen=True, slots=True)
class Group:
    """Sheets that are hung in one walk: at one place, or for the first time (no place yet)."""

    place: str
    count: int
    bundles: tuple[Bundle, ...]
    record_url: str


def _groups(asked: Asked, found: Sequence[Reprint]) -> Iterator[Group]:
    places: dict[str, list[Sheet]] = {}
    for one in found:
        if one.sheet:
            places.setdefault(one.hung.place if one.hung else "", []).append(one.sheet)
    for place, sheets in sorted(places.items(), key=lambda item: (not item[0], item[0])):
        url = asked.address("wall-record", of=CHANGED if place else NEVER, place=place)
        yield Group(place, len(sheets), tuple(bundles(sheets)), url)


def one(posting: Posting, day: date) -> dict[str, Any]:
    """The page of one posting."""
    hung, asked = queries.hung(posting.pk), Asked(posting.office)
    standing = hung.standing(queries.sheets_on(posting.office, day))
    again = asked.address("wall-record", key=hung.key, place=hung.place)
    return {"asked": asked, "hung": hung, "standing": standing, "again": again}


def reprints(asked: Asked, day: date) -> list[Reprint]:
    """What of the asked part is to be printed again or taken down; at one place, what was never hung is not missed."""
    found = queries.outdated_postings(asked.office, day)
    return [one for one in found if asked.has(one.shown.sector, one.hung.place if one.hung else "")]


def to_post(asked: Asked, day: date, of: str, keys: Sequence[str], sent: Sequence[str]) -> list[Sheet]:
    """The sheets that somebody is about to say hang.

    Those that were `sent` belong to them, even if the reprint list does not name them any more: the same act may come
    twice.
    """
    sheets = queries.sheets_on(asked.office, day)
    if of in (CHANGED, NEVER):
        chosen = [one.sheet for one in reprints(asked, day) if one.reason == of]
    else:
        chosen = [sheets.get(key) for key in keys] or list(_of_sector(sheets, asked.sector))
    chosen += [sheets.get(key) for key in sent]
    return list(dict.fromkeys(sheet for sheet in chosen if sheet))


def _of_sector(sheets: Mapping[str, Sheet], sector: str) -> Iterator[Sheet]:
    """The procedures of a field, then its list."""
    return (sheet for sheet in sheets.values() if sheet.sector == sector)


def _choices(asked: Asked, sheets: Mapping[str, Sheet]) -> dict[str, Any]:
    return {
        "asked": asked,
        "sectors": [sheet for sheet in sheets.values() if sheet.kind == Posting.SECTOR],
        "places": queries.places_of(asked.office),
    }


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which that day lies."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def named(cls, text: str, today: date) -> Quarter:
        """2026-4; whatever cannot be read is the quarter of today."""
        year, _dash, number = text.partition("-")
        known = year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4")
        return cls(int(year), int(number)) if known and int(year) else cls.of(today)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> Quarter:
        """The quarter before it."""
        return Quarter.of(self.first - timedelta(days=1))

    @property
    def roman(self) -> str:
        """As official papers number quarters."""
        return ("I", "II", "III", "IV")[self.number - 1]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


def of_quarter(asked: Asked, quarter: Quarter, today: date) -> dict[str, Any]:
    """The list of what was hung in a quarter, by field."""
    found = queries.posted_between(asked.office, quarter.first, quarter.last)
    groups = itertools.groupby(found, key=lambda one: one.sector_name)
    over = quarter.last < today
    return {
        "asked": asked,
        "today": today,
        "quarter": quarter,
        "groups": [(name, list(rows)) for name, rows in groups],
        "total": len(found),
        "before_url": asked.address("wall-quarter", quarter=quarter.before),
        "following_url": asked.address("wall-quarter", quarter=quarter.following) if over else "",
    }

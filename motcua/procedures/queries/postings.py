"""What hangs on an office's walls, what ought to hang there, and what has to be printed again.

Nouns: Sheet (what the wall ought to say on a day: one procedure, or the list of a field), Hung (a posting that hangs),
Reprint (work for whoever keeps the wall). A sheet's state names exactly what is printed on it; a posting has the state
of its day, so that whether it still holds is a comparison and never a stored mark.
"""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import CharField, QuerySet
from django.db.models.functions import Coalesce

from motcua.kernel import freshness
from motcua.kernel.organisation import Office
from motcua.kernel.search import fold
from motcua.procedures.models import Overlay, Posting, Version
from motcua.procedures.queries.lists import Listed, listed

CURRENT, CHANGED, ENDED, NEVER = "current", "changed", "ended", "never"
_ALL = 100_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What can be printed for the wall on one day. The key is a procedure's code or a field's slug."""

    kind: str
    key: str
    name: str
    sector: str
    sector_name: str
    version_id: int | None = None
    version_no: int | None = None
    overlay_ids: tuple[int, ...] = ()
    listing: str = ""

    @property
    def state(self) -> str:
        """Names exactly what is printed on it; for a procedure the key of its edition."""
        return state_of(self.version_id, self.overlay_ids, self.listing)


@dataclass(frozen=True, slots=True)
class Hung:
    """A sheet that hangs, or hung, with what it says."""

    pk: int
    kind: str
    key: str
    name: str
    sector: str
    sector_name: str
    version_id: int | None
    version_no: int | None
    overlay_ids: Sequence[int]
    listing: str
    place: str
    posted_date: date
    posted_by: str
    photo: str | None
    taken_down_date: date | None

    @property
    def state(self) -> str:
        """As a sheet's."""
        return state_of(self.version_id, self.overlay_ids, self.listing)

    def standing(self, sheets: Mapping[str, Sheet]) -> str:
        """current, changed since it was hung, or ended where the office offers it no more."""
        sheet = sheets.get(self.key)
        if sheet is None:
            return ENDED
        return CURRENT if sheet.state == self.state else CHANGED


@dataclass(frozen=True, slots=True)
class Reprint:
    """One thing to do at the wall: print and hang (changed, never), or take down (ended)."""

    reason: str
    sheet: Sheet | None
    hung: Hung | None

    @property
    def shown(self) -> Sheet | Hung:
        """Whichever there is, for its name and field."""
        return self.sheet or self.hung  # type: ignore[return-value]  # one of them is there


def state_of(version_id: int | None, overlay_ids: Iterable[int], listing: str) -> str:
    """The state of a sheet made of exactly these."""
    return listing or "-".join(map(str, (version_id, *overlay_ids)))


def sheets_on(office: Office, day: date) -> Mapping[str, Sheet]:
    """Every sheet of the office's wall that day by key: procedures by name, then the lists of fields."""
    return _sheets_on(office, office.codes, day, freshness.stamps().catalogue)


@functools.lru_cache(maxsize=64)
def _sheets_on(office: Office, codes: tuple[str, ...], day: date, _stamp: str) -> Mapping[str, Sheet]:
    offered = listed(office, day, limit=_ALL)
    found = [*_of_procedures(offered, codes, day), *_of_sectors(offered)]
    return MappingProxyType({sheet.key: sheet for sheet in found})


def _of_procedures(offered: Sequence[Listed], codes: tuple[str, ...], day: date) -> Iterator[Sheet]:
    columns = ("procedure_id", "pk", "no")
    versions = {
        code: (pk, no)
        for code, pk, no in Version.objects.in_force(day).order_by("procedure_id", "no").values_list(*columns)
    }
    overlays: dict[str, list[int]] = defaultdict(list)
    laid = Overlay.objects.in_force(day).filter(office__code__in=codes).order_by("office__path", "no")
    for code, pk in laid.values_list("procedure_id", "pk"):
        overlays[code].append(pk)
    for row in offered:
        version, no = versions[row.code]
        words = (row.code, row.short_name, row.sector, row.sector_name)
        yield Sheet(Posting.PROCEDURE, *words, version, no, tuple(overlays[row.code]))


def _of_sectors(offered: Sequence[Listed]) -> Iterator[Sheet]:
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in offered:
        rows[row.sector_name, row.sector].append(f"{row.code} {row.short_name}")
    for (name, slug), lines in sorted(rows.items(), key=lambda row: fold(row[0][0])):
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        yield Sheet(Posting.SECTOR, slug, name, slug, name, listing=digest)


# As Hung has them; a posting is either of a procedure or of a sector.
_NAMES = {
    name: Coalesce(*columns, output_field=CharField())
    for name, columns in {
        "key": ("procedure_id", "sector_id"),
        "name": ("procedure__short_name", "sector__name_vi"),
        "of_sector": ("procedure__sector_id", "sector_id"),
        "of_sector_name": ("procedure__sector__name_vi", "sector__name_vi"),
    }.items()
}
_SAID = ("version_id", "version__no", "overlay_ids", "listing")
_WHEN = ("place", "posted_date", "posted_by__full_name", "photo_id", "taken_down_date")


def postings_of(office: Office) -> list[Hung]:
    """What hangs on the office's walls now, by field, name and place. One query."""
    return _ordered(Posting.objects.filter(office=office, taken_down_date=None))


def posted_between(office: Office, first: date, last: date) -> list[Hung]:
    """What was hung from one day to another, both included, whether or not it still hangs. One query."""
    return _ordered(Posting.objects.filter(office=office, posted_date__gte=first, posted_date__lte=last))


def hung(pk: int) -> Hung:
    """One posting as the lists have it; policies decide who may see it."""
    return _ordered(Posting.objects.filter(pk=pk))[0]


def _ordered(found: QuerySet[Posting]) -> list[Hung]:
    rows = [Hung(*row) for row in found.annotate(**_NAMES).values_list("pk", "kind", *_NAMES, *_SAID, *_WHEN)]
    return sorted(rows, key=lambda row: (*_place_in_list(row), row.place))


def _place_in_list(row: Sheet | Hung) -> tuple[str, bool, str, str]:
    """By field, its list first, then by name as Vietnamese words are ordered."""
    return fold(row.sector_name), row.kind == Posting.PROCEDURE, fold(row.name), row.key


def outdated_postings(office: Office, day: date, hung: Sequence[Hung] | None = None) -> list[Reprint]:
    """The reprint list: what hangs in words that no longer hold, what is offered no more, and procedures never posted.

    A procedure that was taken down everywhere counts as never posted. Lists of fields are not missed. `hung` is what
    hangs, for whoever has read it already.
    """
    sheets, hung = sheets_on(office, day), postings_of(office) if hung is None else hung
    stale = [Reprint(one.standing(sheets), sheets.get(one.key), one) for one in hung]
    there = {one.key for one in hung}
    missed = [
        Reprint(NEVER, sheet, None)
        for sheet in sheets.values()
        if sheet.kind == Posting.PROCEDURE and sheet.key not in there
    ]
    found = [one for one in stale if one.reason != CURRENT] + missed
    return sorted(found, key=lambda one: (*_place_in_list(one.shown), one.hung.place if one.hung else ""))


def places_of(office: Office) -> list[str]:
    """Where sheets of this office have hung, for whoever writes the same again."""
    return list(Posting.objects.filter(office=office).order_by("place").values_list("place", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Board:
    """Where a procedure hangs, as its public page says it."""

    place: str
    posted_date: date
    state: str


def boards_of(office: Office, code: str) -> tuple[Board, ...]:
    """Where the office has posted this procedure, the oldest first. No query while nothing is hung or taken down."""
    return _boards(office.pk, freshness.stamps().postings).get(code, ())


@functools.lru_cache(maxsize=256)
def _boards(office: int, _stamp: str) -> Mapping[str, tuple[Board, ...]]:
    found: dict[str, tuple[Board, ...]] = {}
    rows = Posting.objects.filter(office=office, kind=Posting.PROCEDURE, taken_down_date=None).order_by(
        "posted_date", "pk"
    )
    for code, place, day, version, overlays in rows.values_list(
        "procedure_id", "place", "posted_date", "version_id", "overlay_ids"
    ):
        found[code] = (*found.get(code, ()), Board(place, day, state_of(version, overlays, "")))
    return found

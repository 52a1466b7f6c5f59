"""The catalogue as its managers look at it: every procedure with how an office offers it, and one with all its layers.

Nouns: Row (a procedure in the list), Layer (what one office laid over it). Documents are read only where they are
shown: a list of hundreds reads none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet

from motcua.kernel import search
from motcua.kernel.organisation import Office
from motcua.procedures import facts
from motcua.procedures.changes import said
from motcua.procedures.labels import KEYS
from motcua.procedures.models import Overlay, Procedure, Version

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure in the list."""

    procedure: Procedure
    mode: str
    own: bool
    above: bool

    @property
    def mode_words(self) -> str:
        """How it is filed here; empty when no version is in force."""
        return str(facts.MODES[self.mode]) if self.mode else ""


@dataclass(frozen=True, slots=True)
class Layer:
    """An overlay with what it sets, in words."""

    overlay: Overlay
    sets: tuple[tuple[str, str], ...]
    standing: str


def procedures(text: str) -> QuerySet[Procedure]:
    """Every procedure that the words find, all without words, by short name."""
    found = Procedure.objects.select_related("sector").order_by("short_name", "code")
    return found.filter(pk__in=search.matching("procedure", text).values("key")) if text else found


def rows(office: Office, day: date, text: str, after: int) -> list[Row]:
    """One page of the list and one more row when there are more; `after` skips that many. Three queries."""
    found = list(procedures(text)[after : after + ON_A_PAGE + 1])
    codes = [procedure.code for procedure in found]
    versions = Version.objects.in_force(day).filter(procedure__in=codes).order_by("no")
    modes = dict(versions.values_list("procedure_id", "mode"))
    laid = Overlay.objects.in_force(day).filter(procedure__in=codes, office__code__in=office.codes)
    own: set[str] = set()
    above: set[str] = set()
    for code, mode, office_id in laid.order_by("office__path", "no").values_list("procedure_id", "mode", "office_id"):
        (own if office_id == office.pk else above).add(code)
        if mode and code in modes:
            modes[code] = mode
    return [Row(each, modes.get(each.code, ""), each.code in own, each.code in above) for each in found]


def pages(office: Office, text: str, after: int, found: int) -> dict[str, str]:
    """The addresses of the page before and of the page after; `found` rows came back for this one."""

    def address(skip: int) -> str:
        asked = {"office": office.code, "q": text, "after": skip}
        return "?" + urlencode({key: value for key, value in asked.items() if value})

    return {
        "previous": address(max(0, after - ON_A_PAGE)) if after else "",
        "next": address(after + ON_A_PAGE) if found > ON_A_PAGE else "",
    }


def procedure(code: str) -> Procedure:
    """The procedure of this code; Procedure.DoesNotExist if the catalogue has none."""
    return Procedure.objects.select_related("sector").get(pk=code)


def versions(of: Procedure, day: date) -> list[tuple[Version, str]]:
    """All its versions, the newest first, without their documents, each with its standing that day."""
    return [(each, _version_standing(each, day)) for each in of.versions.defer("doc").order_by("-no")]


def two(of: Procedure, first: int, second: int) -> tuple[Version, Version] | None:
    """Two versions by number, the older first; None unless both exist and differ."""
    found = list(of.versions.filter(no__in={first, second}).order_by("no"))
    return (found[0], found[1]) if len(found) == 2 else None


def layers(office: Office, of: Procedure, day: date) -> list[Layer]:
    """Every overlay of the office and of those above it, from the province down, the newest first."""
    found = Overlay.objects.filter(procedure=of, office__code__in=office.codes).select_related("office")
    return [Layer(each, tuple(_sets(each)), _standing(each, day)) for each in found.order_by("office__path", "-no")]


def _sets(overlay: Overlay) -> list[tuple[str, str]]:
    return [(str(KEYS[key]), said(key, overlay.doc[key])) for key in KEYS if key in overlay.doc]


def _version_standing(version: Version, day: date) -> str:
    return "draft" if version.status == "draft" else _standing(version, day)


def _standing(dated: Overlay | Version, day: date) -> str:
    """now, later, over, or never when it was replaced before its day came."""
    if dated.effective_to == dated.effective_from:
        return "never"
    if dated.effective_from > day:
        return "later"
    return "now" if dated.effective_to is None or dated.effective_to > day else "over"

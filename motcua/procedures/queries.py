"""What the catalogue says today: editions (a version with an office's overlays), lists, search.

An edition is parsed once and kept: its parts never change, so the numbers of version and overlays are its whole
identity.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.kernel import search
from motcua.kernel.organisation import Office
from motcua.procedures import definition, rules
from motcua.procedures.definition import Definition
from motcua.procedures.models import Overlay, Procedure, Sector, Version

MODE_HERE, MODE_COUNTER, MODE_PORTAL, MODE_NONE = rules.MODES


class NotInForce(LookupError):
    """No published version of this code is in force on that day."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A procedure as one office offers it: what a dossier pins."""

    version_id: int
    version_no: int
    version_sha256: str
    overlay_ids: tuple[int, ...]
    definition: Definition

    @property
    def code(self) -> str:
        """The procedure's national code."""
        return self.definition.code

    @property
    def filed_here(self) -> bool:
        """Whether a citizen can file it online with this office."""
        return self.definition.mode == MODE_HERE

    @property
    def key(self) -> str:
        """Names exactly this content; part of every cache key and ETag."""
        return "-".join(map(str, (self.version_id, *self.overlay_ids)))


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure in a list."""

    code: str
    name: str
    short_name: str
    short_name_en: str
    sector: str
    sector_name: str
    mode: str


def edition_for(office: Office, code: str, day: date) -> Edition:
    """The edition in force at this office that day; NotInForce if there is none. Two queries."""
    version = Version.objects.in_force(day).filter(procedure=code).order_by("-no").values_list("pk", flat=True).first()
    if version is None:
        raise NotInForce(code)
    return edition(version, overlay_ids_for(office, code, day))


def overlay_ids_for(office: Office, code: str, day: date) -> tuple[int, ...]:
    """The overlays of the office and of those above it, from the province down."""
    found = (
        Overlay.objects.in_force(day)
        .filter(procedure=code, office__code__in=office.codes)
        .order_by("office__path", "no")
        .values_list("pk", flat=True)
    )
    return tuple(found)


@functools.lru_cache(maxsize=2048)
def edition(version_id: int, overlay_ids: tuple[int, ...]) -> Edition:
    """The edition made of exactly these rows. Never ask for a draft version here: drafts change."""
    version = Version.objects.get(pk=version_id)
    overlays = {overlay.pk: overlay.doc for overlay in Overlay.objects.filter(pk__in=overlay_ids)}
    doc = rules.merged(version.doc, [overlays[pk] for pk in overlay_ids])
    return Edition(version.pk, version.no, version.sha256, overlay_ids, definition.parse(doc))


def sectors() -> list[Sector]:
    """Every sector that has a procedure, by name."""
    return list(Sector.objects.filter(procedures__isnull=False).distinct().order_by("name_vi"))


def listed(
    office: Office, day: date, *, text: str = "", sector: str = "", after: int = 0, limit: int = 50
) -> list[Listed]:
    """Procedures in force, best match first when there is a text, else by name; `after` skips that many."""
    versions = Version.objects.in_force(day).select_related("procedure__sector")
    if sector:
        versions = versions.filter(procedure__sector=sector)
    if text:
        versions = versions.filter(procedure__in=search.matching("procedure", text).values("key"))
    rows = list(versions.order_by("procedure__short_name", "procedure_id", "no"))
    newest = {row.procedure_id: row for row in rows}
    ranked = _ranked(list(newest.values()), text)[after : after + limit]
    modes = _modes(office, day, [row.procedure_id for row in ranked])
    return [_listed(row, modes.get(row.procedure_id) or row.mode) for row in ranked]


def _ranked(rows: list[Version], text: str) -> list[Version]:
    """Those that say the very words in their short name first, then those that begin with them."""
    wanted = search.fold(text)
    if not wanted:
        return rows

    def distance(row: Version) -> tuple[bool, bool, int]:
        name = search.fold(row.procedure.short_name)
        return (wanted not in name, not name.startswith(wanted), len(name))

    return sorted(rows, key=distance)


def _modes(office: Office, day: date, codes: Sequence[str]) -> dict[str, str]:
    """How filing works at this office where an overlay says so; the lowest office wins."""
    found = (
        Overlay.objects.in_force(day)
        .filter(procedure__in=codes, office__code__in=office.codes)
        .exclude(mode="")
        .order_by("office__path", "no")
    )
    return dict(found.values_list("procedure_id", "mode"))


def _listed(version: Version, mode: str) -> Listed:
    procedure = version.procedure
    return Listed(
        code=procedure.code,
        name=procedure.name,
        short_name=procedure.short_name,
        short_name_en=procedure.short_name_en,
        sector=procedure.sector_id,
        sector_name=procedure.sector.name_vi,
        mode=mode,
    )


def procedure(code: str) -> Procedure:
    """The procedure of this code; Procedure.DoesNotExist if the catalogue has none."""
    return Procedure.objects.select_related("sector").get(pk=code)

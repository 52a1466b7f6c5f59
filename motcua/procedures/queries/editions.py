"""A procedure as an office offers it on a day: an edition, a version with the office's overlays.

An edition is parsed once and kept: its parts never change, so the numbers of version and overlays are its whole
identity.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from motcua.kernel import freshness
from motcua.kernel.organisation import Office
from motcua.procedures import definition, rules
from motcua.procedures.definition import Definition, Text
from motcua.procedures.models import Overlay, Procedure, Version

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


def edition_for(office: Office, code: str, day: date) -> Edition:
    """The edition in force at this office that day; NotInForce if there is none. One tiny query; the rest is kept."""
    stamp = freshness.stamps().catalogue
    version = _version_in_force(code, day, stamp)
    if version is None:
        raise NotInForce(code)
    return edition(version, _overlay_ids_for(office.codes, code, day, stamp))


@functools.lru_cache(maxsize=4096)
def _version_in_force(code: str, day: date, _stamp: str) -> int | None:
    return Version.objects.in_force(day).filter(procedure=code).order_by("-no").values_list("pk", flat=True).first()


def is_offered(office: Office, code: str, day: date) -> bool:
    """Whether a version of this code is in force at this office that day."""
    return bool(code) and _version_in_force(code, day, freshness.stamps().catalogue) is not None


def overlay_ids_for(office: Office, code: str, day: date) -> tuple[int, ...]:
    """The overlays of the office and of those above it, from the province down."""
    return _overlay_ids_for(office.codes, code, day, freshness.stamps().catalogue)


@functools.lru_cache(maxsize=8192)
def _overlay_ids_for(codes: tuple[str, ...], code: str, day: date, _stamp: str) -> tuple[int, ...]:
    found = (
        Overlay.objects.in_force(day)
        .filter(procedure=code, office__code__in=codes)
        .order_by("office__path", "no")
        .values_list("pk", flat=True)
    )
    return tuple(found)


def step_names(version_ids: Collection[int]) -> dict[tuple[int, str], Text]:
    """What each step of these versions is called, by version and sid; no query for versions read before."""
    return {(pk, step.sid): step.name for pk in version_ids for step in edition(pk, ()).definition.steps}


@functools.lru_cache(maxsize=2048)
def edition(version_id: int, overlay_ids: tuple[int, ...]) -> Edition:
    """The edition made of exactly these rows. Never ask for a draft version here: drafts change."""
    version = Version.objects.get(pk=version_id)
    overlays = {overlay.pk: overlay.doc for overlay in Overlay.objects.filter(pk__in=overlay_ids)}
    doc = rules.merged(version.doc, [overlays[pk] for pk in overlay_ids])
    return Edition(version.pk, version.no, version.sha256, overlay_ids, definition.parse(doc))


def procedure(code: str) -> Procedure:
    """The procedure of this code; Procedure.DoesNotExist if the catalogue has none."""
    return Procedure.objects.select_related("sector").get(pk=code)


def labels_ever(code: str) -> dict[str, Text]:
    """What every question of this procedure was called when it was last asked, whatever the version."""
    versions = (
        Version.objects.filter(procedure=code).exclude(status="draft").order_by("no").values_list("pk", flat=True)
    )
    return {field.sid: field.label for pk in versions for field in edition(pk, ()).definition.fields}

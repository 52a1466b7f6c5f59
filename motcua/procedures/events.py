"""What can happen in the catalogue. Each is recorded on the procedure's matter, or on the office's where it is about
no single procedure.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class VersionPublished:
    """A version became the law of this catalogue from a day on."""

    type: ClassVar[str] = "procedures.version_published"
    version_id: int
    no: int
    sha256: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class VersionRetired:
    """A version ends on a day; dossiers filed under it stay on it."""

    type: ClassVar[str] = "procedures.version_retired"
    version_id: int
    no: int
    effective_to: date


@dataclass(frozen=True, slots=True)
class OverlayMade:
    """An office set, over a procedure, what the law leaves open."""

    type: ClassVar[str] = "procedures.overlay_made"
    overlay_id: int
    no: int
    office: str
    keys: tuple[str, ...]
    effective_from: date


@dataclass(frozen=True, slots=True)
class SynonymSet:
    """An office said what an everyday phrase means there; without codes and words, that it means nothing."""

    type: ClassVar[str] = "procedures.synonym_set"
    phrase: str
    codes: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class SynonymTakenBack:
    """An office took its word back: what is shipped, or said above it, counts again."""

    type: ClassVar[str] = "procedures.synonym_taken_back"
    phrase: str


@dataclass(frozen=True, slots=True)
class SheetPosted:
    """A sheet hangs on a wall of the office: of a procedure (which version, which overlays), or the list of a field."""

    type: ClassVar[str] = "procedures.sheet_posted"
    posting_id: int
    key: str
    version_id: int | None
    overlay_ids: tuple[int, ...]
    posted_date: date
    photo: str | None


@dataclass(frozen=True, slots=True)
class SheetTakenDown:
    """A sheet does not hang any more, from that day on."""

    type: ClassVar[str] = "procedures.sheet_taken_down"
    posting_id: int
    taken_down_date: date

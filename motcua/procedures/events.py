"""What can happen in the catalogue. Each is recorded on the procedure's own matter."""

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

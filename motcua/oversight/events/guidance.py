"""What can happen to guidance and to the documents behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class GuidancePublished:
    """An answer stands at its step from now on, in every commune of its area."""

    type: ClassVar[str] = "oversight.guidance_published"
    area: str
    valid_from: date
    difficulty: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class GuidanceReplaced:
    """Another edition takes its place; its address leads there."""

    type: ClassVar[str] = "oversight.guidance_replaced"
    by: str


@dataclass(frozen=True, slots=True)
class GuidanceRested:
    """A document stands behind it from now on: it is guidance, no longer an exchange."""

    type: ClassVar[str] = "oversight.guidance_rested"
    document: str


@dataclass(frozen=True, slots=True)
class GuidanceWithdrawn:
    """It ends on a day, with nothing in its place."""

    type: ClassVar[str] = "oversight.guidance_withdrawn"
    valid_to: date


@dataclass(frozen=True, slots=True)
class DocumentRegistered:
    """A guiding document is kept here, with what it replaces and amends."""

    type: ClassVar[str] = "oversight.document_registered"
    number: str
    effective_from: date
    area: str
    replaces: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentLinked:
    """It was found later to take the place of another, or to amend it."""

    type: ClassVar[str] = "oversight.document_linked"
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """Whoever holds this post read and understood it."""

    type: ClassVar[str] = "oversight.document_read"
    post_id: int


@dataclass(frozen=True, slots=True)
class DigestMade:
    """The weekly letter on guidance was queued for whoever it is for. Recorded on the province's own matter."""

    type: ClassVar[str] = "oversight.digest_made"
    since: datetime
    until: datetime
    entries: int
    people: int


@dataclass(frozen=True, slots=True)
class DigestChosen:
    """Somebody wants the weekly letter, or does not. Recorded on the office's own matter."""

    type: ClassVar[str] = "oversight.digest_chosen"
    person_id: int
    wanted: bool

"""What can happen to a working visit. The words that people wrote are rows; here are ids and codes."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class VisitPlanned:
    """A delegation is to visit these communes."""

    type: ClassVar[str] = "oversight.visit_planned"
    begins_at: datetime
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitChanged:
    """The plan was changed; calendars follow by the number."""

    type: ClassVar[str] = "oversight.visit_changed"
    begins_at: datetime
    hosts: tuple[str, ...]
    sequence: int


@dataclass(frozen=True, slots=True)
class VisitCancelled:
    """It does not take place."""

    type: ClassVar[str] = "oversight.visit_cancelled"
    sequence: int


@dataclass(frozen=True, slots=True)
class VisitChecked:
    """Something was looked at in a commune."""

    type: ClassVar[str] = "oversight.visit_checked"
    host: str
    what: tuple[str, ...]
    photos: int


@dataclass(frozen=True, slots=True)
class FindingNoted:
    """Something was found."""

    type: ClassVar[str] = "oversight.finding_noted"
    finding_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class VisitHeld:
    """It is over, and its minutes are kept."""

    type: ClassVar[str] = "oversight.visit_held"


@dataclass(frozen=True, slots=True)
class VisitConcluded:
    """A conclusion is drafted from what was found."""

    type: ClassVar[str] = "oversight.visit_concluded"
    conclusion: str

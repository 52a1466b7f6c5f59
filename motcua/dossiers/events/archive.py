"""Events of the archive: a closed dossier is handed to it, its time is over, it is kept on.

Destroying is an erasure.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DossierArchived:
    """The closed dossier was handed to the archive, in this place of this list."""

    type: ClassVar[str] = "dossiers.archived"
    list_id: int
    place: int


@dataclass(frozen=True, slots=True)
class DisposalProposed:
    """The time for which it is kept is over; somebody has to decide."""

    type: ClassVar[str] = "dossiers.disposal_proposed"
    item_id: int
    due_on: date
    legal_source: str


@dataclass(frozen=True, slots=True)
class DisposalDecided:
    """It is destroyed, or kept on until a day; the reason is a row."""

    type: ClassVar[str] = "dossiers.disposal_decided"
    item_id: int
    decision: str
    keep_until: date | None = None

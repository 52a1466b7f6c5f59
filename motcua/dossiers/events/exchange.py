"""Events of the exchange with other systems: what came, what could not be matched, what was told to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ArrivalWaits:
    """What another system sent cannot be matched by itself; somebody looks at it."""

    type: ClassVar[str] = "dossiers.arrival_waits"
    arrival_id: int
    system: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArrivalTaken:
    """An officer matched it: it is a dossier now, or belongs to one."""

    type: ClassVar[str] = "dossiers.arrival_taken"
    arrival_id: int
    dossier: str


@dataclass(frozen=True, slots=True)
class ArrivalSetAside:
    """It is not for this centre, or a newer one came in its place; what was sent stays readable."""

    type: ClassVar[str] = "dossiers.arrival_set_aside"
    arrival_id: int
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class CameFromOutside:
    """The dossier came from another system, which knows it under this number; who says how far it has come."""

    type: ClassVar[str] = "dossiers.came_from_outside"
    system: str
    number: str
    owner: str


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The dossier was under way in an earlier system; number, receipt and appointment were kept."""

    type: ClassVar[str] = "dossiers.carried_over"
    system: str
    number: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class OutsidePaperKept:
    """A paper that the other system named is here."""

    type: ClassVar[str] = "dossiers.outside_paper_kept"
    paper_id: int
    file_sha256: str


@dataclass(frozen=True, slots=True)
class StatusRead:
    """The other system, which owns the status, said how far the dossier has come."""

    type: ClassVar[str] = "dossiers.status_read"
    system: str
    status: str
    state: str


@dataclass(frozen=True, slots=True)
class ExchangeFailed:
    """A status was not told to the other system, or a paper not fetched from it, and is not tried again by itself."""

    type: ClassVar[str] = "dossiers.exchange_failed"
    delivery_id: int
    what: str


@dataclass(frozen=True, slots=True)
class ExchangeTriedAgain:
    """Somebody has it tried once more."""

    type: ClassVar[str] = "dossiers.exchange_tried_again"
    delivery_id: int


@dataclass(frozen=True, slots=True)
class ExchangeDoneByHand:
    """Somebody saw to it in the other system by hand."""

    type: ClassVar[str] = "dossiers.exchange_done_by_hand"
    delivery_id: int


@dataclass(frozen=True, slots=True)
class ExchangeSet:
    """How dossiers are exchanged with another system was set: which part of it."""

    type: ClassVar[str] = "dossiers.exchange_set"
    system: str
    what: str

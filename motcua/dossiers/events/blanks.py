"""Events of blank slips: reserved, printed, given out, asked about, void; and the dossier that was entered from one."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SlipsReserved:
    """Numbers in a row were taken for a counter, to be printed on blank slips."""

    type: ClassVar[str] = "dossiers.slips_reserved"
    counter: str
    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class SlipsPrinted:
    """The slips of the block were printed, for the n-th time."""

    type: ClassVar[str] = "dossiers.slips_printed"
    n: int


@dataclass(frozen=True, slots=True)
class LastSlipSaid:
    """Somebody said which slip of the block was the last to be given out until now."""

    type: ClassVar[str] = "dossiers.last_slip_said"
    place: int
    number: str


@dataclass(frozen=True, slots=True)
class SlipAskedAbout:
    """Somebody showed the claim code of a slip that is not entered: a person has it in the hand."""

    type: ClassVar[str] = "dossiers.slip_asked_about"
    place: int
    number: str


@dataclass(frozen=True, slots=True)
class SlipVoided:
    """A slip that nobody has is void, with the reason."""

    type: ClassVar[str] = "dossiers.slip_voided"
    place: int
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class SlipRestored:
    """A void slip has turned up after all."""

    type: ClassVar[str] = "dossiers.slip_restored"
    place: int
    number: str


@dataclass(frozen=True, slots=True)
class DossierEnteredLater:
    """On the dossier: it was received on paper during an outage, under the number of this slip, and is entered now."""

    type: ClassVar[str] = "dossiers.entered_later"
    counter: str
    place: int

"""Events of messages that did not arrive: that somebody has to tell the applicant, and that it was done."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class MessageUndelivered:
    """A message did not reach the applicant and is not tried again by itself: somebody has to tell them."""

    type: ClassVar[str] = "dossiers.message_undelivered"
    # The event that it was to tell of.
    about: int
    delivery_id: int
    state: str


@dataclass(frozen=True, slots=True)
class MessageSentAgain:
    """An officer has the message tried once more."""

    type: ClassVar[str] = "dossiers.message_sent_again"
    delivery_id: int


@dataclass(frozen=True, slots=True)
class ApplicantTold:
    """An officer told the applicant in another way, or could not."""

    type: ClassVar[str] = "dossiers.applicant_told"
    delivery_id: int
    way: str


@dataclass(frozen=True, slots=True)
class DraftCodeAsked:
    """Somebody who has not sent a dossier yet asked for the code with which to go on, by e-mail."""

    type: ClassVar[str] = "dossiers.draft_code_asked"
    draft_id: str

"""What can happen to feedback and petitions. The words that people wrote are rows; here are ids and codes."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FeedbackSent:
    """Somebody said something of rules or of how officers behave; it has a number, and an office has it."""

    type: ClassVar[str] = "oversight.feedback_sent"
    topic: str
    channel: str
    holder: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackAccepted:
    """It is looked at and belongs here; this office answers."""

    type: ClassVar[str] = "oversight.feedback_accepted"
    kind: str
    topic: str
    holder: str
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackAskedBack:
    """The person is asked for more; the time to answer stands still."""

    type: ClassVar[str] = "oversight.feedback_asked_back"
    note_id: int


@dataclass(frozen=True, slots=True)
class FeedbackClarified:
    """The person said what was asked for; the time goes on."""

    type: ClassVar[str] = "oversight.feedback_clarified"
    note_id: int


@dataclass(frozen=True, slots=True)
class FeedbackNotClarified:
    """Nothing came in time; the office goes on with what it has."""

    type: ClassVar[str] = "oversight.feedback_not_clarified"


@dataclass(frozen=True, slots=True)
class FeedbackPassedOn:
    """Another office is competent; its time begins."""

    type: ClassVar[str] = "oversight.feedback_passed_on"
    holder: str
    note_id: int


@dataclass(frozen=True, slots=True)
class FeedbackRefused:
    """It is not accepted, for a reason."""

    type: ClassVar[str] = "oversight.feedback_refused"
    reason: str
    note_id: int


@dataclass(frozen=True, slots=True)
class FeedbackGuided:
    """It is a complaint, a denunciation or another law's; the person reads where it belongs."""

    type: ClassVar[str] = "oversight.feedback_guided"
    kind: str
    note_id: int


@dataclass(frozen=True, slots=True)
class FeedbackAnswered:
    """The person has an answer."""

    type: ClassVar[str] = "oversight.feedback_answered"


@dataclass(frozen=True, slots=True)
class FeedbackPublished:
    """Everybody may read its sense and the answer, without a name."""

    type: ClassVar[str] = "oversight.feedback_published"


@dataclass(frozen=True, slots=True)
class FeedbackKept:
    """The answer is for the person alone, for a reason."""

    type: ClassVar[str] = "oversight.feedback_kept"
    note_id: int


@dataclass(frozen=True, slots=True)
class FeedbackJudged:
    """The person said whether the answer helps."""

    type: ClassVar[str] = "oversight.feedback_judged"
    helped: bool


@dataclass(frozen=True, slots=True)
class FeedbackEscalated:
    """A step lay too long after its due moment; the office above is told and looks after it."""

    type: ClassVar[str] = "oversight.feedback_escalated"
    step: str
    to: str


@dataclass(frozen=True, slots=True)
class FeedbackRecounted:
    """A day of the calendar or the hours of the office changed, and with them when this clock ends."""

    type: ClassVar[str] = "oversight.feedback_recounted"
    clock: str
    old_due_at: datetime
    due_at: datetime
    calendar_version: int


@dataclass(frozen=True, slots=True)
class FeedbackErased:
    """What it says of the person is blanked by law; number, moments and clocks remain."""

    type: ClassVar[str] = "oversight.feedback_erased"
    legal_source: str

"""What can happen to a difficulty. The words that people wrote are rows; here are ids and codes."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DifficultyRaised:
    """Somebody met something that does not work, at a place that the page knew; it has a number and somebody has it."""

    type: ClassVar[str] = "oversight.difficulty_raised"
    topic: str
    holder: str
    procedure: str | None = None
    step: str | None = None
    error_reference: str | None = None


@dataclass(frozen=True, slots=True)
class DifficultySentUp:
    """The commune's own leader sent it to the department that answers for it."""

    type: ClassVar[str] = "oversight.difficulty_sent_up"
    holder: str


@dataclass(frozen=True, slots=True)
class DifficultyTaken:
    """Somebody acknowledged it and has it in hand."""

    type: ClassVar[str] = "oversight.difficulty_taken"
    person_id: int


@dataclass(frozen=True, slots=True)
class DifficultyAskedBack:
    """Whoever raised it must clarify; the clock stands still meanwhile."""

    type: ClassVar[str] = "oversight.difficulty_asked_back"
    note_id: int


@dataclass(frozen=True, slots=True)
class DifficultyClarified:
    """What was asked back is answered; the clock goes on."""

    type: ClassVar[str] = "oversight.difficulty_clarified"
    note_id: int


@dataclass(frozen=True, slots=True)
class DifficultyPassedOn:
    """Another office answers for it; the reason is a row."""

    type: ClassVar[str] = "oversight.difficulty_passed_on"
    holder: str
    note_id: int


@dataclass(frozen=True, slots=True)
class DifficultyJoined:
    """It is one with another, which carries it from now on."""

    type: ClassVar[str] = "oversight.difficulty_joined"
    into: str


@dataclass(frozen=True, slots=True)
class VoiceAdded:
    """Somebody else meets the same."""

    type: ClassVar[str] = "oversight.voice_added"
    person_id: int
    office: str


@dataclass(frozen=True, slots=True)
class DifficultyAnswered:
    """The answer stands, for everybody who raised it or met it too."""

    type: ClassVar[str] = "oversight.difficulty_answered"
    answer_id: int
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DifficultyConfirmed:
    """The answer helped; or nobody said otherwise in time."""

    type: ClassVar[str] = "oversight.difficulty_confirmed"
    by_time: bool


@dataclass(frozen=True, slots=True)
class DifficultyReopened:
    """The answer did not help; the reason is a row."""

    type: ClassVar[str] = "oversight.difficulty_reopened"
    note_id: int


@dataclass(frozen=True, slots=True)
class DifficultyWithdrawn:
    """Whoever raised it no longer needs an answer."""

    type: ClassVar[str] = "oversight.difficulty_withdrawn"


@dataclass(frozen=True, slots=True)
class DifficultyErased:
    """What it says of persons is blanked by law; number and moments remain."""

    type: ClassVar[str] = "oversight.difficulty_erased"
    legal_source: str


@dataclass(frozen=True, slots=True)
class DifficultyEscalated:
    """It lay too long after its due moment; the office above is told and looks after it."""

    type: ClassVar[str] = "oversight.difficulty_escalated"
    step: str
    to: str


@dataclass(frozen=True, slots=True)
class RouteSet:
    """Who answers for a procedure, a field or a kind of trouble from now on. Recorded on the province's own matter."""

    type: ClassVar[str] = "oversight.route_set"
    scope: str
    key: str
    department: str
    leader_first: bool


@dataclass(frozen=True, slots=True)
class TimeLimitSet:
    """How long a step may take from now on. Recorded on the office's own matter."""

    type: ClassVar[str] = "oversight.time_limit_set"
    clock: str
    value: int
    unit: str

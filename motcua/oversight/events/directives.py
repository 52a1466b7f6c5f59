"""What can happen to conclusions and directives. The words that people wrote are rows; here are ids and codes."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ConclusionDrafted:
    """A conclusion is being written."""

    type: ClassVar[str] = "oversight.conclusion_drafted"


@dataclass(frozen=True, slots=True)
class ConclusionRevised:
    """The draft of a conclusion was changed."""

    type: ClassVar[str] = "oversight.conclusion_revised"


@dataclass(frozen=True, slots=True)
class ConclusionIssued:
    """It has number, date and signer, and stands from now on; `sha256` is its paper's."""

    type: ClassVar[str] = "oversight.conclusion_issued"
    number: str
    sha256: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class TaskGiven:
    """A paragraph became directives to these offices. Recorded on the conclusion."""

    type: ClassVar[str] = "oversight.task_given"
    task: str
    paragraph: int
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectiveGiven:
    """An office has something to do until a moment, or to report on regularly."""

    type: ClassVar[str] = "oversight.directive_given"
    office: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DirectiveTakenOn:
    """The office knows of it, and somebody there has it in hand."""

    type: ClassVar[str] = "oversight.directive_taken_on"
    person_id: int


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """The office asks for another due moment; the reason is a row. The clock goes on."""

    type: ClassVar[str] = "oversight.directive_change_asked"
    turn_id: int
    wanted_at: datetime


@dataclass(frozen=True, slots=True)
class ChangeDecided:
    """Whoever gave it allowed another due moment, or did not."""

    type: ClassVar[str] = "oversight.directive_change_decided"
    turn_id: int
    allowed: bool
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DirectiveReported:
    """The office reports what was done; the clock stands still while that is judged."""

    type: ClassVar[str] = "oversight.directive_reported"
    turn_id: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DirectiveSentBack:
    """Something is missing in the report; what it is, is a row. The clock goes on."""

    type: ClassVar[str] = "oversight.directive_sent_back"
    turn_id: int


@dataclass(frozen=True, slots=True)
class DirectiveApproved:
    """The report is enough: it is done, or rests until its next period."""

    type: ClassVar[str] = "oversight.directive_approved"
    turn_id: int
    regular: bool


@dataclass(frozen=True, slots=True)
class PeriodBegun:
    """The next report of a regular directive is due at a moment. An act of the system's own hand."""

    type: ClassVar[str] = "oversight.directive_period_begun"
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DirectiveEnded:
    """A regular directive needs no more reports."""

    type: ClassVar[str] = "oversight.directive_ended"
    turn_id: int


@dataclass(frozen=True, slots=True)
class DirectiveWithdrawn:
    """Whoever gave it takes it back; the reason is a row."""

    type: ClassVar[str] = "oversight.directive_withdrawn"
    turn_id: int


@dataclass(frozen=True, slots=True)
class DirectiveEscalated:
    """It is overdue; whoever gave it is told and sees to it. An act of the system's own hand."""

    type: ClassVar[str] = "oversight.directive_escalated"
    to: str

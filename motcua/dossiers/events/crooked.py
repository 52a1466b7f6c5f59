"""Events of the crooked roads: papers missing, late, withdrawn, stopped, somebody else's, keyed in wrongly, undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SupplementProposed:
    """A further supplement request waits for an approver; the clock runs on."""

    type: ClassVar[str] = "dossiers.supplement_proposed"
    n: int


@dataclass(frozen=True, slots=True)
class SupplementDecided:
    """The approver agreed to a further supplement request, or did not."""

    type: ClassVar[str] = "dossiers.supplement_decided"
    n: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class SupplementRequested:
    """The applicant is asked to mend named fields or papers (Form 02); the clock stands from now on."""

    type: ClassVar[str] = "dossiers.supplement_requested"
    n: int
    # "field:sid:reason_code" or "component:sid:reason_code"
    items: tuple[str, ...]
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class SupplementFiled:
    """What was asked for came, as a filing of its own; the clock runs again."""

    type: ClassVar[str] = "dossiers.supplement_filed"
    n: int
    filing_sha256: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class SupplementCancelled:
    """The office no longer needs what it asked for; the clock runs again."""

    type: ClassVar[str] = "dossiers.supplement_cancelled"
    n: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExtensionProposed:
    """A new due moment is proposed with its reason (Form 04)."""

    type: ClassVar[str] = "dossiers.extension_proposed"
    extension_id: int
    reason_code: str
    new_due_at: datetime


@dataclass(frozen=True, slots=True)
class ExtensionDecided:
    """The new due moment holds from now on, or was not agreed to."""

    type: ClassVar[str] = "dossiers.extension_decided"
    extension_id: int
    accepted: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueRecounted:
    """A day of the calendar or the hours of the office changed, and the due moment with them."""

    type: ClassVar[str] = "dossiers.due_recounted"
    old_due_at: datetime
    due_at: datetime
    calendar_version: int


@dataclass(frozen=True, slots=True)
class DossierStopped:
    """The office stops the settlement, with reason and legal basis (Form 05)."""

    type: ClassVar[str] = "dossiers.stopped"
    ending_id: int
    reason_code: str


@dataclass(frozen=True, slots=True)
class WithdrawalAsked:
    """The applicant asks to have a received dossier back; an officer confirms it."""

    type: ClassVar[str] = "dossiers.withdrawal_asked"


@dataclass(frozen=True, slots=True)
class WithdrawalTakenBack:
    """The applicant does not want the dossier back after all; nothing had been confirmed."""

    type: ClassVar[str] = "dossiers.withdrawal_taken_back"


@dataclass(frozen=True, slots=True)
class DossierWithdrawn:
    """The applicant took the dossier back."""

    type: ClassVar[str] = "dossiers.withdrawn"
    ending_id: int
    # How an officer made sure who asked at the desk; empty when it was asked with the claim code.
    identity_checked_by: str | None = None


@dataclass(frozen=True, slots=True)
class DossierTransferred:
    """Another office is competent and has it from now on."""

    type: ClassVar[str] = "dossiers.transferred"
    transfer_id: int
    from_office: str
    to_office: str


@dataclass(frozen=True, slots=True)
class CompetenceDoubted:
    """Nobody can say yet which office is competent; whoever has it looks for that office."""

    type: ClassVar[str] = "dossiers.competence_doubted"
    remark_id: int


@dataclass(frozen=True, slots=True)
class CompetenceSettled:
    """The office that has it turned out to be the competent one."""

    type: ClassVar[str] = "dossiers.competence_settled"
    office: str


@dataclass(frozen=True, slots=True)
class EditionChanged:
    """Another version, or the procedure that it should have been: the office's correction, nobody's request."""

    type: ClassVar[str] = "dossiers.edition_changed"
    change_id: int
    reason_code: str
    from_procedure: str
    to_procedure: str
    from_version_id: int
    to_version_id: int
    overlay_ids: tuple[int, ...]
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ActUndone:
    """The last act was taken back; the dossier is where it was before."""

    type: ClassVar[str] = "dossiers.act_undone"
    undone_seq: int
    undone_type: str
    state: str


@dataclass(frozen=True, slots=True)
class OpinionAsked:
    """Another office is asked for its opinion, due at a moment."""

    type: ClassVar[str] = "dossiers.opinion_asked"
    opinion_id: int
    office: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OpinionGiven:
    """The other office answered."""

    type: ClassVar[str] = "dossiers.opinion_given"
    opinion_id: int


@dataclass(frozen=True, slots=True)
class MessageLeft:
    """A message about the dossier, by the applicant or to the applicant."""

    type: ClassVar[str] = "dossiers.message_left"
    message_id: int
    by_applicant: bool


@dataclass(frozen=True, slots=True)
class WorkEscalated:
    """A step is due soon or overdue, and whoever leads the office is told: an act of the system itself."""

    type: ClassVar[str] = "dossiers.work_escalated"
    step: str
    level: int
    standing: str


@dataclass(frozen=True, slots=True)
class EscalationSet:
    """When and whom late work of an office is told: rungs as "before:4:role"; none means as it is above."""

    type: ClassVar[str] = "dossiers.escalation_set"
    office: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PapersPlaced:
    """Where the paper file or the finished result lies from now on."""

    type: ClassVar[str] = "dossiers.papers_placed"
    shelf_id: int
    what: str


@dataclass(frozen=True, slots=True)
class ResultRevoked:
    """A result no longer holds; whoever checks it online reads so."""

    type: ClassVar[str] = "dossiers.result_revoked"
    result_id: int


@dataclass(frozen=True, slots=True)
class ResultSignatureAsked:
    """Whoever signs digitally for the office was asked to sign the result."""

    type: ClassVar[str] = "dossiers.result_signature_asked"
    result_id: int
    provider: str


@dataclass(frozen=True, slots=True)
class ResultSignatureAdded:
    """The office's digital signature is on the result: the digest of the signed file, and who signed it."""

    type: ClassVar[str] = "dossiers.result_signature_added"
    result_id: int
    file_sha256: str
    provider: str


@dataclass(frozen=True, slots=True)
class FormIssued:
    """An official paper got its number; printing it again makes no new one."""

    type: ClassVar[str] = "dossiers.form_issued"
    form: str
    document_number: str
    of_seq: int


@dataclass(frozen=True, slots=True)
class OutsideAsked:
    """An agency outside was asked, as the open step of the route demands."""

    type: ClassVar[str] = "dossiers.outside_asked"
    request_id: int
    step: str


@dataclass(frozen=True, slots=True)
class OutsideAnswered:
    """The agency outside answered; an officer noted it."""

    type: ClassVar[str] = "dossiers.outside_answered"
    request_id: int
    step: str


@dataclass(frozen=True, slots=True)
class ResultNumbered:
    """The result got its number in the records of the year."""

    type: ClassVar[str] = "dossiers.result_numbered"
    result_id: int
    document_number: str

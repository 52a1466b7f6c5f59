"""Events of the straight road: filed, received, handed on, settled, returned; and what may happen at any time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DossierFiled:
    """A request arrived, online or at the counter, and has its number."""

    type: ClassVar[str] = "dossiers.filed"
    procedure: str
    version_id: int
    overlay_ids: tuple[int, ...]
    channel: str
    # Digest of the filing, which carries its own salt: it proves the content and reveals nothing of it.
    filing_sha256: str
    # Offices of another commune than the competent one: where it was received, or where the person was helped to file.
    received_at: str | None = None
    helped_at: str | None = None


@dataclass(frozen=True, slots=True)
class DossierReceived:
    """The office found it valid and took it: the legal time begins."""

    type: ClassVar[str] = "dossiers.received"
    limit_value: int
    limit_unit: str
    due_at: datetime | None
    calendar_version: int
    legal_source: str | None = None


@dataclass(frozen=True, slots=True)
class DossierRefused:
    """The office did not accept it, with a reason (Form 03)."""

    type: ClassVar[str] = "dossiers.refused"
    reason_code: str


@dataclass(frozen=True, slots=True)
class StepCompleted:
    """One step of the route is done and the next one is somebody's work."""

    type: ClassVar[str] = "dossiers.step_completed"
    step: str
    # Empty when the way waits for steps that are still open beside it.
    next_steps: tuple[str, ...]
    next_offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkTaken:
    """An officer took the open step upon himself, or gave it to a colleague."""

    type: ClassVar[str] = "dossiers.work_taken"
    step: str
    assignee_id: int


@dataclass(frozen=True, slots=True)
class DossierSettled:
    """The result exists."""

    type: ClassVar[str] = "dossiers.settled"
    result_id: int
    file_sha256: str | None


@dataclass(frozen=True, slots=True)
class ResultReturned:
    """The result reached the person."""

    type: ClassVar[str] = "dossiers.returned"
    method: str


@dataclass(frozen=True, slots=True)
class ClaimCodeReissued:
    """A new claim code was given at the desk after an identity check; the earlier one opens nothing any more."""

    type: ClassVar[str] = "dossiers.claim_code_reissued"
    identity_checked_by: str


@dataclass(frozen=True, slots=True)
class RemarkLeft:
    """An officer left a sentence for colleagues."""

    type: ClassVar[str] = "dossiers.remark_left"
    remark_id: int


@dataclass(frozen=True, slots=True)
class PersonalDataErased:
    """The personal content of a dossier was blanked by law; numbers, moments and digests remain."""

    type: ClassVar[str] = "dossiers.personal_data_erased"
    filings: tuple[str, ...]
    legal_source: str


@dataclass(frozen=True, slots=True)
class ReuseAgreed:
    """The person agreed at the counter that this dossier's answers are offered for a new request."""

    type: ClassVar[str] = "dossiers.reuse_agreed"
    # Digest of the new request's key, which names no dossier yet.
    request: str


@dataclass(frozen=True, slots=True)
class DataReused:
    """Answers of earlier dossiers stand in this request, each put in by the officer with the person's yes."""

    type: ClassVar[str] = "dossiers.data_reused"
    sources: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayClosed:
    """What came until the end of a day stands under one root: on the administration matter of the province."""

    type: ClassVar[str] = "dossiers.day_closed"
    day: date
    count: int
    root: str

"""Events of personal data: its use is restricted, its erasure asked for, it is handed to the person."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ProcessingRestricted:
    """The dossier is used for nothing but itself from now on."""

    type: ClassVar[str] = "dossiers.processing_restricted"
    restriction_id: int
    reason_code: str


@dataclass(frozen=True, slots=True)
class ProcessingReleased:
    """The dossier is used as every other again."""

    type: ClassVar[str] = "dossiers.processing_released"
    restriction_id: int


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """The person, whose identity was checked, asks to have the personal values erased."""

    type: ClassVar[str] = "dossiers.erasure_asked"
    request_id: int
    identity_checked_by: str


@dataclass(frozen=True, slots=True)
class ErasureDecided:
    """The office agreed to the erasure, or did not; the reason is a row."""

    type: ClassVar[str] = "dossiers.erasure_decided"
    request_id: int
    accepted: bool

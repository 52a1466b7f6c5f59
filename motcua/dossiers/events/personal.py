"""Events of personal data: its use is restricted, its erasure asked for, it is handed out."""

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


@dataclass(frozen=True, slots=True)
class PersonalDataExported:
    """What the centre has of the person was handed to the person, whose identity was checked."""

    type: ClassVar[str] = "dossiers.personal_data_exported"
    identity_checked_by: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class PackTaken:
    """Everything of the dossier was taken out for an inspection; the digest names exactly what."""

    type: ClassVar[str] = "dossiers.pack_taken"
    manifest_sha256: str
    dossiers: int

"""Events of reporting; they belong to the matter of the office's administration, not to a dossier."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PeriodClosed:
    """The figures of a month are frozen; the digest proves them."""

    type: ClassVar[str] = "dossiers.period_closed"
    office: str
    first: date
    last: date
    content_sha256: str


@dataclass(frozen=True, slots=True)
class CutOffSet:
    """From a month on, the office's reporting months end with another day; 0 is the last one."""

    type: ClassVar[str] = "dossiers.cut_off_set"
    office: str
    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class ReportTaken:
    """Somebody took a report with names of people out as a file."""

    type: ClassVar[str] = "dossiers.report_taken"
    office: str
    report: str
    first: date
    last: date
    form: str
    rows: int


@dataclass(frozen=True, slots=True)
class ScanFolderSet:
    """Which folder is watched for the scanner of a commune's counter; empty: none."""

    type: ClassVar[str] = "dossiers.scan_folder_set"
    office: str
    folder: str

"""What can happen to a commune's situation report. Its words are rows; here are ids and digests."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ReportDrafted:
    """A report on some days was drafted from live data."""

    type: ClassVar[str] = "oversight.report_drafted"
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ReportWritten:
    """The words of the draft were changed; the digest is of all it says then."""

    type: ClassVar[str] = "oversight.report_written"
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportSent:
    """It was sent to the office above and stands from then on: digests of what it says and of its papers."""

    type: ClassVar[str] = "oversight.report_sent"
    to: str
    sha256: str
    pdf: str
    word: str


@dataclass(frozen=True, slots=True)
class ReportAcknowledged:
    """The office above has read it; perhaps with a sentence to those who sent it."""

    type: ClassVar[str] = "oversight.report_acknowledged"
    remark_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReportDropped:
    """The draft is given up; nothing was sent."""

    type: ClassVar[str] = "oversight.report_dropped"

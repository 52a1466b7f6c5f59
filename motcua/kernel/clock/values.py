"""What the clock is told and what it answers: frozen values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from motcua.kernel.calendar import Day

Unit = Literal["working_hour", "working_day", "day", "month"]
UNITS: tuple[Unit, ...] = ("working_hour", "working_day", "day", "month")
EntryKind = Literal["start", "pause", "resume", "extend", "stop", "reopen"]
# running and stopped have a moment; the others say why there is none.
Reason = Literal["running", "stopped", "not_started", "limit_unknown", "paused"]
# How the moment was found: counted from receipt, in the day itself, on the next working day because it came late.
Code = Literal["counted", "same_day", "after_cutoff", "after_hours", "set", "not_started", "limit_unknown", "paused"]

# A same-day result for what is received later than this is returned on the next working day (portal record 1.001193).
SAME_DAY_CUTOFF = time(15)
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """How long it may take from valid receipt. 0 working days means within the day; only then the cut-off matters."""

    value: int
    unit: Unit
    cutoff: time | None = SAME_DAY_CUTOFF

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit {self.unit}")
        if not (0 if self.unit == "working_day" else 1) <= self.value <= LONGEST:
            raise ValueError(f"{self.value} is no number of {self.unit}")

    @property
    def same_day(self) -> bool:
        """Settled within the day of receipt."""
        return self.value == 0


SAME_DAY = Limit(0, "working_day")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. A pause needs a reason and a paper; an extension says its new moment in `until`."""

    kind: EntryKind
    at: datetime
    reason: str = ""
    evidence: str = ""
    until: datetime | None = None

    def __post_init__(self) -> None:
        if (self.kind == "extend") != (self.until is not None):
            raise ValueError("an extension, and nothing else, says until when")


@dataclass(frozen=True, slots=True)
class Pause:
    """From a moment to a moment the clock stood still.

    `added` is in the limit's unit: days of that kind, or time inside sessions.
    """

    start: datetime
    end: datetime
    added: timedelta


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that led to a due moment, or to there being none, ready to be put into one sentence."""

    code: Code
    limit: Limit | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    # The moment before the last extension, and when that was given.
    original: datetime | None = None
    extended_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    paused_at: datetime | None = None
    # The date found by counting days or months, when the office rests on it.
    rolled_from: date | None = None
    days_off: tuple[Day, ...] = ()
    extra_days: tuple[Day, ...] = ()
    # Set when the moment lies beyond it.
    official_until: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The due moment (None: see the reason), why, whether its calendar is unannounced, the moment before extensions."""

    at: datetime | None
    reason: Reason
    why: Why
    estimated: bool = False
    original: datetime | None = None

"""The course of a directive: given, taken on, reported, approved or sent back; only who gave it moves its due moment.

A regular one rests between two reports. Whether it is done, and in time, is told from moments; it is never stored.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from motcua.kernel.workflow import Machine, Transition

NEW = "new"
GIVE, TAKE_ON, ASK_CHANGE, ALLOW, REFUSE = "give", "take_on", "ask_change", "allow", "refuse"
REPORT, APPROVE, APPROVE_PERIOD, SEND_BACK = "report", "approve", "approve_period", "send_back"
BEGIN_PERIOD, END, WITHDRAW = "begin_period", "end", "withdraw"
_OPEN = ("given", "taken_on", "change_asked", "reported", "sent_back", "resting")
MACHINE = Machine(
    (
        Transition(GIVE, (NEW,), "given"),
        Transition(TAKE_ON, ("given", "taken_on"), "taken_on"),
        Transition(ASK_CHANGE, ("given", "taken_on", "sent_back"), "change_asked"),
        Transition(ALLOW, ("change_asked",), "taken_on"),
        Transition(REFUSE, ("change_asked",), "taken_on"),
        Transition(REPORT, ("given", "taken_on", "sent_back"), "reported"),
        Transition(APPROVE, ("reported",), "done"),
        Transition(APPROVE_PERIOD, ("reported",), "resting"),
        Transition(SEND_BACK, ("reported",), "sent_back"),
        Transition(BEGIN_PERIOD, ("resting",), "taken_on"),
        Transition(END, ("resting",), "done"),
        Transition(WITHDRAW, _OPEN, "withdrawn"),
    ),
    initial=(NEW,),
    final=("done", "withdrawn"),
)
STATES = tuple(state for state in MACHINE.states if state != NEW)
FINISHED = frozenset(MACHINE.final)
# With whom it is: what is to be done by the office that must do it, and what by the one that gave it.
WITH_THE_OFFICE = ("given", "taken_on", "sent_back")
WITH_THE_ISSUER = ("change_asked", "reported")
# What is open in each state; nothing while a regular one rests.
STEP_OF_STATE: Mapping[str, str] = {
    "given": "take_on",
    "taken_on": "carry_out",
    "sent_back": "carry_out",
    "change_asked": "decide_change",
    "reported": "judge_report",
}
OVERSEE = "oversee_directive"
# (value, unit) where no row says otherwise: working figures of this product, no law sets them.
LIMITS: Mapping[str, tuple[int, str]] = {
    "directive.take_on": (2, "working_day"),
    "directive.decide_change": (3, "working_day"),
    "directive.judge_report": (5, "working_day"),
    "directive.escalate": (1, "working_day"),
}
PeriodUnit = Literal["week", "month"]
PERIOD_UNITS: tuple[PeriodUnit, ...] = ("week", "month")
LONGEST_PERIOD = 24

Outcome = Literal["open", "open_late", "done", "done_late", "withdrawn"]
OUTCOMES: tuple[Outcome, ...] = ("open", "open_late", "done", "done_late", "withdrawn")


@dataclass(frozen=True, slots=True)
class Period:
    """How often a regular directive is reported on."""

    every: int
    unit: PeriodUnit

    def __post_init__(self) -> None:
        if self.unit not in PERIOD_UNITS or not 1 <= self.every <= LONGEST_PERIOD:
            raise ValueError(f"every {self.every} {self.unit} is no period")

    def after(self, first: date, day: date) -> date:
        """The first reporting day of this row, which begins at `first`, that is later than `day`."""
        n, found = 0, first
        while found <= day:
            n += self.every
            found = first + timedelta(weeks=n) if self.unit == "week" else _months_later(first, n)
        return found


def _months_later(first: date, months: int) -> date:
    """The same date of the later month, or its last day; counted from the first, so that the 31st does not wander."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def outcome(state: str, due_at: datetime, reported_at: datetime | None, now: datetime) -> Outcome:
    """Done or not × in time or late. What waits to be judged is late only if its report was;
    what rests between two reports waits for nobody.
    """
    if state == "withdrawn":
        return "withdrawn"
    if state == "done":
        return "done_late" if reported_at is not None and reported_at > due_at else "done"
    if state == "resting":
        return "open"
    measured = reported_at if state == "reported" and reported_at is not None else now
    return "open_late" if measured > due_at else "open"

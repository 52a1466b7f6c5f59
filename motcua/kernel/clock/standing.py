"""Where a due moment stands: judged from moments each time, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from motcua.kernel.calendar import Calendar

Standing = Literal["early", "on_time", "late", "within", "due_soon", "overdue"]
SOON = 1
WORDS_VI = {"working_day": "ngày làm việc", "working_hour": "giờ làm việc", "working_minute": "phút làm việc"}
WORDS_EN = {"working_day": "working day", "working_hour": "working hour", "working_minute": "working minute"}


def standing(
    calendar: Calendar, due_at: datetime | None, now: datetime, ended: datetime | None = None, soon: int = SOON
) -> Standing | None:
    """Ended: before the due day, by the due moment, after it. Not ended: the same for now, and whether it is due soon.

    None when there is no due moment.
    """
    if due_at is None:
        return None
    if ended is not None:
        if ended > due_at:
            return "late"
        return "early" if calendar.local(ended).date() < calendar.local(due_at).date() else "on_time"
    if now > due_at:
        return "overdue"
    return "due_soon" if due_at <= soon_until(calendar, now, soon) else "within"


def soon_until(calendar: Calendar, now: datetime, working_days: int = SOON) -> datetime:
    """What is due by this moment is due soon: the end of the next working day. Lists filter by it."""
    return calendar.end_of_day(calendar.add_working_days(calendar.local(now).date(), working_days))


@dataclass(frozen=True, slots=True)
class Remaining:
    """How much is left, or how much it is overdue, in the largest unit that is not zero."""

    amount: int
    unit: Literal["working_day", "working_hour", "working_minute"]
    overdue: bool

    @property
    def vi(self) -> str:
        """ "còn 2 ngày làm việc"."""
        if self.amount == 0:
            return "vừa quá hạn" if self.overdue else "đến hạn"
        return f"{'quá hạn' if self.overdue else 'còn'} {self.amount} {WORDS_VI[self.unit]}"

    @property
    def en(self) -> str:
        """ "2 working days left"."""
        if self.amount == 0:
            return "just overdue" if self.overdue else "due now"
        words = f"{self.amount} {WORDS_EN[self.unit]}{'' if self.amount == 1 else 's'}"
        return f"{words} {'overdue' if self.overdue else 'left'}"

    def words(self, language: str) -> str:
        """In the language with this code; Vietnamese unless English is asked for."""
        return self.en if language.startswith("en") else self.vi


def remaining(calendar: Calendar, now: datetime, due_at: datetime) -> Remaining:
    """Working time between now and the due moment: whole days, or hours, or minutes when it is less. Rounded down."""
    now, due_at = calendar.local(now), calendar.local(due_at)
    overdue = now > due_at
    start, end = sorted((now, due_at))
    last = end.date() if not overdue and end >= calendar.end_of_day(end.date()) else end.date() - timedelta(days=1)
    if days := calendar.working_days_between(start.date(), last):
        return Remaining(days, "working_day", overdue)
    time = calendar.working_time_between(start, end)
    if hours := time // timedelta(hours=1):
        return Remaining(hours, "working_hour", overdue)
    return Remaining(time // timedelta(minutes=1), "working_minute", overdue)

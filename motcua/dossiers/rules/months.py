"""Reporting months: calendar months, or months that end with a cut-off day which an office may move from a month on.

Nouns: Months (which day ends which month). They follow each other without gap and overlap whatever is changed, because
a month begins on the day after the one before it has ended. Quarters, halves and years are made of whole months.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Month = tuple[int, int]
Kind = Literal["month", "quarter", "half", "year"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_LENGTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
# The last day of a reporting month; 0 stands for the last day of the calendar month.
LAST_OF_MONTH = 0
CUT_OFFS = range(29)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Months:
    """From which month on which day ends it, in order; before the first, and without any, the calendar's."""

    cut_offs: tuple[tuple[Month, int], ...] = ()

    def __post_init__(self) -> None:
        if list(self.cut_offs) != sorted(self.cut_offs) or any(day not in CUT_OFFS for _month, day in self.cut_offs):
            raise ValueError(f"{self.cut_offs} are no cut-off days in order")

    def cut_off(self, month: Month) -> int:
        """The day that ends this month; 0 for its last."""
        return next((day for begun, day in reversed(self.cut_offs) if begun <= month), LAST_OF_MONTH)

    def end(self, month: Month) -> date:
        """The last day of this reporting month."""
        day = self.cut_off(month)
        return date(*month, day) if day else date(*later(month), 1) - ONE_DAY

    def span(self, month: Month) -> tuple[date, date]:
        """Its first and last day."""
        return self.end(later(month, -1)) + ONE_DAY, self.end(month)

    def of(self, day: date) -> Month:
        """The reporting month in which the day lies."""
        month = (day.year, day.month)
        return month if day <= self.end(month) else later(month)

    def over(self, day: date) -> Iterator[Month]:
        """The months that had ended before this day, the newest first, without end."""
        month = self.of(day)
        while True:
            month = later(month, -1)
            yield month

    def of_kind(self, kind: Kind, year: int, number: int) -> tuple[date, date]:
        """First and last day of a month, quarter, half or year."""
        length = _LENGTHS[kind]
        if not 1 <= number <= 12 // length:
            raise ValueError(f"a year has no {kind} {number}")
        last = number * length
        return self.span((year, last - length + 1))[0], self.end((year, last))

    def whole(self, first: date, last: date) -> Month | None:
        """The reporting month that these two days are, if they are one."""
        month = self.of(last)
        return month if self.span(month) == (first, last) else None


def later(month: Month, months: int = 1) -> Month:
    """The month so many after it."""
    years, place = divmod(month[1] - 1 + months, 12)
    return month[0] + years, place + 1


def number_of(kind: Kind, month: Month) -> int:
    """Which quarter, half or year of its year the month lies in."""
    return (month[1] - 1) // _LENGTHS[kind] + 1

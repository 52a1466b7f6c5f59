"""When somebody who leads is told that a step is late or soon will be: a ladder of levels, each so many working hours
before or after the due moment.

No law sets it; every office may set its own ladder (rows), and these hold where none does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

MOST_LEVELS = 4
LONGEST_HOURS = 400
When = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Level:
    """One rung. Without a role it is whoever leads the office, or the nearest one above that has somebody who does."""

    level: int
    when: When
    hours: int
    role: str = ""


STANDARD = (Level(1, "before", 4), Level(2, "after", 0), Level(3, "after", 8))


def in_order(levels: Sequence[Level]) -> bool:
    """Whether each rung comes later than the one before it."""
    at = [-level.hours if level.when == "before" else level.hours for level in levels]
    return all(earlier < later for earlier, later in pairwise(at))

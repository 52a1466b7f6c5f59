"""One indicator of the service index, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator."""

    code: str
    title: Any
    part: int = 0
    whole: int = 0
    part_href: str = ""
    whole_href: str = ""
    target: int = 0
    note: Any = ""
    # Why it cannot be computed; empty for what is.
    why_not: Any = ""

    @property
    def share(self) -> float | None:
        """The part of the whole; nothing when there is none."""
        return self.part / self.whole if self.whole else None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; nothing where there is no target or nothing to count."""
        return None if not self.target or self.share is None else self.share * 100 >= self.target

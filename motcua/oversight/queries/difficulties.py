"""Lists of difficulties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.kernel.identity import Person
from motcua.oversight import policies

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list of difficulties."""

    id: UUID
    number: str
    title: str
    state: str
    holder: str
    commune: str
    raised_at: datetime
    due_at: datetime | None


def difficulties_listed(person: Person, day: date, state: str = "", after: UUID | None = None) -> list[Listed]:
    """One page of what this person may read, the newest first, with one line more when there is a next page."""
    found = policies.visible_difficulties(person, day).order_by("-matter_id")
    if state:
        found = found.filter(state=state)
    if after is not None:
        found = found.filter(matter_id__lt=after)
    rows = found.values_list(
        "matter_id",
        "matter__reference",
        "matter__title",
        "state",
        "holder__name",
        "commune__name",
        "matter__opened_at",
        "due_at",
    )
    return [Listed(*row[:5], row[5] or "", *row[6:]) for row in rows[: PAGE + 1]]

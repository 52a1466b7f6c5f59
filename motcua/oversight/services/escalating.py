"""What lies too long after its due moment is shown to the office above, whatever kind of matter it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from motcua.kernel import ledger, matters, rows
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Happening
from motcua.kernel.matters import Matter, WorkItem
from motcua.kernel.organisation import Office
from motcua.oversight import queries


def overdue_step(matter: Matter, steps: Collection[str], oversee: str) -> WorkItem | None:
    """The open step of the matter that the office above may be shown; none while it sees to it already."""
    items = list(WorkItem.objects.filter(matter=matter, closed_by=None).select_related("office"))
    if any(item.step == oversee for item in items):
        return None
    return next((item for item in items if item.step in steps), None)


def show_above(
    *, matter: Matter, happening: Happening, above: Office, oversee: str, hand: Person, at: datetime
) -> None:
    """The office above sees the matter and has it in its inbox, until somebody moves it on."""
    matters.join(matter, above, matters.SUPERVISING, at)
    event = ledger.record(happening, matter=matter, at=at, by=hand)
    due_at = queries.due_from("difficulty.acknowledge", above, at)
    rows.insert(WorkItem(matter=matter, step=oversee, act=oversee, office=above, due_at=due_at, opened_by=event))

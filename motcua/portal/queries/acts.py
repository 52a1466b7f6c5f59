"""What was changed about an office, by whom: its own history, read from the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel import matters
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.organisation import Office

PAGE = 50


@dataclass(frozen=True, slots=True)
class Act:
    """One event of an office's administration, with the name of whom it was about."""

    position: int
    at: datetime
    type: str
    office: Office | None
    by: Person | None
    about: str


def acts_of(office: Office, before: int | None = None) -> tuple[list[Act], int | None]:
    """The newest fifty acts about this office and those below it, older than a position; the position that follows."""
    events = Event.objects.filter(matter__kind=matters.ADMINISTRATION, office__path__startswith=office.path)
    events = events.filter(position__lt=before) if before else events
    found = list(events.select_related("office", "actor").order_by("-position")[: PAGE + 1])
    page = found[:PAGE]
    about = {event.payload["person_id"] for event in page if "person_id" in event.payload}
    names = dict(Person.objects.filter(pk__in=about).values_list("pk", "full_name"))
    acts = [_act(event, names) for event in page]
    return acts, page[-1].position if len(found) > PAGE else None


def _act(event: Event, names: dict[int, str]) -> Act:
    about = names.get(event.payload.get("person_id", 0), "")
    return Act(event.position, event.at, event.type, event.office, event.actor, about)

"""What the inbox shows, made ready for its template: queues with counts, lines of every kind. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.kernel import clock, identity, schedule, worklist
from motcua.kernel.calendar import Calendar
from motcua.kernel.clock import Remaining
from motcua.kernel.identity import Person
from motcua.kernel.worklist import Item, Told
from motcua.ui import given

NAMES: dict[str, str | Promise] = {
    worklist.MINE: _("My work"),
    worklist.OFFICE: _("My office's work"),
    worklist.DUE_SOON: _("Due soon"),
    worklist.OVERDUE: _("Overdue"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item with what its room says of it, and what is left of its time; nothing when its time is over."""

    item: Item
    told: Told
    standing: str
    due: Remaining | None

    @property
    def offer(self) -> tuple[str | Promise, str] | None:
        """What can be done about it now that it is late or soon will be."""
        return self.told.when_late if self.standing in ("due_soon", "overdue") else None


def page(person: Person, name: str, after: str, now: datetime, day: date) -> dict[str, Any]:
    """One page of a queue beside the numbers of all queues."""
    rows, following = page_of(person, name, after, now, day)
    own = worklist.queues_for(person, day)
    names = NAMES | {queue.name: queue.label for queue in own}
    quiet = frozenset(queue.name for queue in own if queue.quiet and queue.name != name)
    return {
        "queues": _queues(person, names, quiet, name, now, day),
        "title": names.get(name, NAMES[worklist.OFFICE]),
        # Whose step it is goes without saying where all are one office's.
        "several": len({row.item.office for row in rows}) > 1,
        "rows": rows,
        "next": f"?queue={name}&after={quote(following)}" if following else "",
        "first": f"?queue={name}" if after else "",
    }


def _queues(
    person: Person, names: dict[str, str | Promise], quiet: frozenset[str], current: str, now: datetime, day: date
) -> list[dict[str, Any]]:
    """The queues on the left, each with how much lies in it, up to 1.000; a quiet one only if something does."""
    counts = worklist.counts(person, list(names), now, day)
    return [
        {
            "label": label,
            "href": f"{reverse('desk-inbox')}?queue={name}",
            "count": "1.000+" if counts[name] >= worklist.COUNT_LIMIT else counts[name],
            "current": name == current,
        }
        for name, label in names.items()
        if counts[name] or name not in quiet
    ]


def page_of(person: Person, name: str, after: str, now: datetime, day: date) -> tuple[list[Line], str]:
    """One page of a queue, and what follows it as `after`; empty at the end."""
    found = worklist.items(worklist.queue(person, name, now, day), _cursor(after))
    shown = found[: worklist.PAGE]
    following = f"{shown[-1].due_at.isoformat()}_{shown[-1].id}" if len(found) > worklist.PAGE else ""
    calendar = schedule.calendar_for(identity.posts_of(person, day)[0].office)
    told = worklist.told(shown)
    return [_line(item, told[item.id], calendar, now) for item in shown], following


def _line(item: Item, told: Told, calendar: Calendar, now: datetime) -> Line:
    if told.ended:
        return Line(item, told, told.ended, None)
    standing = clock.standing(calendar, item.due_at, now) or ""
    return Line(item, told, standing, clock.remaining(calendar, now, item.due_at))


def _cursor(text: str) -> tuple[datetime, int] | None:
    moment, _sign, item = text.rpartition("_")
    try:
        at, number = datetime.fromisoformat(moment), given.number(item)
        return None if number is None else (at if at.tzinfo else timezone.make_aware(at), number)
    except (ValueError, OverflowError):
        return None

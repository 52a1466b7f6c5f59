"""What the desk's pages show, made ready for templates: queues with counts, lines, one dossier with all that belongs to
it. Reads only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import acts, queries, rules, telling
from motcua.dossiers.models import Dossier, Ending, Paper, Result, Returning
from motcua.dossiers.queries import Line, inbox
from motcua.kernel import clock, identity, schedule
from motcua.kernel.calendar import Calendar
from motcua.kernel.identity import Person
from motcua.kernel.matters import Remark
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Text

NAMES = {
    "mine": _("My work"),
    "office": _("My office's work"),
    "due_soon": _("Due soon"),
    "overdue": _("Overdue"),
    "to_receive": _("To receive"),
    "to_return": _("To return"),
}
EVENTS = {
    "dossiers.filed": _("Filed"),
    "dossiers.received": _("Received"),
    "dossiers.refused": _("Not received"),
    "dossiers.step_completed": _("Step done, handed over"),
    "dossiers.work_taken": _("Work taken"),
    "dossiers.settled": _("Settled"),
    "dossiers.returned": _("Result returned"),
    "dossiers.claim_code_reissued": _("Claim code replaced"),
    "dossiers.remark_left": _("Remark left"),
    "dossiers.personal_data_erased": _("Personal data erased by law"),
    "dossiers.message_undelivered": _("A message did not arrive"),
    "dossiers.message_sent_again": _("Message tried again"),
    "dossiers.applicant_told": _("Applicant told in another way"),
}
# Work beside the route, which no route names.
BESIDE = {rules.TELL: _("Tell the applicant: a message did not arrive")}
KINDS = {"original": _("Original"), "certified_copy": _("Certified copy"), "photocopy": _("Photocopy")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with what is left of its time in words; None when the dossier is settled."""

    line: Line
    step: Any
    due: Any | None


def queues(person: Person, current: str, now: datetime, day: date) -> list[dict[str, Any]]:
    """The queues on the left, each with how much lies in it, up to 1.000."""
    counts = queries.queue_counts(person, now, day)
    return [
        {
            "label": label,
            "href": f"{reverse('desk-inbox')}?queue={name}",
            "count": "1.000+" if counts[name] >= queries.COUNT_LIMIT else counts[name],
            "current": name == current,
        }
        for name, label in NAMES.items()
    ]


def inbox_page(person: Person, name: str, after: str, now: datetime, day: date) -> dict[str, Any]:
    """One page of a queue beside the numbers of all queues."""
    rows, following = page_of(person, name, after, now, day)
    return {
        "queues": queues(person, name, now, day),
        "title": NAMES[name],
        # Whose step it is goes without saying where all are one office's.
        "several": len({row.line.office for row in rows}) > 1,
        "rows": rows,
        "next": f"?queue={name}&after={quote(following)}" if following else "",
        "first": f"?queue={name}" if after else "",
    }


def page_of(person: Person, name: str, after: str, now: datetime, day: date) -> tuple[list[Shown], str]:
    """One page of a queue, and what follows it as `after`; empty at the end."""
    found = queries.lines(queries.queue(person, name, now, day), now, _cursor(after))
    page = found[: inbox.PAGE]
    following = f"{page[-1].due_at.isoformat()}_{page[-1].item_id}" if len(found) > inbox.PAGE else ""
    posts = identity.posts_of(person, day)
    calendar = schedule.calendar_for(posts[0].office)
    steps = procedures.step_names({line.version_id for line in page})
    return [_shown(line, steps, calendar, now) for line in page], following


def _shown(line: Line, steps: Mapping[tuple[int, str], Text], calendar: Calendar, now: datetime) -> Shown:
    """The step by the name that the route gives it."""
    left = None if line.settled_at else clock.remaining(calendar, now, line.due_at)
    of_route: Any = steps.get((line.version_id, line.step), line.step)
    return Shown(line, BESIDE.get(rules.side_act(line.step)) or of_route, left)


def _cursor(text: str) -> tuple[datetime, int] | None:
    moment, _sign, item = text.rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at if at.tzinfo else timezone.make_aware(at), int(item))
    except ValueError:
        return None


def dossier_page(person: Person, dossier: Dossier, now: datetime, day: date) -> dict[str, Any]:
    """Everything on a dossier's page but the form that is open."""
    items = queries.open_items(dossier)
    item = queries.item_for(person, items, day)
    due = queries.due_of(dossier) if dossier.received_at else None
    content = queries.filing_content(dossier)
    offered = acts.possible(person, dossier, item, identity.capabilities_of(person, day), day)
    return {
        "dossier": dossier,
        "item": item,
        "standing": queries.standing_of(dossier, now),
        "due": due,
        "why": clock.explain(due.why, get_language() or "vi") if due else "",
        "definition": queries.edition_of(dossier).definition,
        "content": content,
        "components": [{**each, "kind": KINDS.get(each["kind"], "")} for each in content.get("components", ())],
        "papers": list(Paper.objects.filter(filing__dossier=dossier, filing__n=1).select_related("file")),
        "history": [(event, EVENTS.get(event.type, event.type)) for event in queries.history_of(dossier)],
        "remarks": list(Remark.objects.filter(matter=dossier.matter).select_related("author")),
        "told": telling.told(person, dossier, items, day),
        "ways": telling.WAYS,
        **_outcome(dossier),
        "acts": [(name, acts.ACTS[name], acts.asks(dossier, name)) for name in offered],
    }


def _outcome(dossier: Dossier) -> dict[str, Any]:
    """What came of it; asked only where the state says that there is something."""
    settled, ended = dossier.state in ("result_ready", "returned"), dossier.state in ("refused", "withdrawn", "stopped")
    return {
        "results": list(Result.objects.filter(dossier=dossier).select_related("file")) if settled else [],
        "ending": Ending.objects.filter(dossier=dossier, undone_at=None).first() if ended else None,
        "returning": Returning.objects.filter(dossier=dossier, undone_at=None).first() if settled else None,
    }

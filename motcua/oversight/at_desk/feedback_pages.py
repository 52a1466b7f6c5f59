"""What the pages of feedback show, made for templates, and how feedback stands in the inbox. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.kernel import clock, identity, ledger, worklist
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter, WorkItem
from motcua.kernel.organisation import Office
from motcua.kernel.worklist import Item, Queue, Told
from motcua.oversight import queries
from motcua.oversight.acting import feedback_acts as acts
from motcua.oversight.models import Feedback, FeedbackFile
from motcua.oversight.policies import feedback as policies
from motcua.oversight.queries import AskedFeedback, ClockShown, FeedbackLine
from motcua.oversight.queries.feedback_figures import Counted
from motcua.oversight.rules import feedback as rules
from motcua.oversight.words import wording_feedback as wording
from motcua.procedures import queries as procedures

# Of what happened, what the person need not read.
_NOT_THE_PERSONS = ("oversight.feedback_escalated",)


def register() -> None:
    """Say how feedback stands in the inbox."""
    steps = tuple(each for each in rules.STEP_OF_STATE.values() if each != rules.WAITING)
    capabilities = frozenset({identity.INTAKE, identity.PROCESS, identity.ANSWER, identity.LEAD, identity.OVERSEE})
    queue = Queue("feedback", _("Feedback and petitions"), (*steps, rules.OVERSEE), capabilities, quiet=True)
    worklist.register("feedback", told, queues=[queue], waiting=[rules.WAITING], personal=True)


def told(items: Sequence[Item]) -> dict[int, Told]:
    """Whose it is and which step; one query."""
    rows = Feedback.objects.filter(matter__in={item.matter_id for item in items})
    whose = dict(rows.values_list("pk", "commune__name"))
    return {
        item.id: Told(reverse("feedback", args=[item.reference]), whose[item.matter_id], wording.STEPS[item.step])
        for item in items
    }


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of what was said: of which kind, by whom, with which files."""

    kind: str | Promise
    text: str
    by: str
    office: str
    at: datetime
    files: list[FeedbackFile]
    is_answer: bool = False


def list_page(found: list[FeedbackLine], asked: AskedFeedback, *, may_take: bool) -> dict[str, Any]:
    """One page of the list, its filter, and where the next page is."""
    query = urlencode({"q": asked.text} if asked.text else {})
    states = [
        {"code": code, "word": mark.word, "current": code == asked.state} for code, mark in wording.STATES.items()
    ]
    more = len(found) > queries.PAGE
    return {
        "rows": [(row, wording.TOPICS[row.topic], wording.KINDS.get(row.kind, "")) for row in found[: queries.PAGE]],
        "states": states,
        "state": asked.state,
        "q": asked.text,
        "query": query,
        "may_take": may_take,
        "next": f"?{query}&state={asked.state}&after={found[queries.PAGE - 1].id}" if more else "",
    }


def desk_page(person: Person, feedback: Feedback, now: datetime, day: date) -> dict[str, Any]:
    """Everything on its page at the desk but the form that is open."""
    items = WorkItem.objects.filter(matter=feedback.matter, closed_by=None).select_related("office", "assignee")
    offered = queries.possible_feedback_acts(person, feedback, day)
    return _shown(feedback, now, _everything(feedback)) | {
        "items": sorted(items, key=lambda item: item.step == rules.OVERSEE),
        "clocks": [_clock(each, now) for each in queries.clocks_of(feedback, now)],
        "topic": wording.TOPICS[feedback.topic],
        "channel": wording.CHANNELS[feedback.channel],
        "procedure": procedures.named().get(feedback.procedure_code),
        "about": _about(person, feedback, day),
        "reason": wording.REFUSALS.get(feedback.reason, ""),
        "acts": [(name, acts.ACTS[name]) for name in offered],
    }


def person_page(feedback: Feedback, now: datetime) -> dict[str, Any]:
    """Everything that whoever has the claim code may know of it, and do."""
    events = [event for event in _everything(feedback) if event.type not in _NOT_THE_PERSONS]
    due = queries.due_of_clock(feedback, rules.SETTLE)
    waits = feedback.state in ("arrived", "in_hand", "asked_back")
    return _shown(feedback, now, events) | {
        "next": wording.NEXT[feedback.state],
        "due_at": due.at if waits else None,
        "why": clock.explain(due.why, get_language() or "vi") if waits else "",
        "may_judge": feedback.state in rules.ANSWERED,
        "refused_for": wording.REFUSALS.get(feedback.reason, ""),
        "op_id": f"feedback-{uuid.uuid4()}",
    }


def _everything(feedback: Feedback) -> list[Any]:
    return list(ledger.history(feedback.matter))


def _shown(feedback: Feedback, now: datetime, events: list[Any]) -> dict[str, Any]:
    files = list(feedback.files.select_related("file"))
    return {
        "feedback": feedback,
        "kind": wording.KINDS.get(feedback.kind, ""),
        "files": [each for each in files if each.note_id is None and not each.of_answer],
        "said": _said(feedback, files),
        "publication": getattr(feedback, "publication", None) if feedback.state == "published" else None,
        "history": [(event, wording.EVENTS.get(event.type, event.type)) for event in events],
    }


def _said(feedback: Feedback, files: list[FeedbackFile]) -> list[Turn]:
    """Questions, replies, reasons and the answer, in the order in which they were said."""
    turns = [
        Turn(
            wording.NOTES[each.kind],
            each.text,
            each.by.full_name if each.by else "",
            each.office.name if each.office else "",
            each.at,
            [file for file in files if file.note_id == each.pk],
        )
        for each in feedback.notes.select_related("by", "office")
    ]
    if feedback.answered_at is not None:
        answer = feedback.answer
        of_answer = [file for file in files if file.of_answer]
        by, office = answer.by.full_name, answer.office.name
        turns.append(Turn(wording.ANSWER, answer.text, by, office, answer.at, of_answer, is_answer=True))
    return sorted(turns, key=lambda turn: turn.at)


def _clock(shown: ClockShown, now: datetime) -> dict[str, Any]:
    return {
        "name": wording.CLOCKS[shown.clock],
        "due_at": shown.due.at,
        "why": clock.explain(shown.due.why, get_language() or "vi"),
        "standing": shown.standing if not shown.ended or shown.ended[1] in rules.HELD_AGAINST[shown.clock] else "",
        "ended_at": shown.ended[0] if shown.ended else None,
        "late": shown.is_late(now),
    }


def _about(person: Person, feedback: Feedback, day: date) -> str:
    """The dossier it is about, for those who may see that dossier."""
    if feedback.about_id is None:
        return ""
    seen = Matter.objects.visible_to(person, day).filter(pk=feedback.about_id, kind="dossier")
    return seen.values_list("reference", flat=True).first() or ""


def public_list(commune: Office, after: uuid.UUID | None) -> dict[str, Any]:
    """What everybody may read of this commune."""
    found = queries.publications(commune, after)
    more = len(found) > queries.PAGE
    return {
        "entries": found[: queries.PAGE],
        "next": f"?after={found[queries.PAGE - 1].pk}" if more else "",
    }


def taking_office(person: Person, day: date) -> Office | None:
    """The commune for which the person writes down what somebody says."""
    return next(iter(policies.offices_taking_feedback(person, day)), None)


def counted_page(person: Person, day: date, found: Sequence[Counted]) -> dict[str, Any]:
    """The feedback behind a number; opened by those who may read it."""
    visible = policies.visible_feedback(person, day).filter(pk__in=[each.feedback.pk for each in found])
    seen = set(visible.values_list("pk", flat=True))
    return {
        "number": len(found),
        "rows": [
            (each.feedback, wording.TOPICS[each.feedback.topic], each.in_time, each.feedback.pk in seen)
            for each in found
        ],
    }

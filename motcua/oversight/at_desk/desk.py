"""What the pages of a difficulty show, made for templates, and how difficulties stand in the inbox. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.kernel import clock, identity, worklist
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.kernel.worklist import Item, Queue, Told
from motcua.oversight import queries
from motcua.oversight.acting import acts
from motcua.oversight.models import Answer, Attachment, Difficulty, Note
from motcua.oversight.queries import Alike, Asked, Entry, Listed
from motcua.oversight.words import wording
from motcua.procedures import queries as procedures
from motcua.ui import given
from motcua.ui.here import Here


def register() -> None:
    """Say how difficulties stand in the inbox."""
    acts = ("consider", "acknowledge", "answer", "oversee")
    capabilities = frozenset({identity.ANSWER, identity.OVERSEE})
    queue = Queue("to_answer", _("Difficulties to answer"), acts, capabilities)
    worklist.register("difficulty", told, queues=[queue], waiting=["confirm"])


def list_page(found: list[Listed], asked: Asked, hidden: int, now: datetime) -> dict[str, Any]:
    """One page of the list, its filter, and where the next page is."""
    more = len(found) > queries.PAGE
    named = {"q": asked.text, "procedure": asked.procedure, "commune": asked.commune}
    said = {name: value for name, value in named.items() if value}
    query = urlencode(said if asked.sector is None else said | {"sector": asked.sector})
    words = {queries.OPEN: _("Not answered yet")} | {code: mark.word for code, mark in wording.STATES.items()}
    states = [{"code": code, "word": word, "current": code == asked.state} for code, word in words.items()]
    return {
        "rows": [(row, row.is_overdue(now)) for row in found[: queries.PAGE]],
        "state": asked.state,
        "q": asked.text,
        "procedure": procedures.named().get(asked.procedure),
        "place": _place_listed(asked),
        "hidden": hidden,
        "query": query,
        "states": states,
        "next": f"?{query}&state={asked.state}&after={found[queries.PAGE - 1].id}" if more else "",
    }


def _place_listed(asked: Asked) -> list[Any]:
    """The commune and the field to which the list is narrowed, as people read them."""
    commune = Office.objects.filter(code=asked.commune).first() if asked.commune else None
    found: list[Any] = [commune.name] if commune else []
    if asked.sector is not None:
        names = {each.slug: each.name_vi for each in procedures.sectors()} | {"": _("About no procedure")}
        found.append(names.get(asked.sector, asked.sector))
    return found


def likely_topic(place: Here) -> str:
    """What it most likely is about: an error page is the software's, a procedure's page the procedure's."""
    if place.error:
        return "system"
    return "procedure" if place.procedure else "other"


def new_page(place: Here, form: Form, alike: list[Alike], op_id: str) -> dict[str, Any]:
    """What is asked where something does not work, below what others have met there."""
    return {
        "form": form,
        "alike": alike,
        "seen": " ".join(each.difficulty.number for each in alike),
        # Made with the page: however often it is sent, it is one difficulty.
        "op_id": op_id[:60] or f"difficulty-{uuid.uuid4()}",
        "carried": [(each.name, getattr(place, each.name)) for each in fields(place)],
        "place": place_in_words(place),
    }


def guidance_at(person: Person, place: Here, day: date) -> list[Entry]:
    """What is written about this place already."""
    if not place.procedure:
        return []
    office = identity.posts_of(person, day)[0].office
    return queries.guidance_at(office, day, procedure=place.procedure, step=place.step, field=place.field)


def place_in_words(place: Here) -> list[tuple[str | Promise, Any]]:
    """What the page carries along, as people read it."""
    return [(label, value) for label, value in _place_in_words(place) if value]


def _place_in_words(place: Here) -> Iterator[tuple[str | Promise, Any]]:
    try:
        yield _("Procedure"), procedures.procedure(place.procedure) if place.procedure else None
    except ObjectDoesNotExist:
        yield _("Procedure"), None
    yield _("Step"), _step(place.version, place.step)
    yield _("Form field"), place.field
    yield _("Dossier"), place.matter
    yield _("Error reference"), place.error


def _step(version: str | int | None, step: str) -> Any:
    """The step by the name that the route gives it."""
    plain = wording.STEPS_OF_ROUTE.get(step, step)
    number = given.number(str(version or ""))
    if not step or number is None:
        return plain
    try:
        return procedures.step_names({number}).get((number, step), plain)
    except ObjectDoesNotExist:
        return plain


# While it is counted, or stands still for the asker; an answered one has its standing.
_COUNTED = ("raised", "in_hand", "asked_back")


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of what was said about it: by whom, of which kind, with which files."""

    kind: str | Promise
    text: str
    by: str
    office: str
    at: datetime
    files: list[Attachment]
    is_answer: bool = False


def one_page(person: Person, difficulty: Difficulty, now: datetime, day: date) -> dict[str, Any]:
    """Everything on its page but the form that is open."""
    due = queries.due_of(difficulty)
    files = list(difficulty.attachments.select_related("file"))
    offered = acts.possible(person, difficulty, day)
    guidance = list(difficulty.guidance.filter(replaced_by=None).select_related("matter"))
    return {
        "difficulty": difficulty,
        "items": queries.open_items(difficulty),
        "standing": queries.standing_of(difficulty, now),
        "why": clock.explain(due.why, get_language() or "vi") if difficulty.state in _COUNTED else "",
        "topic": wording.TOPICS[difficulty.topic],
        "procedure": _procedure(difficulty),
        "step": _step(difficulty.version_id, difficulty.step),
        "about": _about(person, difficulty, day),
        "voices": difficulty.voices.count(),
        "communes": queries.communes_meeting(difficulty),
        "files": [each for each in files if not each.note_id and not each.answer_id],
        "said": _said(difficulty, files),
        "joined": list(difficulty.merged.select_related("matter", "commune")),
        "guidance": guidance,
        # An answer of the public's own words is not for every commune as it stands; it is written anew.
        "may_publish": difficulty.answered_at is not None
        and not guidance
        and bool(identity.post_for(person, day, identity.ANSWER, difficulty.holder.path)),
        "history": [(event, wording.EVENTS.get(event.type, event.type)) for event in queries.history_of(difficulty)],
        "acts": [
            (name, acts.ACTS[name], bool(acts.ACTS[name].form.base_fields) or name == acts.GIVE) for name in offered
        ],
    }


def _procedure(difficulty: Difficulty) -> Any:
    return procedures.procedure(difficulty.procedure_code) if difficulty.procedure_code else None


def _about(person: Person, difficulty: Difficulty, day: date) -> str:
    """The dossier on whose page it was met, for those who may see that dossier."""
    if difficulty.about_id is None:
        return ""
    seen = Matter.objects.visible_to(person, day).filter(pk=difficulty.about_id, kind="dossier")
    return seen.values_list("reference", flat=True).first() or ""


def _said(difficulty: Difficulty, files: list[Attachment]) -> list[Said]:
    """Questions, clarifications, reasons and answers in the order in which they were said."""
    notes = [
        Said(wording.NOTES[each.kind], each.text, each.by.full_name, each.office.name, each.at, _of(files, note=each))
        for each in difficulty.notes.select_related("by", "office")
    ]
    carrier = difficulty.merged_into or difficulty
    answers = [
        Said(
            wording.ANSWER,
            each.text,
            each.by.full_name,
            each.office.name,
            each.at,
            _of(files, answer=each),
            is_answer=True,
        )
        for each in carrier.answers.select_related("by", "office")
    ]
    return sorted([*notes, *answers], key=lambda said: said.at)


def _of(files: list[Attachment], note: Note | None = None, answer: Answer | None = None) -> list[Attachment]:
    return [each for each in files if (note and each.note_id == note.pk) or (answer and each.answer_id == answer.pk)]


def told(items: Sequence[Item]) -> dict[int, Told]:
    """Whose it is and which step; one query."""
    rows = Difficulty.objects.filter(matter__in={item.matter_id for item in items})
    whose = {pk: commune or office for pk, commune, office in rows.values_list("pk", "commune__name", "office__name")}
    return {
        item.id: Told(reverse("difficulty", args=[item.reference]), whose[item.matter_id], wording.STEPS[item.step])
        for item in items
    }

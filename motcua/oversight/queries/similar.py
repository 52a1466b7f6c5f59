"""What others have met already: at the same step of the same procedure, or in the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from motcua.kernel import search
from motcua.kernel.identity import Person
from motcua.oversight import policies
from motcua.oversight.models import Answer, Difficulty
from motcua.oversight.rules import difficulties as rules
from motcua.ui.here import Here

MOST = 5
# Of the words of a sentence, so many must be another's for the two to be alike.
ALIKE = 0.5
SHORT = 2
# Compared with so many of the newest: what was met longer ago stands in the guidance.
COMPARED = 500


@dataclass(frozen=True, slots=True)
class Alike:
    """A difficulty like the one somebody is about to raise."""

    difficulty: Difficulty
    communes: int
    voices: int
    answer: Answer | None
    # Whether whoever asks has said already that they meet it.
    mine: bool


def similar(person: Person, day: date, here: Here, text: str = "") -> list[Alike]:
    """Open or answered ones that this person may read: first at the same step, then of the procedure, then alike in
    words.
    """
    readable = policies.visible_difficulties(person, day).exclude(state__in=("merged", "withdrawn"))
    found: dict[UUID, Difficulty] = {}
    if here.procedure:
        at_place = readable.filter(procedure_code=here.procedure)
        if here.step or here.field:
            _add(found, at_place.filter(step=here.step, field=here.field))
        _add(found, at_place)
    if text.strip():
        _add(found, readable.filter(pk__in=_alike_in_words(text)))
    return [_alike(one, person) for one in found.values()]


def _add(found: dict[UUID, Difficulty], more: QuerySet[Difficulty]) -> None:
    if (room := MOST - len(found)) > 0:
        newest = more.exclude(pk__in=list(found)).order_by("-matter_id")
        rows = newest.select_related(*policies.RELATED).prefetch_related("voices", "answers__by", "answers__office")
        found |= {one.pk: one for one in rows[:room]}


def _alike_in_words(text: str) -> Iterable[UUID]:
    """Those that share at least half of the words that say something."""
    words = {word for word in search.fold(rules.masked(text)).split() if len(word) > SHORT}
    for key, theirs in search.newest("difficulty", COMPARED) if words else ():
        if len(words & set(theirs.split())) / len(words) >= ALIKE:
            yield UUID(key)


def _alike(difficulty: Difficulty, person: Person) -> Alike:
    voices = list(difficulty.voices.all())
    communes = {difficulty.commune_id, *(voice.commune_id for voice in voices)} - {None}
    mine = person.pk in {difficulty.raised_by_id, *(voice.person_id for voice in voices)}
    answers = list(difficulty.answers.all()) if difficulty.answered_at else []
    return Alike(difficulty, len(communes), len(voices), answers[-1] if answers else None, mine)

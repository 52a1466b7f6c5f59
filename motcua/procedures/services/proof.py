"""Before a new version is published it is held against what people answered under the ones before (W10).

Nouns: Answered (what somebody typed or filed and has not been finished with), Effect (what the new version would do to
it). Rooms above say where answers lie; this one knows no dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.procedures import conditions, definition, eforms
from motcua.procedures.definition import Definition, DefinitionFaults, Fault

# In a sentence no more numbers than somebody reads.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers under an earlier version. `filed` ones stand in a dossier; the others may still be changed."""

    reference: str
    filed: bool
    answers: Mapping[str, Any]
    day: date


@dataclass(frozen=True, slots=True)
class Effect:
    """What the new version would no longer show of these answers, and what it asks that is not answered; by sid."""

    of: Answered
    hidden: tuple[str, ...]
    unanswered: tuple[str, ...]


Source = Callable[[str], Iterable[Answered]]
_sources: list[Source] = []


def register_answers(source: Source) -> None:
    """Say where answers to the procedure of a code lie. Called from apps.py of the room that keeps them."""
    if source not in _sources:
        _sources.append(source)


def effects_of(doc: Mapping[str, Any]) -> list[Effect]:
    """Whom this document would touch if it were published, the filed ones first. DefinitionFaults as parse."""
    return _effects(definition.parse(doc))


def _effects(parsed: Definition) -> list[Effect]:
    found = (_effect(parsed, each) for source in _sources for each in source(parsed.code))
    return sorted(found, key=lambda effect: (not effect.of.filed, effect.of.reference))


def _effect(parsed: Definition, of: Answered) -> Effect:
    asked = eforms.shown(parsed, of.answers, of.day)
    shown = {each.sid for each in asked.fields}
    answered = {sid for sid, value in of.answers.items() if not conditions.is_empty(value)}
    hidden = [sid for sid in of.answers if sid in answered - shown]
    wanting = [each.sid for each in asked.fields if each.sid in asked.required and each.sid not in answered]
    return Effect(of, tuple(hidden), tuple(wanting))


def refuse_hiding(parsed: Definition) -> None:
    """Raise DefinitionFaults when a filed answer would no longer be shown: a question may go when all who answered it
    have been served.
    """
    hidden: dict[str, list[str]] = {}
    for effect in _effects(parsed):
        if effect.of.filed:
            for sid in effect.hidden:
                hidden.setdefault(sid, []).append(effect.of.reference)
    if hidden:
        raise DefinitionFaults(tuple(_faults(hidden)))


def _faults(hidden: Mapping[str, list[str]]) -> Iterator[Fault]:
    for sid, numbers in hidden.items():
        named = ", ".join(numbers[:NAMED]) + (" …" if len(numbers) > NAMED else "")
        yield Fault(f"fields.{sid}", f"is no longer asked, but {len(numbers)} open dossiers answered it: {named}")

"""Which pages, questions and papers these answers lead to. An answer to a question that is not asked does not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.procedures import conditions
from motcua.procedures.conditions import Answers, Rule
from motcua.procedures.definition import Component, Definition, Field, Page
from motcua.procedures.eforms.plan import plan


@dataclass(frozen=True, slots=True)
class Shown:
    """What is asked: pages with something to answer, questions, papers; `required` names what must be given."""

    pages: tuple[Page, ...]
    fields: tuple[Field, ...]
    components: tuple[Component, ...]
    required: frozenset[str]
    answers: Mapping[str, Any]


def holds(rule: Rule | None, answers: Answers, today: date) -> bool:
    """Whether there is no condition or it is met."""
    return rule is None or conditions.evaluate(rule, answers, today)


def is_required(thing: Field | Component, answers: Answers, today: date) -> bool:
    """Whether this must be given: not when the office can fetch it, else always or under its condition."""
    if thing.not_needed_when and conditions.evaluate(thing.not_needed_when.when, answers, today):
        return False
    if thing.required:
        return True
    return thing.required_if is not None and conditions.evaluate(thing.required_if, answers, today)


def shown(definition: Definition, answers: Answers, today: date) -> Shown:
    """What is asked of somebody with these answers on this day."""
    pages: list[Page] = []
    fields: list[Field] = []
    visible: dict[str, Any] = {}
    for each in plan(definition).pages:
        if not holds(each.page.show_if, visible, today):
            continue
        before = len(fields)
        for field, _type in each.questions:
            if holds(field.show_if, visible, today):
                fields.append(field)
                if field.sid in answers:
                    visible[field.sid] = answers[field.sid]
        if len(fields) > before:
            pages.append(each.page)
    components = tuple(each for each in definition.components if holds(each.show_if, visible, today))
    things: tuple[Field | Component, ...] = (*fields, *components)
    required = frozenset(each.sid for each in things if is_required(each, visible, today))
    return Shown(tuple(pages), tuple(fields), components, required, visible)

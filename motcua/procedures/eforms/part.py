"""A few questions of a form that was answered before, opened again: which they are, and on which pages they stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import date

from motcua.procedures import conditions
from motcua.procedures.conditions import Answers, Rule
from motcua.procedures.definition import Definition, Field, Page
from motcua.procedures.eforms.plan import plan
from motcua.procedures.eforms.shown import shown


def opened(definition: Definition, answers: Answers, sids: Collection[str], today: date) -> frozenset[str]:
    """These questions, and those that other answers to them may call for; what is answered already stays closed."""
    answered, moving = set(shown(definition, answers, today).answers), set(sids)
    for each in plan(definition).pages:
        of_page = _reads(each.page.show_if)
        for field, _type in each.questions:
            if field.sid not in answered and (of_page | _reads_of(field)) & moving:
                moving.add(field.sid)
    return frozenset(moving & {field.sid for field in definition.fields})


def _reads_of(field: Field) -> frozenset[str]:
    excused = field.not_needed_when.when if field.not_needed_when else None
    return _reads(field.show_if) | _reads(field.required_if) | _reads(excused)


def _reads(rule: Rule | None) -> frozenset[str]:
    return conditions.variables(rule) if rule else frozenset()


def pages_of(definition: Definition, answers: Answers, sids: Collection[str], today: date) -> tuple[Page, ...]:
    """The pages on which something open is asked, each narrowed to its open questions."""
    asked = shown(definition, answers, today)
    open_now = {field.sid for field in asked.fields if field.sid in sids}
    return tuple(narrowed(page, sids) for page in asked.pages if any(field.sid in open_now for field in page.fields))


def narrowed(page: Page, sids: Collection[str]) -> Page:
    """The page with these of its questions alone."""
    return dataclasses.replace(page, fields=tuple(field for field in page.fields if field.sid in sids))

"""What is worked out once for each definition: which type serves which field, and which checks touch which page."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from motcua.procedures import fields
from motcua.procedures.definition import Check, Definition, Field, Page
from motcua.procedures.fields import FieldType
from motcua.procedures.fields.computed import ComputedType


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page with its questions, each with its type; computed fields ask nothing and stand apart."""

    page: Page
    questions: tuple[tuple[Field, FieldType], ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A definition made ready."""

    pages: tuple[PagePlan, ...]
    types: Mapping[str, FieldType]
    computed: tuple[tuple[Field, ComputedType], ...]


@functools.lru_cache(maxsize=4096)
def plan(definition: Definition) -> Plan:
    """The plan of this very definition (they are compared by identity)."""
    registry = fields.registry()
    types = {field.sid: registry[field.type] for field in definition.fields}
    computed = ((field, types[field.sid]) for field in definition.fields)
    return Plan(
        pages=tuple(_page(page, types, definition.checks) for page in definition.pages),
        types=types,
        computed=tuple((field, type_) for field, type_ in computed if isinstance(type_, ComputedType)),
    )


def page_plan(definition: Definition, page: Page) -> PagePlan:
    """The plan of one of its pages."""
    return next(each for each in plan(definition).pages if each.page.sid == page.sid)


def _page(page: Page, types: Mapping[str, FieldType], checks: tuple[Check, ...]) -> PagePlan:
    own = {field.sid for field in page.fields}
    questions = tuple((field, types[field.sid]) for field in page.fields if types[field.sid].sent)
    return PagePlan(page, questions, tuple(check for check in checks if own & set(check.sids)))

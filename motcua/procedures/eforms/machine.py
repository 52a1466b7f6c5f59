"""The form for machines: a JSON Schema 2020-12 of the answers with a complete valid example, and its faults."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from motcua.procedures.definition import Definition, Fault, Field
from motcua.procedures.eforms.cleaning import clean
from motcua.procedures.eforms.plan import plan
from motcua.procedures.eforms.shown import holds
from motcua.procedures.fields import Context, FieldProblem, FieldType

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(definition: Definition, today: date) -> dict[str, Any]:
    """The answers as a closed object; `required` only what is demanded of everybody, the rest under x-conditions."""
    types = plan(definition).types
    asked = [field for field in definition.fields if types[field.sid].sent]
    return {
        "$schema": DIALECT,
        "title": definition.short_name.vi,
        "type": "object",
        "properties": {field.sid: _property(field, types[field.sid]) for field in asked},
        "required": [
            field.sid for page in definition.pages if not page.show_if for field in page.fields if _always(field)
        ],
        "additionalProperties": False,
        "examples": [example(definition, today)],
    }


def _property(field: Field, type_: FieldType) -> dict[str, Any]:
    found: dict[str, Any] = {"title": field.label.vi, **type_.schema(field)}
    if field.hint:
        found["description"] = field.hint.vi
    rules = {"show_if": field.show_if, "required_if": field.required_if}
    if conditional := {name: rule for name, rule in rules.items() if rule}:
        found["x-conditions"] = conditional
    return found


def _always(field: Field) -> bool:
    return field.required and not field.show_if and not field.not_needed_when


def example(definition: Definition, today: date) -> dict[str, Any]:
    """A complete set of answers of somebody who does not exist; a paper that need not be there is left out."""
    answers: dict[str, Any] = {}
    for each in plan(definition).pages:
        if not holds(each.page.show_if, answers, today):
            continue
        for field, type_ in each.questions:
            if holds(field.show_if, answers, today) and (field.type != "file" or field.required):
                answers[field.sid] = type_.example(field) if field.example is None else field.example
    return answers


def faults(definition: Definition, today: date) -> tuple[Fault, ...]:
    """What only the field types can see: an example or default that is no answer, a set that does not pass."""
    return tuple(_faults(definition, Context(today, demo=True)))


def _faults(definition: Definition, context: Context) -> Iterator[Fault]:
    types = plan(definition).types
    for field in definition.fields:
        for key, value in (("example", field.example), ("default", field.default)):
            if value is not None and (wrong := _refused(field, types[field.sid], value, context)):
                yield Fault(f"{field.sid}.{key}", wrong)
    for problem in clean(definition, example(definition, context.today), context).problems:
        yield Fault(f"example{problem.pointer}", str(problem.message))


def _refused(field: Field, type_: FieldType, value: Any, context: Context) -> str:
    try:
        cleaned = type_.clean(field, value, context)
    except FieldProblem as problem:
        return str(problem)
    return "" if cleaned == value else f"is written {value!r} and stored as {cleaned!r}"

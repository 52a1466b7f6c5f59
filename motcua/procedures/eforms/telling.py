"""Answers in words: for the check page, for the officer, and for the filing that must be readable alone for years."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import override

from motcua.procedures.conditions import Answers
from motcua.procedures.definition import Definition, Field, Page
from motcua.procedures.eforms.plan import plan
from motcua.procedures.eforms.shown import Shown
from motcua.procedures.fields import FieldType


class Row(NamedTuple):
    """One question and its answer in words; the text is empty where it was asked and left blank."""

    sid: str
    label: str
    text: str


class Section(NamedTuple):
    """One page of questions, read back."""

    sid: str
    title: str
    rows: tuple[Row, ...]


def readback(
    definition: Definition,
    answers: Answers,
    lang: str,
    names_of_files: Mapping[str, str] | None = None,
    *,
    asked: Shown | None = None,
) -> tuple[Section, ...]:
    """Every answer with its question, page by page. With `asked`, what was asked and left blank stands there too."""
    blank = {field.sid for field in asked.fields} if asked else set()
    with override(lang):
        sections = (_section(definition, page, answers, lang, names_of_files or {}, blank) for page in definition.pages)
        return tuple(section for section in sections if section.rows)


def _section(
    definition: Definition, page: Page, answers: Answers, lang: str, names: Mapping[str, str], blank: set[str]
) -> Section:
    types = plan(definition).types
    rows = tuple(
        Row(field.sid, field.label.get(lang), _text(field, types[field.sid], answers, lang, names))
        for field in page.fields
        if field.sid in answers or field.sid in blank
    )
    return Section(page.sid, page.title.get(lang), rows)


def _text(field: Field, type_: FieldType, answers: Answers, lang: str, names: Mapping[str, str]) -> str:
    value: Any = answers.get(field.sid)
    if value is None:
        return ""
    if field.type == "file" and all(handle in names for handle in value):
        return "; ".join(names[handle] for handle in value)
    return type_.to_text(field, value, lang)

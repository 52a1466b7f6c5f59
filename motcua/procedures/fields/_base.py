"""What every field type is: cleaning, reading from a page, drawing, saying in words, describing to machines.

Nouns: FieldType (one behaviour for each name of the closed set), Context (the day, the reader and the place),
Place (where on a page a field is drawn), FieldProblem (why a raw value cannot be an answer, and how to mend it).
A raw value is what a page or a machine sent; a value is an answer as it is stored. Cleaning a value gives it back.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, cast

from django.template.loader import get_template
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise, lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.procedures.conditions import Rule
from motcua.procedures.definition import Field, Text

Form = MultiValueDict[str, str]
Message = str | Promise
Path = tuple[str | int, ...]

LONGEST_RAW = 20_000
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What cleaning and drawing may know besides the answers. `province` is the centre's own, offered first."""

    today: date
    lang: str = "vi"
    demo: bool = False
    province: str = ""


class FieldProblem(ValueError):
    """A raw value that is no answer: a message that says how to mend it, and which part of the value it is about."""

    def __init__(self, message: Message, *path: str | int) -> None:
        super().__init__()
        self.items: tuple[tuple[Path, Message], ...] = ((path, message),)

    @classmethod
    def of(cls, items: list[tuple[Path, Message]]) -> "FieldProblem":
        """Several problems of one value at once."""
        problem = cls("")
        problem.items = tuple(items)
        return problem

    def __str__(self) -> str:
        return " ".join(str(message) for _path, message in self.items)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field is drawn: its id and name on the page, what is wrong with it, and on what it depends."""

    id: str
    context: Context
    errors: tuple[tuple[Path, Message], ...] = ()
    note: str = ""
    only_if: str = ""
    show_if: Rule | None = None
    optional: bool = False
    cell: bool = False
    names_of_files: Mapping[str, str] = field(default_factory=dict)

    def within(self, part: str | int, column: str) -> "Place":
        """The place of one cell of a table that is drawn here."""
        inner = tuple((path[2:], message) for path, message in self.errors if path[:2] == (part, column))
        return Place(f"{self.id}-{part}-{column}", self.context, inner, cell=True)


def _filled_in(message: Message, values: Mapping[str, Any]) -> str:
    lang = get_language() or "vi"
    return str(message) % {key: value.get(lang) if isinstance(value, Text) else value for key, value in values.items()}


_lazily = lazy(_filled_in, str)


def said(message: Message, **values: Any) -> Promise:
    """A message with its words filled in when it is read, in the language it is read in."""
    return cast(Promise, _lazily(message, values))


def words(text: Text, lang: str) -> SafeString:
    """Words of the catalogue for a page in this language; Vietnamese on an English page is marked as such."""
    if lang.startswith("en") and not text.en:
        return format_html('<span lang="vi">{}</span>', text.vi)
    return format_html("{}", text.get(lang))


def tidy(raw: object, *, lines: bool = False) -> str | None:
    """The string as it is stored: composed (NFC), without invisible characters, spaces collapsed; None if no string."""
    if not isinstance(raw, str) or len(raw) > LONGEST_RAW:
        return None
    text = unicodedata.normalize("NFC", _FORBIDDEN.sub("", raw))
    if not lines:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.replace("\r\n", "\n").strip().split("\n"))


class FieldType:
    """The behaviour of one type of field. Types are stateless: one instance serves every field of its type."""

    name: ClassVar[str]
    template: ClassVar[str] = "procedures/fields/input.html"
    # False for what the server fills itself and nobody may send.
    sent: ClassVar[bool] = True

    def clean(self, field: Field, raw: Any, context: Context) -> Any:
        """The value to store. Raises FieldProblem."""
        raise NotImplementedError

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """What was typed on the page, as it was typed; None when nothing was."""
        return (data.get(prefix) or "").strip() or None

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """The value in words for people."""
        return str(value)

    def schema(self, field: Field) -> dict[str, Any]:
        """The values as JSON Schema 2020-12."""
        raise NotImplementedError

    def example(self, field: Field) -> Any:
        """A value that is right and belongs to nobody."""
        raise NotImplementedError

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """What the template needs besides what every field has; `value` is an answer or what was typed."""
        return {"value": "" if value is None else value}

    def missing(self, field: Field) -> Message:
        """What to say when the answer is needed and not there."""
        return said(_("Enter “%(label)s”."), label=field.label)

    def remarks(self, field: Field, value: Any, answers: Mapping[str, Any], context: Context) -> Iterator[Message]:
        """What is worth a second look but stops nobody."""
        return iter(())

    def anchor(self, field: Field, prefix: str, path: Path) -> str:
        """The id of the input that a link from the error summary leads to."""
        return prefix

    def render(self, field: Field, value: Any, place: Place) -> SafeString:
        """The question as HTML."""
        common = self._common(field, place)
        return mark_safe(get_template(self.template).render(common | self.context(field, value, place)))  # noqa: S308

    def _common(self, field: Field, place: Place) -> dict[str, Any]:
        lang = place.context.lang
        hint = words(field.hint, lang) if field.hint else ""
        messages = [message for _path, message in place.errors]
        described = [f"{place.id}-hint"] if hint or place.note or place.only_if else []
        described += [f"{place.id}-error"] if messages else []
        return {
            "id": place.id,
            "type": self.name,
            "label": words(field.label, lang),
            "hint": hint,
            "note": place.note,
            "only_if": place.only_if,
            "optional": place.optional,
            "messages": messages,
            "wrong": {str(path[0]) if path else "" for path, _message in place.errors},
            "described": " ".join(described),
            "show_if": json.dumps(place.show_if, ensure_ascii=False) if place.show_if else "",
            "cell": place.cell,
            "autocomplete": AUTOCOMPLETE.get(field.prefill, ""),
        }


# The purpose of an input that asks about the person at the screen (WCAG 2.2, 1.3.5).
AUTOCOMPLETE = {
    "applicant.full_name": "name",
    "applicant.phone": "tel",
    "applicant.email": "email",
    "applicant.birth_date": "bday",
    "applicant.address": "address-line1",
}

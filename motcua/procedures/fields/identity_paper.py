"""An identity paper: which kind, its number, and when and by whom it was issued where that is known."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field, Text
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Form, Message, Path, Place, said, tidy
from motcua.procedures.fields._lists import html_options
from motcua.procedures.fields.citizen_id import CitizenIdType
from motcua.procedures.fields.date import PARTS, DateType, inputs, shown_parts, typed_parts, written

KINDS: Mapping[str, Text] = {
    "citizen_card": Text("Thẻ căn cước, căn cước công dân", "Citizen identity card"),
    "identity_certificate": Text("Giấy chứng nhận căn cước", "Identity certificate"),
    "old_identity_card": Text("Chứng minh nhân dân (9 số)", "Old identity card (9 digits)"),
    "passport": Text("Hộ chiếu", "Passport"),
    "other": Text("Giấy tờ khác có ảnh", "Another paper with a photo"),
}
_PASSPORT = re.compile(r"[A-Z0-9]{5,15}")
_OLD = re.compile(r"[0-9]{9}")
_OTHER = re.compile(r"[\w./\- ]{1,40}")
_DAY, _CITIZEN_ID = DateType(), CitizenIdType()


class IdentityPaperType(FieldType):
    """Stored as kind and number, with issued_on and issued_by where given."""

    name = "identity_paper"
    template = "procedures/fields/identity_paper.html"

    def clean(self, field: Field, raw: Any, context: Context) -> dict[str, str]:
        """Every part that is wrong is named at once."""
        if not isinstance(raw, Mapping):
            raise FieldProblem(self.missing(field))
        problems: list[tuple[Path, Message]] = []
        value: dict[str, str] = {}
        for part, clean in (("kind", _kind), ("number", _number), ("issued_on", _issued_on), ("issued_by", _issued_by)):
            try:
                if found := clean(field, raw, context):
                    value[part] = found
            except FieldProblem as problem:
                problems += [((part, *path), message) for path, message in problem.items]
        if problems:
            raise FieldProblem.of(problems)
        return value

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """The parts that were typed."""
        raw: dict[str, Any] = typed_parts(data, prefix, ("kind", "number", "issued_by")) or {}
        if day := typed_parts(data, f"{prefix}-issued_on", PARTS):
            raw["issued_on"] = day
        return raw if {part for part in raw if raw[part]} - {"kind"} or raw.get("kind") else None

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """Hộ chiếu C0000001, cấp ngày 24/11/2020, nơi cấp: …"""
        issued_on, issued_by = Text("cấp ngày", "issued on"), Text("nơi cấp:", "by")
        pieces = [f"{KINDS[value['kind']].get(lang)} {value['number']}"]
        if "issued_on" in value:
            pieces.append(f"{issued_on.get(lang)} {written(value['issued_on'])}")
        if "issued_by" in value:
            pieces.append(f"{issued_by.get(lang)} {value['issued_by']}")
        return ", ".join(pieces)

    def schema(self, field: Field) -> dict[str, Any]:
        """An object with kind and number."""
        properties = {
            "kind": {"oneOf": [{"const": oid, "title": label.vi} for oid, label in KINDS.items()]},
            "number": {"type": "string", "minLength": 1, "maxLength": 40},
            "issued_on": {"type": "string", "format": "date"},
            "issued_by": {"type": "string", "minLength": 1, "maxLength": 200},
        }
        return {
            "type": "object",
            "properties": properties,
            "required": ["kind", "number"],
            "additionalProperties": False,
        }

    def example(self, field: Field) -> dict[str, str]:
        """A passport that was never issued."""
        return {"kind": "passport", "number": "C0000000", "issued_on": "2020-11-24", "issued_by": "Cơ quan mẫu"}

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """A select, a number, a day and a line."""
        shown = value if isinstance(value, Mapping) else {}
        lang = place.context.lang
        return {
            "kinds": html_options([(k, t.get(lang)) for k, t in KINDS.items()], shown.get("kind"), _("Choose")),
            "number": shown.get("number", ""),
            "issued_by": shown.get("issued_by", ""),
            "parts": inputs(PARTS, shown_parts(shown.get("issued_on")), place, part="issued_on"),
        }

    def anchor(self, field: Field, prefix: str, path: Path) -> str:
        """The part that is wrong, or the first."""
        if path and path[0] == "issued_on":
            return _DAY.anchor(field, f"{prefix}-issued_on", path[1:])
        return f"{prefix}-{path[0]}" if path else f"{prefix}-kind"

    def missing(self, field: Field) -> Message:
        """Names both things that are needed."""
        return said(_("Enter “%(label)s”: the kind of paper and its number."), label=field.label)


def _kind(field: Field, raw: Mapping[str, Any], context: Context) -> str:
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise FieldProblem(_("Choose the kind of paper."))
    return kind


def _number(field: Field, raw: Mapping[str, Any], context: Context) -> str:
    number = (tidy(raw.get("number")) or "").upper()
    match raw.get("kind"):
        case "citizen_card" | "identity_certificate":
            return _CITIZEN_ID.clean(Field(field.sid, "citizen_id", field.label), number, context)
        case "old_identity_card":
            shape, message = _OLD, _("Write the 9 digits of the old identity card.")
        case "passport":
            shape, message = _PASSPORT, _("Write the letters and digits of the passport number, for example C0000000.")
        case _:
            shape, message = _OTHER, _("Write the number that stands on the paper.")
    number = number if shape is _OTHER else number.replace(" ", "")
    if not shape.fullmatch(number):
        raise FieldProblem(message)
    return number


def _issued_on(field: Field, raw: Mapping[str, Any], context: Context) -> str:
    day = raw.get("issued_on")
    if not day:
        return ""
    return _DAY.clean(Field(field.sid, "date", field.label, max="today"), day, context)


def _issued_by(field: Field, raw: Mapping[str, Any], context: Context) -> str:
    issued_by = raw.get("issued_by")
    if issued_by is None or issued_by == "":
        return ""
    text = tidy(issued_by)
    if text is None or len(text) > 200:
        raise FieldProblem(_("Write the name of the office, in 200 characters or fewer."))
    return text

"""A commune, ward or special zone, by its five-digit code."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields import _places
from motcua.procedures.fields._base import Context, FieldProblem, Form, Message, said
from motcua.procedures.fields.address import CommuneDrawing


class CommuneType(CommuneDrawing):
    """Stored as the code alone; the page asks for the province first."""

    name = "commune"

    def clean(self, field: Field, raw: Any, context: Context) -> Any:
        """The code of an existing commune."""
        code = raw.get("commune") if isinstance(raw, Mapping) else raw
        if not isinstance(code, str) or not code.isascii() or not code.isdigit() or not _places.commune_exists(code):
            raise FieldProblem(_("Choose the commune, ward or special zone."), "commune")
        if isinstance(raw, Mapping) and not _places.has_commune(str(raw.get("province")), code):
            raise FieldProblem(_("Choose the commune, ward or special zone."), "commune")
        return code

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """Province and commune as they were chosen."""
        raw = super().from_form(field, data, prefix)
        if raw:
            raw.pop("street", None)
        return raw

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """Xã …, Tỉnh …"""
        return f"{_places.full_name(value)}, {_places.full_name(_places.province_of(value))}"

    def schema(self, field: Field) -> dict[str, Any]:
        """Five digits."""
        return {"type": "string", "pattern": "^[0-9]{5}$"}

    def example(self, field: Field) -> Any:
        """A real commune."""
        return _places.commune_rows(_places.province_rows()[0][0])[0][0]

    def missing(self, field: Field) -> Message:
        """Names the question and what to do."""
        return said(_("Choose the province and the commune of “%(label)s”."), label=field.label)

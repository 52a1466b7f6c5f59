"""An address of two levels, as since 1 July 2025: province and commune by their codes, the rest in words.

Without JavaScript the page carries the communes of one province; another province's come with the button beside it,
which sends the page to be drawn again (`_reload`) and saves nothing.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields import _places
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Form, Message, Path, Place, said, tidy
from motcua.procedures.fields._lists import html_options
from motcua.procedures.fields.date import typed_parts

LONGEST_STREET = 200


class AddressType(FieldType):
    """Stored as province, commune and, where given, street (house number, street, village)."""

    name = "address"
    template = "procedures/fields/address.html"

    def clean(self, field: Field, raw: Any, context: Context) -> dict[str, str]:
        """Every part that is wrong is named at once."""
        if not isinstance(raw, Mapping):
            raise FieldProblem(self.missing(field))
        problems: list[tuple[Path, Message]] = []
        province, commune = raw.get("province"), raw.get("commune")
        if not _places.is_province(province):
            problems.append((("province",), _("Choose the province or city.")))
        elif not _places.has_commune(str(province), commune):
            problems.append((("commune",), _("Choose the commune, ward or special zone.")))
        street = tidy(raw.get("street") or "")
        if street is None or len(street) > LONGEST_STREET:
            problems.append(
                (("street",), said(_("Shorten this to %(most)s characters or fewer."), most=LONGEST_STREET))
            )
        if problems:
            raise FieldProblem.of(problems)
        return {"province": str(province), "commune": str(commune), **({"street": street} if street else {})}

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """The parts; the province alone is no answer, since it stands chosen from the start."""
        raw = typed_parts(data, prefix, ("province", "commune", "street"))
        asked_again = data.get("_reload") == prefix
        return raw if raw and (raw["commune"] or raw["street"] or asked_again) else None

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """Thôn Mẫu 1, Xã …, Tỉnh …"""
        names = (value.get("street"), _places.full_name(value["commune"]), _places.full_name(value["province"]))
        return ", ".join(filter(None, names))

    def schema(self, field: Field) -> dict[str, Any]:
        """Two codes and a line."""
        properties = {
            "province": {"type": "string", "pattern": "^[0-9]{2}$"},
            "commune": {"type": "string", "pattern": "^[0-9]{5}$"},
            "street": {"type": "string", "minLength": 1, "maxLength": LONGEST_STREET},
        }
        required = ["province", "commune"]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    def example(self, field: Field) -> dict[str, str]:
        """A real commune with a village that does not exist."""
        province = _places.province_rows()[0][0]
        return {"province": province, "commune": _places.commune_rows(province)[0][0], "street": "Thôn Mẫu 1"}

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """The communes of the chosen province, or of the centre's own."""
        shown = value if isinstance(value, Mapping) else {}
        province = shown.get("province") or place.context.province
        return {
            "provinces": html_options(_places.province_rows(), province, _("Choose")),
            "communes": html_options(_places.commune_rows(str(province)), shown.get("commune"), _("Choose")),
            "with_street": True,
            "street": shown.get("street", ""),
        }

    def anchor(self, field: Field, prefix: str, path: Path) -> str:
        """The part that is wrong; when all is missing, the commune, since the province stands chosen."""
        return f"{prefix}-{path[0] if path else 'commune'}"

    def missing(self, field: Field) -> Message:
        """Names the question and what to do."""
        return said(_("Enter “%(label)s”: choose the province and the commune."), label=field.label)


class CommuneDrawing(AddressType):
    """The same two selects without the line for the street."""

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """A commune's code stands for both of its parts."""
        if isinstance(value, str):
            value = {"province": _places.province_of(value), "commune": value}
        return super().context(field, value, place) | {"with_street": False}

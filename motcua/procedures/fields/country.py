"""A country, as nationality or place."""

import functools
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Message, Place, said
from motcua.procedures.fields._lists import countries, html_options


class CountryType(FieldType):
    """The two letters of ISO 3166-1; names in both languages."""

    name = "country"
    template = "procedures/fields/select.html"

    def clean(self, field: Field, raw: Any, context: Context) -> str:
        """The code in capitals."""
        code = raw.strip().upper() if isinstance(raw, str) else ""
        if code not in countries():
            raise FieldProblem(self.missing(field))
        return code

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """The country's name."""
        return countries()[value].get(lang) if value in countries() else str(value)

    def schema(self, field: Field) -> dict[str, Any]:
        """The known codes."""
        return {"type": "string", "enum": list(countries())}

    def example(self, field: Field) -> str:
        """Viet Nam."""
        return "VN"

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """A select with Viet Nam first."""
        return {"options": _options("en" if place.context.lang.startswith("en") else "vi", str(value or ""))}

    def missing(self, field: Field) -> Message:
        """Asks to choose."""
        return said(_("Choose a country at “%(label)s”."), label=field.label)


@functools.lru_cache(maxsize=64)
def _options(lang: str, chosen: str) -> SafeString:
    rows = [(code, name.get(lang)) for code, name in countries().items()]
    # The row for no answer is a dash: a word here would be fixed in the language of the first reader.
    return html_options(rows, chosen, "–")

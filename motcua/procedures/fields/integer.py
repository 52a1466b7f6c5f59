"""A whole number."""

import re
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Place, said

_GROUPED = re.compile(r"-?[0-9]{1,3}([. ][0-9]{3})+")
_PLAIN = re.compile(r"-?[0-9]{1,15}")
BIGGEST = 10**15 - 1


class IntegerType(FieldType):
    """A whole number; thousands may be grouped with dots or spaces."""

    name = "integer"
    width: ClassVar[str] = "10"
    suffix: ClassVar[str] = ""
    lowest: ClassVar[int] = -BIGGEST

    def clean(self, field: Field, raw: Any, context: Context) -> int:
        """The number, within the field's bounds."""
        number = self._read(raw)
        if number is None:
            raise FieldProblem(self.unreadable())
        least, most = self.bounds(field)
        if number < least:
            raise FieldProblem(said(_("Enter %(least)s or more."), least=least))
        if number > most:
            raise FieldProblem(said(_("Enter %(most)s or less."), most=most))
        return number

    def _read(self, raw: object) -> int | None:
        if isinstance(raw, float) and raw.is_integer() and abs(raw) <= BIGGEST:
            return int(raw)
        if isinstance(raw, bool) or not isinstance(raw, int | str):
            return None
        if isinstance(raw, int):
            return raw
        text = " ".join(raw.split())
        if _GROUPED.fullmatch(text):
            text = re.sub("[. ]", "", text)
        return int(text) if _PLAIN.fullmatch(text) else None

    def unreadable(self) -> Any:
        """What to say when it is no whole number."""
        return _("Enter a whole number in digits, for example 3.")

    def bounds(self, field: Field) -> tuple[int, int]:
        """The least and the most this field takes."""
        least = field.min if isinstance(field.min, int) else self.lowest
        return least, field.max if isinstance(field.max, int) else BIGGEST

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """In digits, thousands grouped as the language does."""
        return f"{value:,}" if lang.startswith("en") else f"{value:,}".replace(",", ".")

    def schema(self, field: Field) -> dict[str, Any]:
        """Bounded whole numbers."""
        least, most = self.bounds(field)
        return {"type": "integer", "minimum": least, "maximum": most}

    def example(self, field: Field) -> int:
        """A small number within the bounds."""
        least, most = self.bounds(field)
        return min(max(2, least), most)

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """A narrow input with the digits as they were typed."""
        shown = value if isinstance(value, int | str) and not isinstance(value, bool) else ""
        digits = "numeric" if self.bounds(field)[0] >= 0 else "text"
        return {"value": str(shown), "width": self.width, "inputmode": digits, "suffix": self.suffix, "maxlength": 20}

"""A number with decimals, stored as a plain string such as "1.5": no binary fraction changes it.

On the page the decimal sign is a comma, as Vietnamese writes it; "1.500" typed there could be a thousand and a half
or one and a half, so it is asked again instead of guessed.
"""

import decimal
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Form, Place, said

_PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
_AMBIGUOUS = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")
_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
MOST_PLACES = 6


class DecimalType(FieldType):
    """A decimal number with `places` decimals at most (2 unless told)."""

    name = "decimal"

    def clean(self, field: Field, raw: Any, context: Context) -> str:
        """The number in its shortest writing."""
        text = self._read(raw)
        if not _PLAIN.fullmatch(text):
            raise FieldProblem(_("Enter a number in digits with a comma for decimals, for example 1,5."))
        number = decimal.Decimal(text).normalize()
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self._places(field):
            raise FieldProblem(said(_("Write at most %(places)s digits after the comma."), places=self._places(field)))
        if isinstance(field.min, int) and number < field.min:
            raise FieldProblem(said(_("Enter %(least)s or more."), least=field.min))
        if isinstance(field.max, int) and number > field.max:
            raise FieldProblem(said(_("Enter %(most)s or less."), most=field.max))
        return f"{number:f}" if number else "0"

    def _read(self, raw: object) -> str:
        if isinstance(raw, dict):
            typed = str(raw.get("typed", "")).strip()
            if _AMBIGUOUS.fullmatch(typed):
                raise FieldProblem(_("Write 1500 or 1,5: a point can be read in two ways."))
            if _GROUPED.fullmatch(typed):
                typed = typed.replace(".", "")
            return typed.replace(",", ".")
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            return ""
        return raw.strip() if isinstance(raw, str) else f"{decimal.Decimal(str(raw)):f}"

    def _places(self, field: Field) -> int:
        return 2 if field.places is None else field.places

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """What was typed, marked as typed on a page."""
        typed = super().from_form(field, data, prefix)
        return {"typed": typed} if typed else None

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """With the decimal sign of the language."""
        return str(value) if lang.startswith("en") else str(value).replace(".", ",")

    def schema(self, field: Field) -> dict[str, Any]:
        """The shortest writing: no zeros at the end, no plus."""
        places = self._places(field)
        decimals = rf"(\.[0-9]{{0,{places - 1}}}[1-9])?" if places else ""
        return {"type": "string", "pattern": rf"^-?(0|[1-9][0-9]{{0,14}}){decimals}$"}

    def example(self, field: Field) -> str:
        """A small number within the bounds."""
        if isinstance(field.min, int) and field.min > 1:
            return str(field.min)
        return "1.5" if self._places(field) and not (isinstance(field.max, int) and field.max < 2) else "1"

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """A narrow input; stored numbers are shown with a comma."""
        shown = value.get("typed", "") if isinstance(value, dict) else str(value or "").replace(".", ",")
        return {"value": shown, "width": "10", "inputmode": "decimal", "maxlength": 25}

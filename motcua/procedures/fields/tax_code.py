"""A tax code: ten digits with a check digit, thirteen for a dependent unit, or a person's identification number.

Circular 105/2020/TT-BTC for the check digit. Since 1 July 2025 the personal identification number takes the place of
the tax code of persons, households and household businesses (Circular 86/2024/TT-BTC).
"""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem
from motcua.procedures.fields._line import Line
from motcua.procedures.fields.citizen_id import DEMO_CODES, PROVINCE_CODES

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_UNIT = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?")
_PERSON = re.compile(r"[0-9]{12}")


class TaxCodeType(Line):
    """Stored as 0123456789, 0123456789-001 or twelve digits. `subject` narrows it to person or organisation."""

    name = "tax_code"
    longest = 20
    width = "20"
    inputmode = "text"

    def check(self, field: Field, text: str, context: Context) -> str:
        """The code in its stored form."""
        code = re.sub(r"[\s.]+", "", text)
        if field.subject != "organisation" and _PERSON.fullmatch(code):
            if code[:3] in PROVINCE_CODES or (context.demo and code[:3] in DEMO_CODES):
                return code
        elif match := _UNIT.fullmatch(code):
            return self._unit(match[1], match[2], context)
        raise FieldProblem(_("Write the 10 or 13 digits of the tax code, or the 12 digits of the citizen card."))

    def _unit(self, main: str, branch: str | None, context: Context) -> str:
        if branch == "000" or not (context.demo or main[9] == check_digit(main[:9])):
            raise FieldProblem(_("Look at the tax code again: its digits do not fit together."))
        return f"{main}-{branch}" if branch else main

    def schema(self, field: Field) -> dict[str, Any]:
        """One of the three shapes."""
        unit = r"[0-9]{10}(-[0-9]{3})?"
        return {
            "type": "string",
            "pattern": f"^{unit}$" if field.subject == "organisation" else f"^({unit}|0[0-9]{{11}})$",
        }

    def example(self, field: Field) -> str:
        """A code that cannot be given out, since its nine digits have no check digit; valid only in a demonstration."""
        return "0000000120"


def check_digit(nine: str) -> str:
    """The tenth digit; empty where these nine have none and no such code exists."""
    rest = sum(int(digit) * weight for digit, weight in zip(nine, _WEIGHTS, strict=True)) % 11
    return str(10 - rest) if rest else ""

"""A telephone number in Viet Nam, mobile or landline; +84 is folded to 0.

Numbers move between carriers and carriers get new prefixes, so only the shape is judged, never a table of carriers.
Where the database is a demonstration the synthetic prefixes outside that shape are taken too.
"""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem
from motcua.procedures.fields._line import Line

_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_DEMO = re.compile(r"0(30|40|50|53|60|71|80|95)[0-9]{7}")
_SEPARATORS = re.compile(r"[\s.\-()]+")


class PhoneType(Line):
    """Ten digits of a mobile, or eleven of a landline."""

    name = "phone"
    longest = 30
    width = "20"
    inputmode = "tel"
    input_type = "tel"

    def check(self, field: Field, text: str, context: Context) -> str:
        """The digits, with 0 in front."""
        digits = re.sub(r"^(\+84|0084)0?", "0", _SEPARATORS.sub("", text))
        if not any(shape.fullmatch(digits) for shape in (_MOBILE, _LANDLINE, *((_DEMO,) if context.demo else ()))):
            raise FieldProblem(_("Write the telephone number with all its digits, for example 0300 000 001."))
        return digits

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """In groups that are easy to dial: 0300 000 001."""
        return f"{value[:4]} {value[4:7]} {value[7:]}"

    def schema(self, field: Field) -> dict[str, Any]:
        """Ten or eleven digits; which of them are numbers depends on the centre."""
        return {"type": "string", "pattern": "^0([3-9][0-9]{8}|2[0-9]{9})$"}

    def example(self, field: Field) -> str:
        """A number that no carrier gives out."""
        return "0300000001"

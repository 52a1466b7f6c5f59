"""What the server fills in from another answer: a date in words, a name in capitals. Nobody sends it."""

from collections.abc import Mapping
from typing import Any

from motcua.kernel import money
from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Form, Place, tidy


class ComputedType(FieldType):
    """Vietnamese words, whatever the reader's language: they go onto a Vietnamese paper."""

    name = "computed"
    template = "procedures/fields/computed.html"
    sent = False

    def compute(self, field: Field, answers: Mapping[str, Any]) -> str | None:
        """The value that follows from the answers; None while the answer it reads is missing."""
        ((computation, sid),) = (field.computed or {}).items()
        value = answers.get(sid)
        if not isinstance(value, str) or not value:
            return None
        return date_in_words(value) if computation == "date_in_words" else value.upper()

    def clean(self, field: Field, raw: Any, context: Context) -> str:
        """Only for what was computed before."""
        text = tidy(raw)
        if not text:
            raise FieldProblem(self.missing(field))
        return text

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """Nothing is read from a page."""
        return None

    def schema(self, field: Field) -> dict[str, Any]:
        """A string that only the server writes."""
        return {"type": "string", "readOnly": True}

    def example(self, field: Field) -> str:
        """The words of the example day."""
        return date_in_words("1990-11-24")

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """The words, once there are some."""
        return {"value": value or ""}


def date_in_words(value: str) -> str:
    """1990-11-24 → "Ngày hai mươi bốn tháng mười một năm một nghìn chín trăm chín mươi"; a bare year as a year."""
    year, *rest = value[:10].split("-")
    said_year = f"năm {money.number_in_words_vi(int(year))}"
    if not rest:
        return said_year.capitalize()
    month, day = (int(part) for part in rest)
    # April is "tháng tư", never "tháng bốn".
    said_month = "tư" if month == 4 else money.number_in_words_vi(month)
    said_day = money.number_in_words_vi(day)
    return f"Ngày {said_day} tháng {said_month} {said_year}"

"""One line of text: what the types that are written in a single input share."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Place, said, tidy


class Line(FieldType):
    """A string in one input. Subclasses say what it must look like."""

    longest: ClassVar[int] = 200
    shortest: ClassVar[int] = 1
    width: ClassVar[str] = ""
    inputmode: ClassVar[str] = ""
    input_type: ClassVar[str] = "text"
    prose: ClassVar[bool] = False
    lines: ClassVar[bool] = False

    def clean(self, field: Field, raw: Any, context: Context) -> str:
        """The tidied string, checked for its length and its look."""
        text = tidy(raw, lines=self.lines)
        if not text:
            raise FieldProblem(self.missing(field))
        text = self.check(field, text, context)
        least, most = field.min_length or self.shortest, self.most(field)
        if len(text) > most:
            raise FieldProblem(said(_("Shorten this to %(most)s characters or fewer."), most=most))
        if len(text) < least:
            raise FieldProblem(said(_("Write at least %(least)s characters."), least=least))
        return text

    def check(self, field: Field, text: str, context: Context) -> str:
        """The string as it is stored. Raises FieldProblem when it cannot be meant."""
        return text

    def most(self, field: Field) -> int:
        """The longest answer of this field."""
        return field.max_length or self.longest

    def schema(self, field: Field) -> dict[str, Any]:
        """Bounded strings."""
        return {"type": "string", "minLength": field.min_length or self.shortest, "maxLength": self.most(field)}

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """An input that is as wide as its answer."""
        return {
            "value": value if isinstance(value, str | int) else "",
            "width": self.width,
            "inputmode": self.inputmode,
            "input_type": self.input_type,
            "maxlength": self.most(field),
            "prose": self.prose,
        }

"""A line of text."""

from motcua.procedures.definition import Field
from motcua.procedures.fields._line import Line


class TextType(Line):
    """Any words on one line."""

    name = "text"
    prose = True

    def example(self, field: Field) -> str:
        """A few words."""
        return "Thôn Mẫu 1"[: self.most(field)].ljust(field.min_length or 1, ".")

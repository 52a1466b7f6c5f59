"""Several lines of text."""

from motcua.procedures.definition import Field
from motcua.procedures.fields._line import Line


class LongTextType(Line):
    """Words on several lines; line breaks stay."""

    name = "long_text"
    template = "procedures/fields/textarea.html"
    longest = 4000
    prose = True
    lines = True

    def example(self, field: Field) -> str:
        """Two short lines."""
        return "Nội dung mẫu.\nDòng thứ hai."[: self.most(field)].strip().ljust(field.min_length or 1, ".")

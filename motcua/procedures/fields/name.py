"""A person's full name: one field, family name first, kept as it was written.

Names are never split or title-cased: K'Brin, Ka Să H'Oanh and Y Thịnh Niê are whole names.
"""

import unicodedata

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem
from motcua.procedures.fields._line import Line

_MARKS = frozenset(" '’ʼ‘`.-,()·")


class NameType(Line):
    """A full name of letters, spaces, apostrophes, dots and hyphens."""

    name = "name"
    longest = 120

    def check(self, field: Field, text: str, context: Context) -> str:
        """Refuses digits and signs that no name has."""
        if any(unicodedata.category(letter)[0] not in "LM" and letter not in _MARKS for letter in text):
            raise FieldProblem(_("Write the name with letters only, for example Ka Să H'Oanh."))
        if not any(letter.isalpha() for letter in text):
            raise FieldProblem(_("Write the full name, for example Nguyễn Thị Mẫu."))
        return text

    def example(self, field: Field) -> str:
        """Nobody's name."""
        return "Nguyễn Thị Mẫu"

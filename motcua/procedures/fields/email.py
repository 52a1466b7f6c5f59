"""An e-mail address."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem
from motcua.procedures.fields._line import Line

_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_SHAPE = rf"[A-Za-z0-9._%+-]{{1,64}}@({_LABEL}\.)+[A-Za-z]{{2,24}}"
_ADDRESS = re.compile(_SHAPE)


class EmailType(Line):
    """An address at which a machine can be reached; whether anybody reads it only a message shows."""

    name = "email"
    longest = 254
    inputmode = "email"
    input_type = "email"

    def check(self, field: Field, text: str, context: Context) -> str:
        """Refuses what cannot be an address."""
        if not _ADDRESS.fullmatch(text):
            raise FieldProblem(_("Write the e-mail address in full, for example nguyen.mau@vidu.example."))
        return text

    def schema(self, field: Field) -> dict[str, Any]:
        """The shape of an address."""
        return super().schema(field) | {"pattern": f"^{_SHAPE}$"}

    def example(self, field: Field) -> str:
        """A mailbox that cannot exist."""
        return "nguyen.mau@vidu.example"

"""An amount in whole đồng."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.kernel import money
from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context
from motcua.procedures.fields.integer import IntegerType

_CURRENCY = re.compile(r"\s*(đ|đồng|vnd|vnđ)\.?$", re.IGNORECASE)


class MoneyType(IntegerType):
    """Whole đồng, never below zero; "8.000 đ" is read too."""

    name = "money"
    suffix = "đồng"
    lowest = 0

    def clean(self, field: Field, raw: Any, context: Context) -> int:
        """The amount without its currency."""
        return super().clean(field, _CURRENCY.sub("", raw.strip()) if isinstance(raw, str) else raw, context)

    def unreadable(self) -> Any:
        """What to say when it is no amount."""
        return _("Enter the amount in đồng in digits, for example 8.000.")

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """8.000 đồng."""
        return money.format_vnd(value)

    def example(self, field: Field) -> int:
        """A round amount within the bounds."""
        least, most = self.bounds(field)
        return min(max(8000, least), most)

"""A day as people write it, for ordinary Django forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.ui import given


class DayField(forms.DateField):
    """A day written 24/11/2026, in every language."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
        says = {"invalid": _("Write the day, month and year, for example 24/11/2026.")}
        says["required"] = options.pop("say", says["invalid"])
        options.setdefault("help_text", _("Day, month and year, for example 24/11/2026."))
        formats = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
        super().__init__(widget=widget, input_formats=formats, error_messages=says, **options)

    def to_python(self, value: Any) -> date | None:
        """A day of our times: with others no calendar can count."""
        found = super().to_python(value)
        if found is not None and found.year not in given.YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        """As people write it; what was typed stays as it was typed."""
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value

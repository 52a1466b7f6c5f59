"""What is typed before dossiers are taken out: what for, of which time, or of which person."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.forms.straight import CHECKS
from motcua.dossiers.rules import accesses, reasons
from motcua.ui.days import DayField


class PackForm(forms.Form):
    """What for."""

    words = forms.CharField(
        label=_("What for"),
        help_text=_("For example: inspection by decision number … of …. It is kept with your name."),
        min_length=accesses.SHORTEST,
        max_length=accesses.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say in a sentence what for."),
            "min_length": _("Say it in a whole sentence, at least 10 characters."),
        },
    )


class PeriodPackForm(PackForm):
    """Of which time."""

    first = DayField(label=_("Filed from"), say=_("Enter the first day."))
    last = DayField(label=_("Filed until"), say=_("Enter the last day."))
    field_order = ("first", "last", "words")

    def clean(self) -> dict[str, Any]:
        """A time has a beginning and then an end."""
        typed: dict[str, Any] = super().clean() or {}
        first, last = typed.get("first"), typed.get("last")
        if isinstance(first, date) and isinstance(last, date) and first > last:
            self.add_error("last", _("The last day is before the first. Mend one of the two."))
        return typed


class PersonForm(forms.Form):
    """Whose data, and how it was made sure who asks."""

    citizen_id = forms.CharField(
        label=_("Citizen id"),
        help_text=_("12 digits."),
        max_length=20,
        error_messages={"required": _("Enter the citizen id of the person who asks.")},
    )
    identity_checked_by = forms.ChoiceField(
        label=_("How you made sure who it is"), choices=[(code, CHECKS[code]) for code in reasons.IDENTITY_CHECKS]
    )

    def clean_citizen_id(self) -> str:
        """Digits, however they were grouped."""
        found = re.sub(r"[\s.-]", "", self.cleaned_data["citizen_id"])
        if not re.fullmatch(r"\d{9}|\d{12}", found):
            raise forms.ValidationError(_("A citizen id has 12 digits, an older one 9."))
        return found

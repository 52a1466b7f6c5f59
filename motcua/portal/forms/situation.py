"""Which days a situation report is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries import periods
from motcua.ui.days import DayField


class PeriodForm(forms.Form):
    """From a day to a day, both included."""

    first = DayField(label=_("First day"), say=_("Enter the first day, for example 01/11/2026."))
    last = DayField(label=_("Last day"), say=_("Enter the last day, for example 30/11/2026."))

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """In order, not ahead, and not longer than a page goes through."""
        said = dict(super().clean() or {})
        first, last = said.get("first"), said.get("last")
        if first and last:
            if last < first:
                self.add_error("last", _("Enter a day on or after the first day."))
            elif first > self._today:
                self.add_error("first", _("Nothing can be reported of days to come."))
            elif (last - first).days > periods.LONGEST:
                self.add_error("first", _("Choose a period of at most 400 days."))
        return said

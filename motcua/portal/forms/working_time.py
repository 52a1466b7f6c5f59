"""The week of an office, and a day that differs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.kernel.calendar import DAYS_OFF, Day, Sessions
from motcua.portal.forms.typed import SessionsField
from motcua.ui.days import DayField

WEEKDAYS = (
    pgettext_lazy("weekday at the head of a line", "Monday"),
    pgettext_lazy("weekday at the head of a line", "Tuesday"),
    pgettext_lazy("weekday at the head of a line", "Wednesday"),
    pgettext_lazy("weekday at the head of a line", "Thursday"),
    pgettext_lazy("weekday at the head of a line", "Friday"),
    pgettext_lazy("weekday at the head of a line", "Saturday"),
    pgettext_lazy("weekday at the head of a line", "Sunday"),
)
DAY_KINDS = {
    "off": _("Holiday or day off"),
    "compensation": _("Substitute day off for a holiday on a rest day"),
    "swap_off": _("Day off that is worked on another day"),
    "swap_work": _("Worked day instead of another, for example a Saturday"),
    "half": _("Half day or other hours"),
}


class HoursForm(forms.Form):
    """One line for each weekday, and the day from which they hold."""

    # An empty weekday is an answer too: the office rests. No browser may demand otherwise.
    use_required_attribute = False

    valid_from = DayField(label=_("From"), say=_("Enter the day from which these hours hold, for example 24/11/2026."))

    def __init__(self, data: Any = None, *, week: Mapping[int, Sessions], today: date) -> None:
        initial = {f"day_{n}": sessions for n, sessions in week.items()}
        super().__init__(data, initial={"valid_from": today, **initial})
        for n, name in enumerate(WEEKDAYS):
            self.fields[f"day_{n}"] = SessionsField(label=name, required=True)

    def week(self) -> dict[int, Sessions]:
        """The sessions of each weekday, 0 = Monday."""
        return {n: self.cleaned_data[f"day_{n}"] for n in range(7)}


class DayForm(forms.Form):
    """A date, what it is, what it is called, and who decided it."""

    date = DayField(label=_("Day"), say=_("Enter the day, for example 24/11/2026."))
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=list(DAY_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the day is.")},
    )
    name = forms.CharField(
        label=_("What it is called"),
        max_length=120,
        help_text=_("It stands in the sentence that explains a due date, for example “Commune festival”."),
        error_messages={"required": _("Enter what the day is called.")},
    )
    hours = SessionsField(
        required=False,
        label=_("Hours of this day"),
        help_text=_("For a half day, for example 07:30-11:30. Empty on a worked day: the usual hours."),
    )
    source = forms.CharField(
        label=_("Which decision says so"),
        max_length=200,
        help_text=_("Number and date of the notice, for example “TB 12/UBND, 20/11/2026”."),
        error_messages={"required": _("Enter the number and date of the notice that says so.")},
    )

    def clean(self) -> dict[str, Any]:
        """A half day says its hours, a day off has none."""
        said = super().clean() or {}
        kind, hours = said.get("kind"), said.get("hours")
        if kind == "half" and hours == ():
            self.add_error("hours", _("Enter the hours of this day, for example 07:30-11:30."))
        if kind in DAYS_OFF and hours:
            self.add_error("hours", _("A day off has no hours: clear them, or choose “Half day or other hours”."))
        return said

    def day(self) -> Day:
        """What the calendar is told."""
        said = self.cleaned_data
        return Day(said["date"], said["kind"], said["name"].strip(), "official", said["hours"])

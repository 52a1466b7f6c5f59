"""What an officer types for an apology with a new appointment, and for the decision on it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import rules
from motcua.kernel.calendar import Calendar
from motcua.ui.days import DayField

EXTENSION_REASONS = {
    "verification": _("Something has to be verified on the spot or with others"),
    "awaiting_other_office": _("Another office has not answered yet"),
    "complex": _("The matter is complicated"),
    "workload": _("Too much work at once"),
    "system_failure": _("Machines or networks failed"),
    "other": _("Another reason"),
}


class ExtensionForm(forms.Form):
    """Form 04: why it takes longer, and when the result is there."""

    reason_code = forms.ChoiceField(
        label=_("Kind of reason"), choices=[(code, EXTENSION_REASONS[code]) for code in rules.EXTENSION_REASONS]
    )
    reason = forms.CharField(
        label=_("Reason in words"),
        help_text=_("The person reads this on Form 04. Say what is still to be done."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say the reason in words.")},
    )
    day = DayField(label=_("New appointment: day"), say=_("Enter the new day, for example 24/11/2026."))
    hour = forms.TimeField(
        label=_("New appointment: time"),
        help_text=_("Leave it empty for the end of that day's work."),
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%H"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write hours and minutes, for example 10:30.")},
    )

    def __init__(self, *args: Any, calendar: Calendar, now: datetime, due_at: datetime | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar, self.now, self.due_at = calendar, now, due_at

    def clean_day(self) -> date:
        """A day on which the office works."""
        day: date = self.cleaned_data["day"]
        if not self.calendar.is_working_day(day):
            raise forms.ValidationError(_("The office rests on this day. Choose a working day."))
        return day

    def clean(self) -> dict[str, Any]:
        """Later than now and than the present appointment, and in office hours."""
        said = super().clean() or {}
        if "day" not in said or "hour" not in said:
            return said
        moment = self._moment(said["day"], said["hour"])
        if moment is None:
            self.add_error("hour", _("The office does not work at this time. Choose a time in office hours."))
        elif moment <= self.now or (self.due_at is not None and moment <= self.due_at):
            self.add_error("day", _("The new appointment must be later than the present one. Choose a later day."))
        return {**said, "moment": moment}

    def _moment(self, day: date, hour: time | None) -> datetime | None:
        if hour is None:
            return self.calendar.end_of_day(day)
        works = any(session.start < hour <= session.end for session in self.calendar.sessions(day))
        return self.calendar.at(day, hour) if works else None


class DecideExtensionForm(forms.Form):
    """Whether the new appointment holds."""

    accept = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Agree: the applicant is told now")), ("no", _("Do not agree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    note = forms.CharField(
        label=_("Note for whoever proposed it"),
        help_text=_("Needed when you do not agree."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """A no says why."""
        said = super().clean() or {}
        if said.get("accept") == "no" and not said.get("note", "").strip():
            self.add_error("note", _("Say why you do not agree."))
        return said

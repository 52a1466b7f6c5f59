"""What an officer types to ask another office, and what that office answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.forms.straight import ResultFileField
from motcua.kernel.calendar import Calendar
from motcua.kernel.organisation import Office
from motcua.ui.days import DayField

Groups = Sequence[tuple[str, Sequence[Office]]]


class OpinionForm(forms.Form):
    """Whom, what, until when."""

    office = forms.ChoiceField(label=_("Whom to ask"), error_messages={"required": _("Choose whom to ask.")})
    question = forms.CharField(
        label=_("Question to the office"),
        help_text=_("The office sees this dossier and answers exactly what is asked here."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what is asked.")},
    )
    day = DayField(label=_("Answer until"), say=_("Enter the day until which the answer is needed."))
    file = ResultFileField(label=_("File that goes with the question"))

    def __init__(self, *args: Any, offices: Groups, calendar: Calendar, now: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"day": calendar.add_working_days(calendar.local(now).date(), 3)})
        super().__init__(*args, **kwargs)
        self.calendar, self.now = calendar, now
        self.offices = {str(office.pk): office for _group, some in offices for office in some}
        grouped = [(name, [(str(office.pk), office.name) for office in some]) for name, some in offices if some]
        self.fields["office"].choices = [("", _("Choose an office")), *grouped]  # type: ignore[attr-defined]

    def clean_office(self) -> Office:
        """The office itself."""
        return self.offices[self.cleaned_data["office"]]

    def clean_day(self) -> date:
        """A day whose work lies ahead."""
        day: date = self.cleaned_data["day"]
        if not self.calendar.is_working_day(day):
            raise forms.ValidationError(_("The office rests on this day. Choose a working day."))
        if self.calendar.end_of_day(day) <= self.now:
            raise forms.ValidationError(_("This day has passed. Choose a later one."))
        return day

    @property
    def due_at(self) -> datetime:
        """The end of that day's work."""
        return self.calendar.end_of_day(self.cleaned_data["day"])


class AdviceForm(forms.Form):
    """What the office that was asked answers."""

    answer = forms.CharField(
        label=_("Opinion"),
        help_text=_("Agree, do not agree, or what is missing; with the reason and the text that it rests on."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the opinion.")},
    )
    file = ResultFileField(label=_("File that goes with the opinion"))

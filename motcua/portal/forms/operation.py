"""A planned pause, and whom to call."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.kernel import outside
from motcua.ui.days import DayField


class TimeField(forms.TimeField):
    """A time of day written 22:00."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"})
        says = {"required": _("Enter the time, for example 22:00."), "invalid": _("Write the time as 22:00.")}
        super().__init__(
            widget=widget, input_formats=["%H:%M", "%Hh%M", "%Hg%M", "%H.%M"], error_messages=says, **options
        )


class DowntimeForm(forms.Form):
    """From when to when what pauses, and what people can do meanwhile."""

    system = forms.ChoiceField(label=_("What pauses"), required=False, widget=forms.RadioSelect)
    from_day = DayField(label=_("From, day"), say=_("Enter the day on which it begins, for example 24/11/2026."))
    from_time = TimeField(label=_("From, time"))
    until_day = DayField(label=_("Until, day"), say=_("Enter the day on which it ends, for example 24/11/2026."))
    until_time = TimeField(label=_("Until, time"))
    advice = forms.CharField(
        label=_("What people can do meanwhile"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on every page. For example: Bring your dossier to the counter, which works as always."),
        error_messages={"required": _("Say what people can do meanwhile.")},
    )
    late_reason = forms.CharField(
        label=_("Why it cannot wait"),
        max_length=300,
        required=False,
        help_text=_("Only when it begins in less than seven working days. It stands on the public page."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        systems = [(each.name, each.label) for each in outside.systems()]
        self.fields["system"].choices = [("", _("The whole centre: its pages")), *systems]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The two moments, in local time."""
        said = super().clean() or {}
        for name in ("from", "until"):
            said[f"{name}_at"] = _moment(said.get(f"{name}_day"), said.get(f"{name}_time"))
        return said

    def pause(self) -> dict[str, Any]:
        """What the service is told."""
        return {name: self.cleaned_data[name] for name in ("system", "from_at", "until_at", "advice", "late_reason")}


def _moment(day: date | None, at: time | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, at)) if day and at else None


class HelpContactForm(forms.Form):
    """Somebody to call."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter who is to be called.")}
    )
    phone = forms.RegexField(
        r"^[0-9 +().-]+$",
        label=_("Phone"),
        max_length=40,
        error_messages={
            "required": _("Enter the telephone number, for example 0900 000 678."),
            "invalid": _("Write digits, for example 0900 000 678."),
        },
    )

"""What is asked for conclusions, for directives and for each act on them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.kernel.identity import Person
from motcua.kernel.organisation import COMMUNE, Office
from motcua.oversight import services
from motcua.oversight.forms.attached import AttachedField
from motcua.oversight.forms.worded import words
from motcua.oversight.models import Conclusion
from motcua.oversight.services import Asked, Period, Written
from motcua.ui import given
from motcua.ui.days import DayField

ONCE = "once"
_FREQUENCIES = (
    (ONCE, _("Once, until the day")),
    ("1 week", _("Regularly: every week from the day on")),
    ("1 month", _("Regularly: every month from the day on")),
    ("3 month", _("Regularly: every three months from the day on")),
    ("6 month", _("Regularly: every six months from the day on")),
)


class ConclusionForm(forms.Form):
    """A conclusion; number, date and signer may come when it is signed."""

    title = forms.CharField(
        label=_("What it concludes on"),
        max_length=300,
        error_messages={"required": _("Enter what it concludes on, for example: Work at two communes on 24/11/2026.")},
    )
    text = words(
        _("Conclusion"),
        _("Write the conclusion."),
        rows=14,
        longest=50_000,
        help_text=_(
            "Each line is a paragraph, and each paragraph can become directives once it is issued. Lines that begin "
            "with I., II. or A. are headings."
        ),
    )
    number = forms.CharField(label=_("Number and symbol"), max_length=60, required=False)
    dated = DayField(label=_("Date on the document"), required=False)
    signer = forms.CharField(label=_("Signed by"), max_length=200, required=False)
    signer_title = forms.CharField(label=_("Position of the signer"), max_length=200, required=False)

    @staticmethod
    def told(conclusion: Conclusion) -> dict[str, Any]:
        """What the draft says now."""
        return {name: getattr(conclusion, name) for name in ConclusionForm.base_fields}

    def written(self) -> Written:
        """As services take it."""
        return Written(**self.cleaned_data)


def _offices(label: Any) -> Any:
    """Some of the offices that can be asked, with a tick for each."""
    ticks = forms.CheckboxSelectMultiple
    return given.Several(queryset=Office.objects.none(), label=label, widget=ticks, required=False)


class GiveForm(forms.Form):
    """What a paragraph asks of whom, until when."""

    result = words(
        _("Result that is required"),
        _("Say which result is required: only then can it be judged whether it is there."),
        longest=2000,
    )
    all_communes = forms.BooleanField(label=_("All communes"), required=False)
    offices = _offices(_("Who does it"))
    co_offices = _offices(_("Offices that help"))
    frequency = forms.ChoiceField(label=_("How often"), choices=_FREQUENCIES, widget=forms.RadioSelect, initial=ONCE)
    due_date = DayField(label=_("Day"), say=_("Enter the day until which it is to be done, for example 24/11/2026."))

    def __init__(self, *given: Any, offices: QuerySet[Office], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["offices"].queryset = offices  # type: ignore[attr-defined]
        self.fields["co_offices"].queryset = offices.exclude(kind=COMMUNE)  # type: ignore[attr-defined]
        self.communes = [office for office in offices if office.kind == COMMUNE]
        if len(self.communes) < 2:
            del self.fields["all_communes"]

    def clean(self) -> dict[str, Any]:
        """Somebody is asked."""
        given = dict(super().clean() or {})
        if not given.get("offices") and not given.get("all_communes"):
            self.add_error("offices", _("Choose who does it."))
        return given

    def asked(self) -> Asked:
        """As services take it."""
        given = self.cleaned_data
        chosen = list(given["offices"]) + (self.communes if given.get("all_communes") else [])
        often = given["frequency"]
        every, _space, unit = often.partition(" ")
        period = None if often == ONCE else Period(int(every), unit)
        return Asked(given["result"], chosen, given["due_date"], period, list(given["co_offices"]))

    def refuse(self, refused: services.Incomplete) -> None:
        """Say at its field what the service found missing."""
        said = {
            "due_date": _("Enter a day that is not over yet."),
            "offices": _("Choose offices that this one can direct."),
            "result": _("Say which result is required."),
        }
        self.add_error(refused.field, ValidationError(said[refused.field]))


class NothingToSay(forms.Form):
    """An act that needs no words."""


class TakeOnForm(forms.Form):
    """Who has it in hand."""

    colleague = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=_("Who does it here"), required=False, empty_label=_("I do it myself")
    )

    def __init__(self, *given: Any, colleagues: QuerySet[Person], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["colleague"].queryset = colleagues  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """What was done."""

    text = words(_("What was done"), _("Write what was done."), rows=6, longest=5000)
    file = AttachedField()


class ChangeForm(forms.Form):
    """Another day, and why."""

    due_date = DayField(label=_("New day"), say=_("Enter the day that is asked for, for example 24/11/2026."))
    reason = words(_("Why another day"), _("Say why another day is needed."), longest=2000)


class DecideForm(forms.Form):
    """A word beside a decision that needs none."""

    text = forms.CharField(label=_("A note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class RefuseForm(forms.Form):
    """Why the day stays."""

    text = words(_("Why the day stays"), _("Say why the day stays."), longest=2000)


class SendBackForm(forms.Form):
    """What is missing in the report."""

    missing = words(_("What is missing"), _("Say what is missing in the report."), longest=2000)


class ReasonForm(forms.Form):
    """Why it ends or is taken back."""

    reason = words(_("Reason"), _("Say the reason."), longest=2000)

"""What an officer types for each act on a dossier: a form, and what the services make of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import rules
from motcua.dossiers.services import GivenLimit
from motcua.kernel import clock, files
from motcua.kernel.files import File
from motcua.kernel.gate import Taken
from motcua.kernel.identity import Person
from motcua.ui.taking import TakenField

LARGEST_RESULT = 20 * 1024 * 1024

UNITS = {
    "working_hour": _("working hours"),
    "working_day": _("working days"),
    "day": _("days"),
    "month": _("months"),
}
REASONS = {
    "not_competent": _("Another office is competent"),
    "incomplete": _("Papers are missing or wrong"),
    "not_eligible": _("The conditions are not met"),
    "already_settled": _("The matter is already settled"),
    "other": _("Another reason"),
}
METHODS = {
    "counter": _("Handed over at the counter"),
    "post": _("Sent by post"),
    "electronic": _("Sent electronically"),
}
CHECKS = {
    "citizen_card": _("Citizen card"),
    "other_paper": _("Another identity paper"),
    "known_in_person": _("Known in person"),
}
_SAY = {"required": _("Fill in this field.")}


class ResultFileField(TakenField):
    """A file from the officer's machine, or none: a PDF or picture of at most 20 MB, through the gate."""

    def __init__(self, *, label: Promise | str) -> None:
        words = _("PDF or a picture, at most 20 MB. Leave empty when it is on paper.")
        super().__init__(most=LARGEST_RESULT, label=label, help_text=words)


def kept(sent: Taken | None) -> File | None:
    """The file that was sent, kept by its content; None when none was."""
    return files.keep(sent.content, type=sent.type) if sent else None


class NothingToSay(forms.Form):
    """An act that needs no words."""


class LimitForm(forms.Form):
    """The time limit, where the edition leaves it open."""

    value = forms.IntegerField(
        label=_("Time limit"), min_value=0, max_value=3650, error_messages={"required": _("Enter the time limit.")}
    )
    unit = forms.ChoiceField(
        label=_("Unit"), choices=[(unit, UNITS[unit]) for unit in clock.UNITS if unit in UNITS], initial="working_day"
    )
    legal_source = forms.CharField(
        label=_("Legal source of this limit"),
        help_text=_("For example: number, article and clause of the text."),
        max_length=300,
        error_messages={"required": _("Name the text this limit rests on.")},
    )

    def limit(self) -> GivenLimit:
        """What receiving is given."""
        return GivenLimit(**self.cleaned_data)


class RefuseForm(forms.Form):
    """Form 03: why not, and what instead."""

    reason_code = forms.ChoiceField(
        label=_("Kind of reason"), choices=[(code, REASONS[code]) for code in rules.REFUSAL_REASONS]
    )
    reason = forms.CharField(
        label=_("Reason in words"),
        help_text=_("The person reads this on Form 03. Say exactly what is missing or wrong."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say the reason in words.")},
    )
    advice = forms.CharField(
        label=_("What the person can do instead"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SettleForm(forms.Form):
    """The result: its name, its number, and the file where there is one."""

    result_name = forms.CharField(
        label=_("Name of the result"), max_length=200, error_messages={"required": _("Enter the name of the result.")}
    )
    document_number = forms.CharField(label=_("Number of the document"), max_length=60, required=False)
    file = ResultFileField(label=_("File of the result"))


class SettleFromTemplateForm(SettleForm):
    """The same, where the version has a template from which the result can be written."""

    from_template = forms.BooleanField(
        label=_("Write the result from the template"),
        help_text=_("From what was answered, with signature and a code by which anybody can check it."),
        required=False,
    )


class ReturnForm(forms.Form):
    """How the result reached whom."""

    method = forms.ChoiceField(label=_("How"), choices=[(code, METHODS[code]) for code in rules.RETURN_METHODS])
    receiver = forms.CharField(
        label=_("Who received it"), max_length=200, error_messages={"required": _("Enter who received the result.")}
    )
    note = forms.CharField(label=_("Note on the handing"), max_length=300, required=False)


class GiveForm(forms.Form):
    """Which colleague does the open work; of several pieces of work, which one."""

    colleague = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=_("Colleague"),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose the colleague."), "invalid_choice": _("Choose the colleague.")},
    )

    def __init__(
        self, *args: Any, colleagues: QuerySet[Person], work: Sequence[tuple[str, str | Promise]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = colleagues  # type: ignore[attr-defined]
        several = len(work) > 1
        self.fields["step"] = forms.ChoiceField(
            label=_("Which work"),
            choices=work,
            initial=work[0][0] if work else "",
            required=several,
            widget=forms.RadioSelect if several else forms.HiddenInput,
            error_messages={"required": _("Choose which work.")},
        )
        self.order_fields(["step", "colleague"])


class RemarkForm(forms.Form):
    """A sentence for colleagues."""

    text = forms.CharField(
        label=_("Remark for colleagues"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the remark.")},
    )


class ReissueForm(forms.Form):
    """How the person proved to be the applicant."""

    identity_checked_by = forms.ChoiceField(label=_("Identity checked by"), choices=list(CHECKS.items()))

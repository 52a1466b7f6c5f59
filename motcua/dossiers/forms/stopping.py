"""What an officer types to stop a dossier, and to take the last act back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import rules

STOP_REASONS = {
    "supplement_not_given": _("The papers asked for did not come"),
    "not_eligible": _("The conditions are not met"),
    "dispute": _("There is a dispute or a complaint about the matter"),
    "authority_decision": _("A decision of a court or another authority"),
    "applicant_unreachable": _("The applicant cannot be reached"),
    "other": _("Another reason"),
}


class StopForm(forms.Form):
    """Form 05: why, resting on which text, what becomes of the money, what instead."""

    reason_code = forms.ChoiceField(
        label=_("Kind of reason"), choices=[(code, STOP_REASONS[code]) for code in rules.STOP_REASONS]
    )
    reason = forms.CharField(
        label=_("Reason in words"),
        help_text=_("The person reads this on Form 05. Say exactly what happened."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say the reason in words.")},
    )
    legal_basis = forms.CharField(
        label=_("Text that it rests on"),
        help_text=_("For example: number, article and clause of the text."),
        max_length=300,
        error_messages={"required": _("Name the text that the stop rests on.")},
    )
    money = forms.CharField(
        label=_("What becomes of money that was paid"),
        help_text=_("Leave it empty when nothing was paid."),
        max_length=300,
        required=False,
    )
    advice = forms.CharField(
        label=_("What the person can do instead"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class UndoForm(forms.Form):
    """Why an act is taken back."""

    reason = forms.CharField(
        label=_("Why it is taken back"),
        help_text=_("It stands in the history beside your name; what was recorded before stays there too."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why it is taken back.")},
    )

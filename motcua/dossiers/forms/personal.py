"""What an officer types for acts of personal data: restrict, release, ask for erasure and decide on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.forms.straight import CHECKS
from motcua.dossiers.rules import personal, reasons

RESTRICTION_REASONS = {
    "contested": _("The person says that something in it is wrong"),
    "unlawful": _("It should not have been collected or used"),
    "objection": _("The person objects to further use"),
    "claim": _("It is needed for a complaint or in court"),
    "authority": _("An authority demands it"),
    "other": _("Another reason"),
}
YES, NO = "yes", "no"


def _words(label: Any, required: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": required},
    )


class RestrictForm(forms.Form):
    """Why, and by which law."""

    reason_code = forms.ChoiceField(
        label=_("Kind of reason"),
        choices=[(code, RESTRICTION_REASONS[code]) for code in personal.RESTRICTION_REASONS],
    )
    reason = _words(_("Reason in words"), _("Say the reason in words."))
    legal_source = forms.CharField(
        label=_("Text that it rests on"),
        help_text=_("For example: number, article and clause of the text."),
        max_length=300,
        error_messages={"required": _("Name the text that the restriction rests on.")},
    )


class ReleaseForm(forms.Form):
    """Why the restriction is over."""

    reason = _words(_("Why it is lifted"), _("Say why the restriction is lifted."))


class AskErasureForm(forms.Form):
    """Who asks, and why."""

    identity_checked_by = forms.ChoiceField(
        label=_("How you made sure who it is"), choices=[(code, CHECKS[code]) for code in reasons.IDENTITY_CHECKS]
    )
    reason = _words(_("What the person says"), _("Write what the person says, in a sentence."))


class DecideErasureForm(forms.Form):
    """Yes, with the law; or no, with the reason."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=[(YES, _("Erase the personal data now")), (NO, _("Do not erase"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    legal_source = forms.CharField(
        label=_("Text by which it is erased"), help_text=_("Needed for erasing."), max_length=300, required=False
    )
    note = forms.CharField(
        label=_("Why it is not erased"),
        help_text=_("Needed for declining; the person is told it at the service centre."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Each answer with its own words."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("answer") == YES and not typed.get("legal_source", "").strip():
            self.add_error("legal_source", _("Name the text by which it is erased."))
        if typed.get("answer") == NO and not typed.get("note", "").strip():
            self.add_error("note", _("Say why it is not erased."))
        return typed

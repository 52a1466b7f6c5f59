"""What is typed to hand dossiers to the archive, and to decide on those whose time is over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.archive import DECISIONS
from motcua.ui.days import DayField

WORDS = {"destroy": _("Destroy: erase the personal data and the papers"), "keep": _("Keep on")}


class HandForm(forms.Form):
    """Who takes them."""

    receiver = forms.CharField(
        label=_("Who takes them"),
        help_text=_("Person and archive, as both sign the list."),
        max_length=200,
        error_messages={"required": _("Say who takes them.")},
    )
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)


class DisposalForm(forms.Form):
    """One decision for everything ticked."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(each, WORDS[each]) for each in DECISIONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    keep_until = DayField(label=_("Keep until"), say=_("Enter the day until which it is kept."), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed for keeping on."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Keeping on says why and until when."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("decision") == "keep":
            if not typed.get("reason", "").strip():
                self.add_error("reason", _("Say why it is kept on."))
            if not typed.get("keep_until") and "keep_until" not in self.errors:
                self.add_error("keep_until", _("Enter the day until which it is kept."))
        return typed

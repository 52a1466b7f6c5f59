"""What a manager may type to lay something over a procedure, and what each refusal says at which field.

Nouns: OverlayForm, FeeForm (one row of fees), SENTENCES (what a refusal says). It knows shapes only; what the law
leaves open is decided by rules. Both forms meet on a Sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.procedures.facts import MODES
from motcua.procedures.guidance import CHANNELS
from motcua.procedures.labels import UNITS_AND_KINDS
from motcua.procedures.rules import UNITS

MOST_FEES, EMPTY_ROWS = 12, 2
_AMOUNT = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d{1,12}")
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
# By reason: the field that is to be mended, and how.
SENTENCES: Mapping[str, tuple[str | None, str | Promise]] = {
    "needs_legal_source": (
        "legal_source",
        gettext_lazy("Name the document that sets the limit or the fee, with its number and article."),
    ),
    "limit_is_set_by_law": ("limit_value", gettext_lazy("The law sets this limit: leave it empty.")),
    "needs_value_and_unit": ("limit_value", gettext_lazy("Give a number and a unit, or leave both empty.")),
    "zero_is_the_day_of_receipt": (
        "limit_unit",
        gettext_lazy("0 means the day of receipt: choose working days, or give a greater number."),
    ),
    "unknown_mode": ("mode", gettext_lazy("Choose one of the four ways.")),
    "begins_in_the_past": (
        "effective_from",
        gettext_lazy("Choose today or a later day: the past stays as it was."),
    ),
    "no_version_then": (
        "effective_from",
        gettext_lazy("No version of this procedure is in force on that day: choose another day."),
    ),
    "nothing_changes": (None, gettext_lazy("Nothing was changed: what stands here is in force already.")),
    "changed_meanwhile": (
        None,
        gettext_lazy("Somebody else changed this meanwhile. Look at what holds now, then go on if yours still fits."),
    ),
    "retention_is_set": (
        "retention_years",
        gettext_lazy("This is said by the law or an office above: leave it empty."),
    ),
    "needs_years_or_permanent": (
        "retention_years",
        gettext_lazy("Give a number of years, or tick that it is kept for ever; not both."),
    ),
    "retention_needs_source": (
        "retention_source",
        gettext_lazy("Name the document that sets the period, with its number and article."),
    ),
    "bad_amount": (None, gettext_lazy("Give each fee as a whole number of đồng, for example 8.000.")),
    "unknown_channel": (None, gettext_lazy("A fee names a way of filing that this procedure does not have.")),
}

OTHERWISE = (None, gettext_lazy("This does not fit: write it more simply or shorter."))


class AmountField(forms.CharField):
    """A whole number of đồng as people write it: 8.000, 8 000 or 8000."""

    def clean(self, value: Any) -> int | None:
        """The number; None when nothing was typed."""
        typed = re.sub(r"\s*(?:đồng|đ|vnd)\s*$", "", str(super().clean(value) or "").strip(), flags=re.IGNORECASE)
        if not typed:
            return None
        if not _AMOUNT.fullmatch(typed):
            raise forms.ValidationError(_("Write a whole number of đồng, for example 8.000."))
        return int(re.sub(r"\D", "", typed))


class FeeForm(forms.Form):
    """One fee; a row without an amount is no fee."""

    amount = AmountField(label=gettext_lazy("Amount in đồng"), required=False, max_length=20)
    per = forms.CharField(label=gettext_lazy("For each"), required=False, max_length=80)
    channel = forms.ChoiceField(label=gettext_lazy("Way of filing"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind, UNITS_AND_KINDS[kind]) for kind in ("charge", "fee")]
    )
    note = forms.CharField(label=gettext_lazy("Note for citizens"), required=False, max_length=500)

    def __init__(self, *args: Any, channels: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        ways = [(kind, CHANNELS[kind]) for kind in channels]
        self.fields["channel"].choices = [("", gettext_lazy("Every way")), *ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Words without an amount say nothing: they are asked for it."""
        typed: dict[str, Any] = super().clean() or {}
        wordy = typed.get("per") or typed.get("note") or typed.get("channel")
        if wordy and typed.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Give the amount, 0 if it is free, or empty the row."))
        return typed

    def fee(self) -> dict[str, Any] | None:
        """The fee as the overlay holds it."""
        typed = self.cleaned_data
        if typed.get("amount") is None:
            return None
        extra = {key: typed[key] for key in ("per", "channel", "note") if typed.get(key)}
        return {"amount": typed["amount"], "kind": typed["kind"], **extra}


class OverlayForm(forms.Form):
    """What one office sets over a procedure; what is left empty stays as the law and the offices above say."""

    mode = forms.ChoiceField(label=gettext_lazy("How it is filed"), required=False)
    limit_value = forms.IntegerField(label=gettext_lazy("How many"), required=False, min_value=0, max_value=10_000)
    limit_unit = forms.ChoiceField(
        label=gettext_lazy("Unit of time"),
        required=False,
        choices=[("", "–"), *((u, UNITS_AND_KINDS[u]) for u in UNITS)],
    )
    limit_cutoff = forms.RegexField(
        _CLOCK,
        label=gettext_lazy("Latest time of day"),
        help_text=gettext_lazy("What is received later counts from the next working day. For example 15:00."),
        required=False,
        error_messages={"invalid": gettext_lazy("Write the time with two digits each, for example 15:00.")},
    )
    legal_source = forms.CharField(
        label=gettext_lazy("Legal source of the limit and the fees"),
        help_text=gettext_lazy("The document with its number and article. Needed as soon as a limit or a fee is set."),
        required=False,
        max_length=300,
    )
    counter = forms.CharField(label=gettext_lazy("Where at the counter"), required=False, max_length=300)
    hours = forms.CharField(label=gettext_lazy("When the counter is open for it"), required=False, max_length=300)
    notes = forms.CharField(
        label=gettext_lazy("Notes for citizens"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    counter_en = forms.CharField(label=gettext_lazy("Where at the counter, in English"), required=False, max_length=300)
    hours_en = forms.CharField(
        label=gettext_lazy("When the counter is open for it, in English"), required=False, max_length=300
    )
    notes_en = forms.CharField(
        label=gettext_lazy("Notes for citizens, in English"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    retention_years = forms.IntegerField(
        label=gettext_lazy("Kept for how many years after the end"), required=False, min_value=1, max_value=200
    )
    retention_permanent = forms.BooleanField(label=gettext_lazy("Kept for ever"), required=False)
    retention_source = forms.CharField(
        label=gettext_lazy("Legal source of how long it is kept"),
        help_text=gettext_lazy("The document with its number. Leave all empty where it is not known."),
        required=False,
        max_length=300,
    )
    effective_from = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Today or a later day, for example 24/11/2026."),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Write the day, month and year, for example 24/11/2026."),
            "required": gettext_lazy("Write the day, month and year, for example 24/11/2026."),
        },
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, inherited: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["mode"].choices = [("", inherited), *MODES.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """English stands beside Vietnamese, never alone."""
        typed: dict[str, Any] = super().clean() or {}
        for key in ("counter", "hours", "notes"):
            if typed.get(f"{key}_en") and not typed.get(key):
                self.add_error(key, _("Write it in Vietnamese too: most people read only that."))
        return typed

    def document(self) -> dict[str, Any]:
        """The overlay's document without its fees: only the keys that were filled in."""
        typed = self.cleaned_data
        limit = {key: typed[f"limit_{key}"] for key in ("value", "unit", "cutoff")}
        limit = {key: value for key, value in limit.items() if value not in (None, "")}
        texts = {
            key: {"vi": typed[key], "en": typed[f"{key}_en"]} if typed[f"{key}_en"] else typed[key]
            for key in ("counter", "hours", "notes")
            if typed[key]
        }
        retention = {"years": typed["retention_years"], "permanent": typed["retention_permanent"]}
        retention = {key: value for key, value in retention.items() if value}
        source = typed["retention_source"]
        texts |= {"retention": retention | {"legal_source": source}} if retention or source else {}
        return ({"mode": typed["mode"]} if typed["mode"] else {}) | ({"limit": limit} if limit else {}) | texts

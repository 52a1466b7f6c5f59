"""What an officer types about the money of a dossier."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.payments.services import Line

SOURCES = {"cash": _("In cash"), "transfer": _("By transfer")}
_MOST = 10**12 - 1


class ChargeForm(forms.Form):
    """How much is to be paid, or by which text nothing is."""

    fee = forms.IntegerField(label=_("Fee in VND"), min_value=0, max_value=_MOST, required=False)
    charge = forms.IntegerField(label=_("Charge in VND"), min_value=0, max_value=_MOST, required=False)
    basis = forms.CharField(
        label=_("Text that sets the amount or exempts from it"),
        help_text=_("For example: the resolution of the provincial council, number and date."),
        max_length=300,
        required=False,
    )
    exempt = forms.BooleanField(label=_("Exempt: nothing is to be paid"), required=False)

    def clean(self) -> dict[str, Any]:
        """An exemption names its text; otherwise there is some amount."""
        given = super().clean() or {}
        if given.get("exempt") and not given.get("basis"):
            self.add_error("basis", _("Name the text that exempts."))
        if not given.get("exempt") and not given.get("fee") and not given.get("charge") and not self.errors:
            self.add_error("fee", _("Enter an amount, or tick that the dossier is exempt."))
        return given

    def lines(self, label: str) -> list[Line]:
        """The amounts as the services take them."""
        given = self.cleaned_data
        amounts = {kind: given.get(kind) or 0 for kind in ("fee", "charge")}
        kinds = [kind for kind, amount in amounts.items() if amount] or ["fee"]
        return [Line(kind, label, amounts[kind], given["basis"], given["exempt"]) for kind in kinds]


class PayForm(forms.Form):
    """What came, how, and under which receipt."""

    amount = forms.IntegerField(
        label=_("Amount in VND"), min_value=1, max_value=_MOST, error_messages={"required": _("Enter the amount.")}
    )
    source = forms.ChoiceField(label=_("How"), choices=list(SOURCES.items()))
    receipt_number = forms.CharField(
        label=_("Number of the receipt"),
        help_text=_("Of the receipt that was given elsewhere. May be left empty."),
        max_length=40,
        required=False,
    )
    op_id = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(self, *args: Any, open_amount: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].initial = open_amount
        # However often the button is pressed, it is one payment.
        self.fields["op_id"].initial = uuid.uuid4().hex

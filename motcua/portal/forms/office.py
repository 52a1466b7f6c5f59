"""An office's address and telephone, and how its dossiers are numbered."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ContactsForm(forms.Form):
    """Where citizens find and call the office."""

    address = forms.CharField(
        label=_("Address"), max_length=300, required=False, help_text=_("As it should stand on pages for citizens.")
    )
    phone = forms.RegexField(
        r"^[0-9 +().-]*$",
        label=_("Phone"),
        max_length=40,
        required=False,
        error_messages={"invalid": _("Write digits, for example 0900 000 678.")},
    )


class NumberingForm(forms.Form):
    """The code of the office and the form of a number."""

    agency_code = forms.CharField(
        label=_("Code of the office"),
        max_length=20,
        help_text=_("The code that the list of offices gives, for example H36.24. It stands in every number."),
        error_messages={"required": _("Enter the code of the office, for example H36.24.")},
    )
    number_pattern = forms.CharField(
        label=_("Form of a number"),
        max_length=80,
        required=False,
        help_text=_(
            "{agency}: the code; {yy}{mm}{dd}: the day, or {yyyy}: the year; {n}: the running number. "
            "Empty: {agency}-{yy}{mm}{dd}-{n}."
        ),
    )


class BankAccountForm(forms.Form):
    """Where the office is paid by transfer."""

    holder = forms.CharField(
        label=_("Holder of the account"),
        max_length=120,
        error_messages={"required": _("Enter the holder of the account.")},
    )
    bank = forms.RegexField(
        r"^[0-9]{6}$",
        label=_("Code of the bank"),
        help_text=_("Six digits (BIN), for example 970415. The bank says which one is its own."),
        error_messages={
            "required": _("Enter the code of the bank: six digits."),
            "invalid": _("Enter six digits, for example 970415."),
        },
    )
    account = forms.RegexField(
        r"^[0-9A-Za-z]{1,19}$",
        label=_("Number of the account"),
        error_messages={
            "required": _("Enter the number of the account."),
            "invalid": _("Enter at most 19 letters and digits, without blanks."),
        },
    )

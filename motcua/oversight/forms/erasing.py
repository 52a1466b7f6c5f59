"""What is asked before personal data is erased: by which text. It cannot be taken back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """The law, and that it is meant."""

    legal_source = forms.CharField(
        label=_("Text by which it is erased"),
        max_length=300,
        help_text=_("What is erased cannot be brought back. Number, dates and digests stay."),
        error_messages={"required": _("Name the text by which it is erased.")},
    )
    sure = forms.BooleanField(
        label=_("Erase names, words and files now"),
        error_messages={"required": _("Tick this to erase; otherwise nothing is changed.")},
    )

"""What an officer types about a request to an agency outside."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.forms.straight import ResultFileField


class OutsideAskForm(forms.Form):
    """Under which number the agency was asked."""

    reference = forms.CharField(
        label=_("Number of our letter"),
        help_text=_("Or the number of the record at the agency. May be left empty."),
        max_length=100,
        required=False,
    )


class OutsideAnswerForm(forms.Form):
    """What the agency answered."""

    answer = forms.CharField(
        label=_("What the agency answered"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the agency answered.")},
    )
    reference = forms.CharField(label=_("Number of the answer"), max_length=100, required=False)
    file = ResultFileField(label=_("File of the answer"))

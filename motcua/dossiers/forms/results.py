"""What an officer types about a result after it was signed: its symbol, why it is revoked, where things lie."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

WHAT = {"papers": _("The paper file"), "result": _("The finished result")}


class NumberForm(forms.Form):
    """The symbol behind the number."""

    symbol = forms.CharField(
        label=_("Symbol"),
        help_text=_("For example GXN-UBND; left empty it is UBND. The number is given by itself, each year from 1."),
        max_length=30,
        required=False,
    )


class RevokeForm(forms.Form):
    """Why a result holds no longer."""

    reason = forms.CharField(
        label=_("Why the result is revoked"),
        help_text=_("The applicant reads this, and so does nobody else outside."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the result is revoked.")},
    )


class ShelfForm(forms.Form):
    """Where the papers or the result lie."""

    what = forms.ChoiceField(label=_("What lies there"), choices=list(WHAT.items()))
    place = forms.CharField(
        label=_("Where it lies"),
        help_text=_("For example: cabinet 2, box 15."),
        max_length=120,
        error_messages={"required": _("Say where it lies.")},
    )

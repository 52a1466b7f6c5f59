"""What an officer types to match what another system sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures


class MatchForm(forms.Form):
    """Whose it is, which procedure, who asks."""

    commune = forms.ModelChoiceField(
        label=_("Competent commune"),
        queryset=Office.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose the commune."), "invalid_choice": _("Choose the commune.")},
    )
    procedure = forms.CharField(
        label=_("Code of the procedure here"),
        help_text=_("For example 1.001193. The search of procedures finds it by everyday words."),
        max_length=40,
        error_messages={"required": _("Type the code of the procedure, for example 1.001193.")},
    )
    full_name = forms.CharField(
        label=_("Full name of the applicant"),
        max_length=200,
        error_messages={"required": _("Type the applicant's full name.")},
    )
    remember = forms.BooleanField(
        label=_("These codes of the other system always mean this"),
        required=False,
    )

    def __init__(self, *args: Any, communes: Iterable[Office] = (), day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        field: Any = self.fields["commune"]
        field.queryset = Office.objects.filter(pk__in=[each.pk for each in communes]).order_by("name", "code")

    def clean(self) -> dict[str, Any]:
        """The procedure is one that the commune offers."""
        given = super().clean() or {}
        commune, code = given.get("commune"), given.get("procedure", "").strip()
        if commune and code and not procedures.is_offered(commune, code, self.day):
            self.add_error("procedure", _("This commune has no procedure of this code. Look at how it is written."))
        return given


class AsideForm(forms.Form):
    """Why it is not for this centre."""

    reason = forms.CharField(
        label=_("Why it is set aside"),
        help_text=_("For example: sent by mistake, or a test. What was sent stays readable."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why it is set aside.")},
    )

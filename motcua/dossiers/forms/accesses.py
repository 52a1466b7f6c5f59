"""What whoever leads a province says before a commune's dossier is opened."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules import accesses
from motcua.dossiers.words.labels import PURPOSES


class PurposeForm(forms.Form):
    """What for, as a kind and in words."""

    code = forms.ChoiceField(
        label=_("What for"),
        choices=[(each, PURPOSES[each]) for each in accesses.STATED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what for.")},
    )
    words = forms.CharField(
        label=_("In words"),
        help_text=_("The commune's leader reads this beside your name. Do not name the applicant."),
        min_length=accesses.SHORTEST,
        max_length=accesses.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say in a sentence what for, for example: answer to a complaint of 20/11/2026."),
            "min_length": _("Say it in a whole sentence, at least 10 characters."),
        },
    )

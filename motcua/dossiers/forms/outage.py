"""What is typed about blank slips: how many for which counter, which was the last, why one is void."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import VOID_REASONS
from motcua.dossiers.rules.blanks import LONGEST_NOTE, MOST_SLIPS

REASONS_TO_VOID = {
    "spoiled": _("Spoiled: written wrongly, torn"),
    "not_found": _("Not found"),
    "not_needed": _("Not needed any more, destroyed"),
}


class ReserveForm(forms.Form):
    """A block for a counter."""

    counter = forms.CharField(
        label=_("Counter"),
        help_text=_("As it is called on the wall, for example: Counter 1. It stands on each slip."),
        max_length=60,
        error_messages={"required": _("Say for which counter.")},
    )
    count = forms.IntegerField(
        label=_("How many slips"),
        help_text=_("As many as the counter gives out on a busy day. At most 100 in one block."),
        min_value=1,
        max_value=MOST_SLIPS,
        initial=50,
        error_messages={
            "required": _("Enter a number from 1 to 100."),
            "invalid": _("Enter a number from 1 to 100."),
            "min_value": _("Enter a number from 1 to 100."),
            "max_value": _("Enter a number from 1 to 100."),
        },
    )


class LastForm(forms.Form):
    """Which slip was given out last."""

    last = forms.CharField(
        label=_("Last slip that was given out"),
        help_text=_("Its place in the block (the slip says 7/50: type 7), its number, or scan its code."),
        max_length=400,
        error_messages={"required": _("Say which slip was the last to be given out.")},
    )


class VoidForm(forms.Form):
    """Why nobody has this slip."""

    slip = forms.CharField(
        label=_("Slip"),
        help_text=_("Its place in the block, its number, or scan its code."),
        max_length=400,
        error_messages={"required": _("Say which slip.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(code, REASONS_TO_VOID[code]) for code in VOID_REASONS],
        error_messages={"required": _("Choose the reason.")},
    )
    note = forms.CharField(
        label=_("In words"),
        help_text=_("For example: written wrongly, both sheets torn up. No names."),
        max_length=LONGEST_NOTE,
        error_messages={"required": _("Say in words why it is void.")},
    )

"""The name of the folder into which a counter's scanner puts its files."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ScannerForm(forms.Form):
    """A name, or nothing."""

    folder = forms.CharField(
        label=_("Name of the folder"),
        max_length=40,
        required=False,
        help_text=_("Small letters without marks, digits and dashes, for example quay-1. Empty: no folder is watched."),
    )

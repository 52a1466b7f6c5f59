"""The words of a situation report: one field for each section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000
PREFIX = "section_"


class SectionsForm(forms.Form):
    """Every section's text; a section that is left empty stays a heading with its tables."""

    def __init__(self, *given: Any, sections: Sequence[dict[str, Any]], **options: Any) -> None:
        super().__init__(*given, **options)
        for section in sections:
            rows = min(max(section["text"].count("\n") + 3, 4), 14)
            self.fields[f"{PREFIX}{section['name']}"] = forms.CharField(
                label=section["title"],
                initial=section["text"],
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": rows, "lang": "vi"}),
                error_messages={"max_length": _("This is too long. Keep it under 20,000 characters.")},
            )

    def texts(self) -> dict[str, str]:
        """By the name of the section."""
        return {name.removeprefix(PREFIX): text for name, text in self.cleaned_data.items()}


class AcknowledgeForm(forms.Form):
    """That it was read, perhaps with a sentence."""

    remark = forms.CharField(
        label=_("A sentence to those who sent it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

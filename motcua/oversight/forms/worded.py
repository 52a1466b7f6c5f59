"""A field for sentences, as every form of this room asks for them."""

from __future__ import annotations

from typing import Any

from django import forms


def words(label: Any, missing: Any, *, rows: int = 3, help_text: Any = "", longest: int = 2000) -> forms.CharField:
    """A field of so many rows; `missing` is said when it is left empty."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )

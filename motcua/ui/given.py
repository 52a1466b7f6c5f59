"""What an address gives: a number or a day, read so that nothing an address says can break what is made of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import QuerySet

# What both databases can count, and days on which a calendar can go on and back.
_DIGITS = 18
YEARS = range(1900, 2200)


def number(text: str) -> int | None:
    """The number that is written in plain digits, if it is one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def day(text: str) -> date | None:
    """The day that is written 2026-11-24, if it is one of our times."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


class Several(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's own takes none when it runs
    """Rows that are ticked; a number that no row can have is a wrong choice."""

    def _check_values(self, value: Any) -> QuerySet[Any]:
        try:
            found: QuerySet[Any] = super()._check_values(value)  # type: ignore[misc]
        except (OverflowError, DataError):  # SQLite and PostgreSQL, of a number beyond what they count
            said = self.error_messages["invalid_pk_value"]
            raise ValidationError(said, code="invalid_pk_value", params={"pk": str(value)[:40]}) from None
        return found


class Json(forms.JSONField):
    """JSON in a field of a form; what cannot be read for its depth or its size is as wrong as what is none."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from None

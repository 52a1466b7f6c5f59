"""A field that several settings forms share: the hours of a day in one line."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kernel import calendar
from motcua.kernel.calendar import Session, Sessions

_TIME = r"(\d{1,2})\s*[:hg.]\s*(\d{2})?"
_SESSION = re.compile(rf"\s*{_TIME}\s*(?:-|–|đến|to)\s*{_TIME}\s*")


class SessionsField(forms.CharField):
    """The hours of one day: 07:30-11:30, 13:00-17:00. Nothing typed: no work on that day."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 80)
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """The sessions. ValidationError says how to write them."""
        text = super().to_python(value) or ""
        try:
            return sessions(text)
        except ValueError:
            raise forms.ValidationError(
                _("Write from and to, in order, for example 07:30-11:30, 13:00-17:00."), code="invalid"
            ) from None

    def prepare_value(self, value: Any) -> Any:
        """Sessions in one line; what was typed stays as it was typed."""
        return in_one_line(value) if isinstance(value, tuple) else value

    def validate(self, value: Any) -> None:
        """Nothing typed is an answer; `required` only says whether the label calls the field optional."""

    def run_validators(self, value: Any) -> None:
        """What can be read is short enough."""


def sessions(text: str) -> Sessions:
    """What one line says, as sessions; ValueError when it cannot be read or they overlap."""
    found = tuple(_session(part) for part in re.split(r"[,;]", text) if part.strip())
    calendar.in_order(found)
    return found


def _session(text: str) -> Session:
    said = _SESSION.fullmatch(text)
    if said is None:
        raise ValueError(text)
    from_hour, from_minute, to_hour, to_minute = (int(part or 0) for part in said.groups())
    return Session(time(from_hour, from_minute), time(to_hour, to_minute))


def in_one_line(found: Sessions) -> str:
    """07:30-11:30, 13:00-17:00."""
    return ", ".join(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in found)

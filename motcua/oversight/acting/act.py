"""What the acts of this room's desks share, whether on a difficulty, a directive or feedback.

Nouns: Act (a button and what stands behind it). It knows no act itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django import forms
from django.utils.functional import Promise

from motcua.kernel.identity import Person

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act(Generic[T]):
    """One act: what its button says, its key, what is asked, what was done when it is done."""

    label: str | Promise
    key: str
    form: type[forms.Form]
    do: Callable[[T, Person, datetime, Any], Any]
    done: str | Promise
    kind: str = ""

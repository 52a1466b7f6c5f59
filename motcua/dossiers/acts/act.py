"""What an act on the desk is: a button, its key, what is asked, which service does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise

from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Person

Do = Callable[[Dossier, Person, datetime, Any], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what its button says, its key, what is asked, what was done when it is done."""

    label: str | Promise
    key: str
    form: type[forms.Form]
    do: Do
    done: str | Promise
    kind: str = ""

"""Places on a page that another room may fill, without either knowing the other.

Nouns: slot (a named place in a template), filling (a template, and who tells what stands in it). The portal says in its
apps.py which room fills which slot; a page whose slot nobody fills shows nothing there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template import loader

from motcua.ui.context import Page

# Beside what is being done: the page's `here` says at which step of which procedure that is.
HERE = "here"
Tell = Callable[[Page], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Filling:
    """What is drawn in a slot; nothing where `tell` has nothing to say."""

    template: str
    tell: Tell


_fillings: dict[str, list[Filling]] = defaultdict(list)


def fill(slot: str, template: str, tell: Tell) -> None:
    """Let this be drawn in the slot."""
    filling = Filling(template, tell)
    if filling not in _fillings[slot]:
        _fillings[slot].append(filling)


def drawn(slot: str, page: Page, request: HttpRequest | None) -> Iterator[str]:
    """What stands in the slot of this page."""
    for filling in _fillings[slot]:
        told = filling.tell(page)
        if told is not None:
            yield loader.render_to_string(filling.template, told, request)

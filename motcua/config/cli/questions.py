"""What is asked on the terminal before something is done that cannot be taken back."""

from __future__ import annotations

import sys

from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _

YES = frozenset({"YES", "CO", "CÓ"})


def must_be_yes(said: bool, question: str) -> None:
    """Go on only on a word; without a terminal it is said by --yes."""
    if said:
        return
    if not sys.stdin.isatty():
        raise CannotRun(_("Nobody can be asked here: add --yes to do it. Nothing was changed."))
    if input(f"{question} ").strip().upper() not in YES:
        raise CannotRun(_("Nothing was changed."))

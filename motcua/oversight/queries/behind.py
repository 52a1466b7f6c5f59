"""The dossier that somebody can open: this room does not know dossiers, so the portal says how one is opened."""

from __future__ import annotations

from collections.abc import Callable

from motcua.kernel.matters import Matter

Open = Callable[[str, str], Matter | None]
_open: list[Open] = []


def open_dossiers_with(open: Open) -> None:
    """Say how a dossier is opened by number and claim code. Called from the portal's apps.py."""
    _open[:] = [open]


def dossier_behind(number: str, code: str) -> Matter | None:
    """The matter that both together open; none, whatever is wrong."""
    return _open[0](number, code) if _open else None

"""The program itself: did its last update go well, and is a newer version to be had."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motcua.config.checks.findings import SUPPORT, Finding, ok, warning
from motcua.config.program import offers, packages, renewal, versions

AGAIN = _("Tell the province's support what stands here. Then it may be tried again: sudo motcua update")


def program() -> Iterator[Finding]:
    """This version is the newest that the operator's address knows of, and its last update was not taken back."""
    own, last = versions.own(), renewal.last(Path(settings.MOTCUA_DATA))
    if last and last.state == renewal.BACK and versions.key(last.after) > versions.key(own):
        sentence = _(
            "The update to version {after} was taken back: {trouble}. Version {own} goes on; no data are lost."
        )
        yield warning("program", sentence, AGAIN, SUPPORT, after=last.after, trouble=last.trouble, own=own)
    elif not settings.UPDATES:
        yield ok("program", _("This is version {own}."), own=own)
    else:
        yield _compared(own)


def _compared(own: str) -> Finding:
    try:
        offer = offers.at_address(settings.UPDATES, packages.keys_in(settings.PUBLISHER_KEYS))
    except offers.NoOffer:
        return ok("program", _("This is version {own}; where new ones are to be had nobody answers now."), own=own)
    if versions.key(offer.version) <= versions.key(own):
        return ok("program", _("This is version {own}, the newest."), own=own)
    sentence = _("Version {new} is there; this is version {own}.")
    advice = _(
        "When no visitor waits, type on this machine: sudo motcua update. It takes some minutes, makes a copy first, "
        "and goes back by itself if anything is wrong."
    )
    return warning("program", sentence, advice, new=offer.version, own=own)

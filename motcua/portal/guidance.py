"""Guidance of `oversight` on pages of other rooms: what a department answered stands at the very step it is about."""

from __future__ import annotations

from typing import Any

from motcua.oversight import queries as oversight
from motcua.ui import slots
from motcua.ui.context import Page


def register() -> None:
    """Let it stand beside whatever is being done."""
    slots.fill(slots.HERE, "portal/guidance_here.html", at_this_step)


def at_this_step(page: Page) -> dict[str, Any] | None:
    """What applies here today; nothing where the page is about no procedure or nobody is signed in."""
    here = page.here
    if not here.procedure or not page.posts:
        return None
    office = page.posts[0].office
    entries = oversight.guidance_at(office, page.day, procedure=here.procedure, step=here.step, field=here.field)
    return {"entries": entries, "procedure": here.procedure} if entries else None

"""Pages that somebody goes through one after the other, with what was typed on them kept in a draft.

Nouns: Stop (one page of the way), Way (its stops, where one is, where one goes on).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from motcua.dossiers.models import Typed
from motcua.procedures.definition import Component, Page
from motcua.procedures.eforms import Problem

PAPERS, CHECK, SENT = "papers", "check", "sent"


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the way."""

    sid: str
    title: str | Promise
    href: str


class Way:
    """A draft on its way. Who goes it says which stops there are and where they are."""

    draft: Typed
    lang: str

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The way as it is with the answers so far."""
        raise NotImplementedError

    @property
    def components(self) -> tuple[Component, ...]:
        """The papers to hand in."""
        raise NotImplementedError

    def address(self, sid: str) -> str:
        """Where this page of the way is."""
        raise NotImplementedError

    def page(self, sid: str) -> Page | None:
        """The page of questions with this name, if it is asked."""
        raise NotImplementedError

    def drawn(self, page: Page, raw: Mapping[str, Any] | None = None, problems: Iterable[Problem] = ()) -> str:
        """The questions as HTML, with what was typed."""
        raise NotImplementedError

    def papers(self) -> list[dict[str, Any]]:
        """Every paper with the files that are there."""
        raise NotImplementedError

    def stop(self, sid: str, title: str | Promise) -> Stop:
        """One page with its address."""
        return Stop(sid, title, self.address(sid))

    def place(self, sid: str) -> int:
        """Which stop this is, from 1."""
        return next((n for n, stop in enumerate(self.stops, 1) if stop.sid == sid), len(self.stops))

    def before(self, sid: str) -> str:
        """Where "Back" leads; empty on the first page."""
        place = self.place(sid)
        return self.stops[place - 2].href if place > 1 else ""

    def after(self, sid: str) -> str:
        """Where "Continue" leads."""
        return self.stops[min(self.place(sid), len(self.stops) - 1)].href

    @property
    def first_undone(self) -> str:
        """Where to go on."""
        done = self.draft.pages_done
        return next(stop.href for stop in self.stops if stop.sid not in done)

    @property
    def names_of_files(self) -> dict[str, str]:
        """The name behind every handle."""
        return {each["handle"]: each["name"] for listed in self.draft.papers.values() for each in listed}

    def listed(self, components: Iterable[Component], required: Iterable[str]) -> list[dict[str, Any]]:
        """Papers with the files that are there, as their page shows them."""
        needed = set(required)
        return [
            {
                "sid": each.sid,
                "title": each.title.get(self.lang),
                "full": each.full,
                "hint": each.hint.get(self.lang) if each.hint else "",
                "note": each.not_needed_when.note.get(self.lang) if each.not_needed_when else "",
                "required": each.sid in needed,
                "files": self.draft.papers.get(each.sid, []),
                "group": each.group,
            }
            for each in components
        ]


def paper_of(kept: Any) -> Mapping[str, Any]:
    """What a draft remembers of an upload."""
    return {"handle": kept.handle, "name": kept.name, "size": kept.size, "type": kept.type}

"""Pages that somebody goes through one after the other, with what was typed on them kept in a draft.

Nouns: Stop (one page of the way), Way (its stops, where one is, where one goes on).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from motcua.dossiers import rules
from motcua.dossiers.models import Typed
from motcua.procedures import eforms
from motcua.procedures.definition import Component, Definition, Page
from motcua.procedures.eforms import Cleaned, Problem

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

    def stored(self, page: Page) -> tuple[Definition, Mapping[str, Any]]:
        """The answers that are saved for this page, with the definition that asks for them."""
        raise NotImplementedError

    def cleaned(self, page: Page, raw: Mapping[str, Any]) -> Cleaned:
        """What was typed on this page, checked."""
        raise NotImplementedError

    def mark(self, page: Page) -> str:
        """Names what is saved for this page, so that a window in which it was drawn earlier can be told."""
        return rules.sha256(rules.canonical({"saved": dict(self.stored(page)[1])}))[:16]

    def is_beside(self, page: Page, cleaned: Cleaned, mark: str) -> bool:
        """Whether something else was saved for this page since it was drawn with this mark."""
        saved = dict(self.stored(page)[1])
        return bool(mark and saved) and mark != self.mark(page) and dict(cleaned.values) != saved

    def saved_elsewhere(self, page: Page) -> list[dict[str, str]]:
        """What was saved elsewhere, read back, where what was typed here stands beside it."""
        if page.sid not in self.draft.beside:
            return []
        definition, answers = self.stored(page)
        sections = eforms.readback(definition, answers, self.lang, self.names_of_files)
        return [{"key": row.label, "value": row.text} for section in sections for row in section.rows]

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

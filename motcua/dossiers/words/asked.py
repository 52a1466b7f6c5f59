"""A supplement request in words, for the desk, the status page and machines: which place, why, how to mend it, whom to
call, until when.

Nouns: Wanted (one field or paper), AskedFor (one request).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.words import mending

_PHONE = re.compile(r"(?:\+84|0)[\d .]{7,13}\d")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field or paper and what is to be done about it."""

    kind: str
    sid: str
    title: str
    reason_code: str
    reason: str
    note: str
    remedy: str


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A request with its items; `row` has moments and people."""

    row: SupplementRequest
    items: tuple[Wanted, ...]

    @property
    def phone(self) -> str:
        """The telephone in the contact, to be tapped; empty when there is none."""
        found = _PHONE.search(self.row.contact)
        return "".join(character for character in found.group() if character in "+0123456789") if found else ""

    @property
    def standing(self) -> str:
        """proposed, declined, open, answered or cancelled."""
        if self.row.cancelled_at is not None:
            return "cancelled"
        if self.row.accepted is None:
            return "proposed"
        if not self.row.accepted:
            return "declined"
        return "answered" if self.row.answered_at else "open"


def asked_for(request: SupplementRequest, dossier: Dossier, lang: str) -> AskedFor:
    """The request in the reader's language; what officers wrote stays as they wrote it."""
    definition = queries.edition_of(dossier).definition
    return AskedFor(
        request,
        tuple(
            Wanted(
                kind=item.kind,
                sid=item.sid,
                title=mending.title(definition, item.kind, item.sid).get(lang),
                reason_code=item.reason_code,
                reason=mending.label(definition, item.reason_code, lang),
                note=item.note,
                remedy=item.remedy,
            )
            for item in request.items.all()
        ),
    )

"""What the desk's pages show, made ready for templates: one dossier with all that belongs to it. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import acts, queries, rules
from motcua.dossiers.at_desk import answers, exchanged, telling
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.queries import Said, words
from motcua.dossiers.words.asked import asked_for
from motcua.dossiers.words.labels import name_of
from motcua.kernel import clock
from motcua.kernel.clock import Due
from motcua.kernel.ledger import Event
from motcua.payments import queries as payments

# Whose words stand under the line of the history; the others have a place of their own on the page.
_BESIDE_EVENTS = frozenset(
    {words.TRANSFER, words.CHANGE, words.UNDOING, words.EXTENSION, words.RESTRICTION, words.ERASURE}
)
KINDS = {"original": _("Original"), "certified_copy": _("Certified copy"), "photocopy": _("Photocopy")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: what happened, the words that belong to it, whether it was taken back."""

    event: Event
    what: str | Promise
    said: Said | None
    undone: bool

    @property
    def moved(self) -> tuple[datetime, datetime] | None:
        """The due moment before and after, where the calendar moved it."""
        if self.event.type != "dossiers.due_recounted":
            return None
        payload = self.event.payload
        return datetime.fromisoformat(payload["old_due_at"]), datetime.fromisoformat(payload["due_at"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to another office, and where its answer stands as long as there is none."""

    said: Said
    standing: str


@dataclass(frozen=True, slots=True)
class Offered:
    """An act as the page offers it; `asks`: it opens a form before it is done."""

    name: str
    act: acts.Act
    asks: bool


def dossier_page(seen: acts.Seen) -> dict[str, Any]:
    """Everything on a dossier's page but the form that is open."""
    dossier = seen.dossier
    ended = dossier.state in ("refused", "withdrawn", "stopped")
    due = queries.due_of(dossier) if dossier.received_at and not ended else None
    filed = queries.filed_contents(dossier, seen.history)
    said = queries.said_of(dossier, seen.history)
    entries = _entries(seen.history, said)
    offered = [_offered(dossier, name) for name in acts.offered(seen)]
    return {
        "dossier": dossier,
        "entered_later": next((each for each in seen.history if each.type == "dossiers.entered_later"), None),
        "item": seen.item,
        "standing": queries.standing_of(dossier, seen.now),
        "due": due,
        "why": clock.explain(due.why, get_language() or "vi") if due else "",
        "definition": queries.edition_of(dossier).definition,
        "issued": [each for each in said if each.kind == words.FORM],
        # The newest place of each is where it is now.
        "shelves": {each.code: each.text for each in said if each.kind == words.SHELF},
        "sections": answers.beside(filed, seen.history),
        "components": answers.components(filed, KINDS),
        "papers": _papers(dossier),
        "history": entries,
        "moved": _moved(entries, due),
        "remarks": [each for each in said if each.kind == words.REMARK],
        "opinions": [_asked(seen, each) for each in said if each.kind == words.OPINION],
        "returning": next((each for each in said if each.kind == words.RETURNING and each.ended_at is None), None),
        "told": telling.told(seen.person, dossier, seen.items, seen.day),
        "unexchanged": any(item.act == rules.EXCHANGE for item in seen.items),
        "restriction": next((each for each in said if each.kind == words.RESTRICTION and each.ended_at is None), None),
        "erasure_asked": next((each for each in said if each.kind == words.ERASURE and each.ended_at is None), None),
        "untold": any(item.act == rules.TELL for item in seen.items),
        "ways": telling.WAYS,
        "exchange": exchanged.exchange_of(seen.person, dossier, seen.history, seen.items, seen.day),
        "balance": seen.money,
        "pay_code": payments.payment_code(dossier.competent_office, seen.money, dossier.number),
        "messages_both_ways": [each for each in said if each.kind == words.MESSAGE],
        **_talk(seen),
        "results": [each for each in said if each.kind == words.RESULT],
        "ending": next((each for each in said if each.kind == words.ENDING and each.ended_at is None), None),
        "acts": [each for each in offered if not each.act.is_rare(seen)],
        "rare_acts": [each for each in offered if each.act.is_rare(seen)],
    }


def _moved(entries: Sequence[Entry], due: Due | None) -> tuple[datetime, datetime] | None:
    """The last move of the due moment by the calendar, as long as it is the one that holds."""
    last = next((each.moved for each in reversed(entries) if each.moved), None)
    return last if last and due and due.at == last[1] else None


def _entries(history: Sequence[Event], said: Iterable[Said]) -> list[Entry]:
    """The history as a ledger; remarks have a place of their own."""
    taken_back = rules.undone(queries.happened(history))
    by_key = {(each.kind, each.key): each for each in said if each.kind in _BESIDE_EVENTS}
    return [
        Entry(
            event,
            name_of(event),
            by_key.get(queries.key_of(event) or ("", 0)),
            event.seq in taken_back,
        )
        for event in history
    ]


def _asked(seen: acts.Seen, said: Said) -> Asked:
    calendar = queries.clock_calendar(seen.dossier, None)
    return Asked(said, "" if said.ended_at else clock.standing(calendar, said.until, seen.now) or "")


def _offered(dossier: Dossier, name: str) -> Offered:
    return Offered(name, acts.ACTS[name], acts.asks(dossier, name))


def act_form(seen: acts.Seen, name: str, form: Any = None) -> dict[str, Any]:
    """The form of an act, empty or as it was sent, with what is to be known before."""
    act = acts.ACTS[name]
    return {"act_name": name, "act": act, "form": form or acts.form_for(seen, name), "notes": list(act.notes(seen))}


def _papers(dossier: Dossier) -> list[Paper]:
    """Every file, the request's first, then those of each supplement."""
    of_dossier = Paper.objects.filter(filing__dossier=dossier).exclude(name="").select_related("file", "filing")
    return list(of_dossier.order_by("filing__n", "sid", "position"))


def _talk(seen: acts.Seen) -> dict[str, Any]:
    """What the applicant was asked for; asked only where the history says that there is something."""
    types = {event.type for event in seen.history}
    asked = not types.isdisjoint({"dossiers.supplement_requested", "dossiers.supplement_proposed"})
    requests = queries.supplement_requests_of(seen.dossier) if asked else []
    return {
        "requests": [asked_for(request, seen.dossier, get_language() or "vi") for request in requests],
        "withdrawal_asked": any(item.act == rules.CONFIRM_WITHDRAWAL for item in seen.items),
    }

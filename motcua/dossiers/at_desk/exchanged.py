"""What the desk shows of a dossier's exchange with another system: its number there, who says how far it has come, what
was told and fetched, and what somebody has to see to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.models import Dossier, OutsidePaper
from motcua.dossiers.rules import exchange
from motcua.dossiers.services import uploads
from motcua.dossiers.services.exchange import failing, papers, parts
from motcua.dossiers.words.labels import name_of
from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery

CAME = frozenset({"dossiers.came_from_outside", "dossiers.carried_over"})
STATES: dict[str, str | Promise] = {
    "waiting": _("waits to be done"),
    "sending": _("is being done"),
    "delivered": _("done"),
    "retrying": _("could not be done yet; it is tried again by itself"),
    "unknown": _("it is not known whether it was done"),
    "given_up": _("was not done"),
}
FAILURES: dict[str, str | Promise] = {
    parts.NO_ADDRESS: _("The other system does not say where it lies."),
    papers.ELSEWHERE: _("It lies on a machine that is not among those of the other system, and is not fetched."),
}


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Something told or fetched."""

    delivery: Delivery
    what: str | Promise
    # paper | status | signature
    kind: str
    state: str | Promise
    is_work: bool
    may: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A paper that the other system named."""

    paper: OutsidePaper
    why: str | Promise


def exchange_of(
    person: Person, dossier: Dossier, history: Iterable[Event], items: Iterable[WorkItem], day: date
) -> dict[str, Any] | None:
    """All of it; None, and not one question asked, where nothing was exchanged."""
    open_steps = {item.step: item for item in items if item.act == rules.EXCHANGE}
    came = any(event.type in CAME for event in history)
    if not came and not open_steps:
        return None
    ref = queries.exchange.external_ref(dossier) if came else None
    office = dossier.receiving_office or dossier.competent_office
    return {
        "ref": ref,
        "system": queries.exchange.system_names().get(ref.system, ref.system) if ref else "",
        "owned_there": ref is not None and ref.owner == exchange.THERE,
        "told": [_told(person, each, open_steps, day) for each in queries.exchange.exchanges(dossier)],
        "papers": [_named(each) for each in queries.exchange.outside_papers(dossier) if each.kept_at is None],
        "news": queries.exchange.waiting_arrival(dossier),
        "may_attach": identity.post_for(person, day, identity.INTAKE, office.path) is not None,
    }


def _told(person: Person, delivery: Delivery, open_steps: dict[str, WorkItem], day: date) -> Exchanged:
    item = open_steps.get(failing.step_of(delivery))
    return Exchanged(
        delivery,
        name_of(delivery.event),
        delivery.target.split(".")[1],
        STATES[delivery.state],
        is_work=item is not None,
        may=item is not None and policies.can_do(person, item, [rules.EXCHANGE], day),
    )


def _named(paper: OutsidePaper) -> Named:
    return Named(paper, FAILURES.get(paper.failure) or uploads.sentence(paper.failure))

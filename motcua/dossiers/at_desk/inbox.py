"""How a dossier is told in the inbox that all rooms share: its applicant, its step, how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policies, rules
from motcua.dossiers.models import Arrival, Dossier, Extension
from motcua.dossiers.words.labels import BESIDE
from motcua.kernel import clock, identity, worklist
from motcua.kernel.calendar import Calendar
from motcua.kernel.clock import Standing
from motcua.kernel.worklist import Item, Queue, Told
from motcua.payments import queries as payments
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Text


def register() -> None:
    """Say how dossiers stand in the inbox."""
    at_counter = frozenset({identity.INTAKE})
    worklist.register(
        "dossier",
        told,
        queues=[
            Queue("to_receive", _("To receive"), ("receive",), at_counter),
            Queue("unassigned", _("Competent office not clear"), (rules.DETERMINE,), at_counter, quiet=True),
            Queue("to_decide", _("To decide on"), (rules.DECIDE,), frozenset({identity.APPROVE}), quiet=True),
            Queue("to_advise", _("Asked for an opinion"), (rules.ADVISE,), frozenset(policies.ADVISERS), quiet=True),
            Queue("to_oversee", _("Late work to see to"), (rules.OVERSEE,), frozenset({identity.LEAD}), quiet=True),
            Queue("to_match", _("From other systems, not matched"), (rules.MATCH,), at_counter, quiet=True),
            Queue("to_exchange", _("Other systems to see to"), (rules.EXCHANGE,), at_counter, quiet=True),
            Queue("to_enter", _("Blank slips to enter"), (rules.ENTER_SLIPS,), at_counter, quiet=True),
            Queue("to_hear", _("Displeased applicants"), (rules.HEAR,), frozenset({identity.LEAD}), quiet=True),
            Queue("to_return", _("To return"), ("return",), at_counter),
        ],
        # What is settled only waits to be collected.
        waiting=["return"],
        aside=[rules.OVERSEE],
        personal=True,
    )
    worklist.register("arrival", arrivals_told, personal=True)
    worklist.register("slip_block", blocks_told)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is told of a dossier, whichever of its steps is meant."""

    version: int
    applicant: str
    ended: Standing | None
    may_be_extended: bool


def told(items: Sequence[Item]) -> dict[int, Told]:
    """What the desk needs to know of these; two or three queries, and the names of the steps that are kept."""
    known = _known({item.matter_id for item in items})
    steps = procedures.step_names({each.version for each in known.values()})
    paid = payments.standings(list(known))
    return {item.id: _told(item, known[item.matter_id], steps, paid.get(item.matter_id, "")) for item in items}


def arrivals_told(items: Sequence[Item]) -> dict[int, Told]:
    """What another system sent and nobody has matched: it leads to the page where that is done; one query."""
    found = Arrival.objects.filter(matter__in={item.matter_id for item in items})
    keys = dict(found.values_list("matter_id", "pk"))
    return {item.id: Told(reverse("desk-arrival", args=[keys[item.matter_id]]), "", BESIDE[item.act]) for item in items}


def blocks_told(items: Sequence[Item]) -> dict[int, Told]:
    """Blank slips that were given out: their counter, and the page where they are entered or said to be void."""
    return {
        item.id: Told(reverse("desk-outage-block", args=[item.reference]), item.title, BESIDE[item.act])
        for item in items
    }


def _known(matters: set[UUID]) -> dict[UUID, _Known]:
    proposed = Exists(Extension.objects.filter(dossier=OuterRef("pk"), accepted=None))
    rows = Dossier.objects.filter(matter__in=matters).annotate(proposed=proposed)
    columns = ("matter_id", "version_id", "applicant__full_name", "due_at", "settled_at", "state", "proposed")
    return {
        matter: _Known(
            version, name, _ended(due_at, settled_at), due_at is not None and state in rules.MOVABLE and not proposed
        )
        for matter, version, name, due_at, settled_at, state, proposed in rows.values_list(*columns)
    }


def _told(item: Item, known: _Known, steps: Mapping[tuple[int, str], Text], paid: str) -> Told:
    of_route: Any = steps.get((known.version, item.step), item.step)
    href = reverse("desk-rating" if item.act == rules.HEAR else "desk-dossier", args=[item.reference])
    extend = (_("Prepare an apology"), f"{href}?act=extend#act") if _is_extended_from(item, known) else None
    return Told(href, known.applicant, BESIDE.get(item.act) or of_route, known.ended, paid, extend)


def _is_extended_from(item: Item, known: _Known) -> bool:
    """The step that holds the dossier up is where a new appointment is asked for."""
    return known.may_be_extended and item.act not in rules.SIDE_ACTS and item.act != "receive"


def _ended(due_at: datetime | None, settled_at: datetime | None) -> Standing | None:
    """Early, on time, late; only the days of the two moments count, so any calendar serves."""
    return clock.standing(Calendar(), due_at, settled_at, settled_at) if settled_at else None

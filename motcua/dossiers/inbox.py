"""How a dossier is told in the inbox that all rooms share: its applicant, its step, how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import rules
from motcua.dossiers.labels import BESIDE
from motcua.dossiers.models import Dossier
from motcua.kernel import clock, identity, worklist
from motcua.kernel.calendar import Calendar
from motcua.kernel.clock import Standing
from motcua.kernel.worklist import Item, Queue, Told
from motcua.payments import queries as payments
from motcua.procedures import queries as procedures


def register() -> None:
    """Say how dossiers stand in the inbox."""
    at_counter = frozenset({identity.INTAKE})
    worklist.register(
        "dossier",
        told,
        queues=[
            Queue("to_receive", _("To receive"), ("receive",), at_counter),
            Queue("unassigned", _("Competent office not clear"), (rules.DETERMINE,), at_counter, quiet=True),
            Queue("to_return", _("To return"), ("return",), at_counter),
        ],
        # What is settled only waits to be collected.
        waiting=["return"],
    )


def told(items: Sequence[Item]) -> dict[int, Told]:
    """What the desk needs to know of these; two or three queries, and the names of the steps that are kept."""
    rows = Dossier.objects.filter(matter__in={item.matter_id for item in items}).values_list(
        "matter_id", "version_id", "applicant__full_name", "due_at", "settled_at"
    )
    known: dict[UUID, tuple[int, str, Standing | None]] = {
        matter: (version, name, _ended(due_at, settled_at)) for matter, version, name, due_at, settled_at in rows
    }
    steps = procedures.step_names({version for version, _name, _ended in known.values()})
    paid = payments.standings(list(known))
    found = {}
    for item in items:
        version, name, ended = known[item.matter_id]
        of_route: Any = steps.get((version, item.step), item.step)
        step = BESIDE.get(item.act) or of_route
        href = reverse("desk-dossier", args=[item.reference])
        found[item.id] = Told(href, name, step, ended, paid.get(item.matter_id, ""))
    return found


def _ended(due_at: datetime | None, settled_at: datetime | None) -> Standing | None:
    """Early, on time, late; only the days of the two moments count, so any calendar serves."""
    return clock.standing(Calendar(), due_at, settled_at, settled_at) if settled_at else None

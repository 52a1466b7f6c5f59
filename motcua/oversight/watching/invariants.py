"""What whoever raises a difficulty is promised, tried on the rows: it is recorded, and until it is over it is exactly
one office's open step.

It is asked by the watch (motcua.kernel.watch), for a part of all difficulties at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from motcua.kernel import watch
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter
from motcua.kernel.watch import Fault
from motcua.oversight.rules import difficulties as rules

RAISED = "oversight.difficulty_raised"
WORDS = {
    "difficulty_absent": _("The number was given, but there is no difficulty under it."),
    "difficulty_unrecorded": _("Nothing is recorded of its being raised."),
    "difficulty_no_work": _("Nobody has it: no step is open, though it is not over."),
    "difficulty_work_left": _("It is over, but a step is still open."),
    "difficulty_two_steps": _("Two steps of it are open, and it is not clear who answers."),
}


def register() -> None:
    """Let the watch look at difficulties so."""
    watch.register("difficulty", faults, WORDS)


def faults(ids: Sequence[UUID]) -> Iterator[Fault]:
    """Whatever does not hold of these; one statement, and so one moment."""
    own = Count("work_items", filter=Q(work_items__closed_by=None) & ~Q(work_items__step=rules.OVERSEE))
    raised = Exists(Event.objects.filter(matter=OuterRef("pk"), type=RAISED))
    rows = Matter.objects.filter(pk__in=ids).order_by("id").annotate(own=own, raised=raised)
    for pk, state, open_steps, recorded in rows.values_list("pk", "difficulty__state", "own", "raised"):
        if state is None:
            yield Fault(pk, "difficulty_absent")
            continue
        if not recorded:
            yield Fault(pk, "difficulty_unrecorded")
        if found := _of_work(state in rules.FINISHED, open_steps):
            yield Fault(pk, found, state)


def _of_work(over: bool, open_steps: int) -> str:
    if over:
        return "difficulty_work_left" if open_steps else ""
    return "" if open_steps == 1 else "difficulty_two_steps" if open_steps else "difficulty_no_work"

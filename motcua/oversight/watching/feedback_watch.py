"""What whoever sends feedback is promised, tried on the rows: it is recorded, and until it is over it is exactly one
office's open step.

It is asked by the watch (motcua.kernel.watch), for a part of all feedback at a time.
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
from motcua.oversight.rules import feedback as rules

SENT = "oversight.feedback_sent"
WORDS = {
    "feedback_absent": _("The number was given, but there is no feedback under it."),
    "feedback_unrecorded": _("Nothing is recorded of its being sent."),
    "feedback_no_work": _("Nobody has the feedback: no step is open, though it is not over."),
    "feedback_work_left": _("The feedback is over, but a step is still open."),
}


def register() -> None:
    """Let the watch look at feedback so."""
    watch.register("feedback", faults, WORDS)


def faults(ids: Sequence[UUID]) -> Iterator[Fault]:
    """Whatever does not hold of these; one statement, and so one moment."""
    own = Count("work_items", filter=Q(work_items__closed_by=None) & ~Q(work_items__step=rules.OVERSEE))
    said = Exists(Event.objects.filter(matter=OuterRef("pk"), type=SENT))
    rows = Matter.objects.filter(pk__in=ids).order_by("id").annotate(own=own, said=said)
    for pk, state, work, recorded in rows.values_list("pk", "feedback__state", "own", "said"):
        if state is None:
            yield Fault(pk, "feedback_absent")
            continue
        if not recorded:
            yield Fault(pk, "feedback_unrecorded")
        if not work and state not in rules.FINISHED:
            yield Fault(pk, "feedback_no_work")
        if work and state in rules.FINISHED:
            yield Fault(pk, "feedback_work_left")

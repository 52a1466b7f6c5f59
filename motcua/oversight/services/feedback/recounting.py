"""A day or the hours of an office were changed while feedback waits: its clocks are counted again (ADR 0015, 0021).

Called again and again by the system's own hand; what has been tried on the newest calendar is not tried again.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.kernel import identity, ledger, schedule
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.oversight import queries
from motcua.oversight.events.feedback import FeedbackRecounted
from motcua.oversight.models import Feedback
from motcua.oversight.rules import feedback as rules
from motcua.oversight.services.feedback import course

# So many clocks in one round; the next one goes on.
MOST = 500


def recount_feedback(*, at: datetime) -> int:
    """Count the running clocks again by the newest calendar, as far as one round goes; how many moments moved."""
    newest, hand = schedule.newest_version(), identity.system_person()
    clocks: dict[UUID, set[str]] = defaultdict(set)
    for pk, clock in queries.clocks_by_older(newest, MOST):
        clocks[pk].add(clock)
    return sum(_recount(pk, names, newest, hand, at) for pk, names in clocks.items())


def _recount(pk: UUID, names: set[str], version: int, hand: Person, at: datetime) -> int:
    """Of one feedback, held meanwhile."""
    with transaction.atomic():
        feedback = course.held(Feedback(pk=pk))
        return sum(_recounted(feedback, each, version, hand, at) for each in sorted(names))


def _recounted(feedback: Feedback, clock: str, version: int, hand: Person, at: datetime) -> bool:
    """One clock; where its moment moves, an event keeps both and the open step is due then."""
    before = queries.due_of_clock(feedback, clock).at
    course.recount_clock(feedback, clock, version, at)
    after = queries.due_of_clock(feedback, clock).at
    if before is None or after is None or before == after:
        return False
    happening = FeedbackRecounted(clock, before, after, version)
    ledger.record(happening, matter=feedback.matter, at=at, by=hand, office=feedback.holder)
    steps = [step for step, name in rules.CLOCK_OF_STEP.items() if name == clock]
    WorkItem.objects.filter(matter=feedback.matter, closed_by=None, step__in=steps).update(due_at=after)
    return True

"""Late work is told to whoever leads, as an ordinary act of the system's own hand; and how an office wants that.

Called again and again; nobody is told of the same step at the same level twice. What is told is work in the leader's
inbox, which is over by itself as soon as the step is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.dossiers import queries, rules
from motcua.dossiers.events import EscalationSet, WorkEscalated
from motcua.dossiers.models import Dossier, Escalation, EscalationLevel
from motcua.dossiers.rules import escalation
from motcua.dossiers.rules.escalation import Level
from motcua.dossiers.services import course
from motcua.kernel import clock, identity, ledger, matters, schedule
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office

# So many steps in one round, so that a long pause of the machine does not hold everything else up.
MOST = 200


def escalate_late_work(*, at: datetime) -> int:
    """Tell whoever is to be told of late work, as far as one round goes; how many steps it was."""
    hand = identity.system_person()
    return sum(_escalate(late.item_id, late.level, hand, at) for late in queries.late_work(at, MOST))


def _escalate(item_id: int, level: Level, hand: Person, at: datetime) -> bool:
    with transaction.atomic():
        item = WorkItem.objects.select_related("office").get(pk=item_id)
        dossier, items = course.locked_whole(Dossier(pk=item.matter_id))
        still_open = next((each for each in items if each.pk == item_id), None)
        if still_open is None or still_open.due_at != item.due_at:
            return False
        standing = clock.standing(schedule.calendar_for(item.office), item.due_at, at) or ""
        happening = WorkEscalated(item.step, level.level, standing)
        event = ledger.record(happening, matter=dossier.matter, at=at, by=hand, office=item.office)
        Escalation.objects.create(item=item, level=level.level, due_at=item.due_at, event=event)
        told = queries.overseer(item.office, level.role, timezone.localtime(at).date())
        if told is not None and not _sees_to_it_already(items, item, told[0]):
            course.open_step(
                dossier=dossier,
                step=rules.overseeing(item.pk, level.level),
                act=rules.OVERSEE,
                office=told[0],
                due_at=item.due_at,
                event=event,
                assignee=told[1],
                capacity=matters.SUPERVISING,
            )
    return True


def _sees_to_it_already(items: Sequence[WorkItem], item: WorkItem, office: Office) -> bool:
    start = rules.overseeing(item.pk)
    return any(each.step.startswith(start) and each.office_id == office.pk for each in items)


class NotALadder(ValueError):
    """The rungs do not follow each other in time, or there are too many."""


def set_escalation(
    *, office: Office, levels: Sequence[Level], by: Person, at: datetime, post: Post | None = None
) -> None:
    """Say when and whom late work of this office, and of all below it, is told; without levels, what holds above.

    Raises NotALadder. Whether the person may, the caller has looked.
    """
    if len(levels) > escalation.MOST_LEVELS or not escalation.in_order(levels):
        raise NotALadder(office.code)
    with transaction.atomic():
        EscalationLevel.objects.filter(office=office).delete()
        try:
            EscalationLevel.objects.bulk_create(
                EscalationLevel(office=office, level=n, when=each.when, hours=each.hours, role=each.role)
                for n, each in enumerate(levels, 1)
            )
        except IntegrityError as fault:
            raise NotALadder(office.code) from fault
        said = tuple(f"{each.when}:{each.hours}:{each.role}" for each in levels)
        administration = matters.administration_of(office, at)
        ledger.record(EscalationSet(office.code, said), matter=administration, at=at, by=by, post=post, office=office)

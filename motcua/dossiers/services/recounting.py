"""A day or the hours of an office were changed while dossiers run: their time is counted again, and whoever waits for
one is told when the moment moves (ADR 0015).

Called again and again by the system's own hand; what has been tried on the newest calendar is not tried again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers import queries
from motcua.dossiers.events import DueRecounted
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import course, messages
from motcua.kernel import identity, ledger, schedule
from motcua.kernel.identity import Person

# So many dossiers in one round, and so many that move.
CHUNK, CHUNKS, MOST_MOVED = 500, 10, 1000


def recount_due_moments(*, at: datetime) -> int:
    """Count the running dossiers again by the newest calendar, as far as one round goes; how many moments moved."""
    newest, hand, moved = schedule.newest_version(), identity.system_person(), 0
    for dossiers in _chunks(newest):
        by_newest = queries.dues_by(newest, dossiers)
        still = [each.pk for each in dossiers if by_newest[each.pk].at == each.due_at]
        _pin(still, newest)
        for each in dossiers:
            if by_newest[each.pk].at != each.due_at:
                moved += _recount(each.pk, newest, hand, at)
        if moved >= MOST_MOVED:
            break
    return moved


def _chunks(newest: int) -> Iterator[list[Dossier]]:
    for _n in range(CHUNKS):
        found = queries.counted_by_older(newest, CHUNK)
        if not found:
            return
        yield found


def _pin(pks: list[UUID], version: int) -> None:
    """The same moment by the newer calendar: nothing happened that anybody has to know."""
    Dossier.objects.filter(pk__in=pks).update(calendar_version=version)


def _recount(pk: UUID, version: int, hand: Person, at: datetime) -> bool:
    """One dossier whose moment moves, looked at once more while nobody else can change it."""
    with transaction.atomic():
        dossier, _items = course.locked_whole(Dossier(pk=pk))
        before, dossier.calendar_version = dossier.due_at, version
        due = queries.due_of(dossier)
        dossier.due_at, dossier.due_estimated = due.at, due.estimated
        dossier.save(update_fields=["calendar_version", "due_at", "due_estimated"])
        if before is None or due.at is None or before == due.at:
            return False
        event = ledger.record(
            DueRecounted(before, due.at, version),
            matter=dossier.matter,
            at=at,
            by=hand,
            office=dossier.competent_office,
        )
        course.bring_forward(dossier, event)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return True

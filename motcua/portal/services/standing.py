"""Whoever runs the machine decides that the centre goes on from an older moment: a copy was restored, or what is
missing is lost for good. Commands; there is no page for it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.kernel import highwater, identity, ledger, matters, numbering, organisation
from motcua.kernel.ledger import Happening
from motcua.portal.events import CentreRestored, DatabaseAccepted


def accept_database(*, confirmed: int, at: datetime) -> int:
    """Go on with the database as it is although events up to this one were confirmed; how many are missing at most. An
    empty one has no centre that could remember it.
    """
    there = ledger.last_position()
    missing = max(1, confirmed - there)
    _go_on(DatabaseAccepted(there, confirmed), missing, at)
    return missing


def note_restored(copy: str, made_at: datetime, *, at: datetime) -> None:
    """This copy has become the centre; what was confirmed after it is missing."""
    lost = highwater.lost()
    _go_on(CentreRestored(copy, made_at, lost.last.position if lost else None), lost.events if lost else 0, at)


def _go_on(happening: Happening, missing: int, at: datetime) -> None:
    """The event, and numbers that lie behind every one that may have been given: none is given twice."""
    installation = organisation.installation()
    if installation is not None:
        with highwater.decided(), transaction.atomic():
            numbering.leave_out(missing, timezone.localdate(at))
            matter = matters.administration_of(installation.province, at)
            hand = identity.system_person()
            ledger.record(happening, matter=matter, at=at, by=hand, office=installation.province)
    highwater.begin_anew()

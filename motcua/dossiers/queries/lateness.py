"""What is late or will be, and what was done about it: new appointments proposed and given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, Extension
from motcua.dossiers.queries.dossiers import clock_calendar
from motcua.kernel.ledger import Event

Shortcoming = Literal["second", "late", "short_notice"]


def undecided_extension(dossier: Dossier) -> Extension | None:
    """The new appointment that waits for its decision."""
    return Extension.objects.filter(dossier=dossier, accepted=None).first()


def standing_extension(dossier: Dossier) -> Extension | None:
    """The new appointment that holds, with the reason that the applicant reads; none once there is a result or an
    end.
    """
    if dossier.due_at is None or dossier.settled_at is not None or dossier.state in rules.FINISHED:
        return None
    return Extension.objects.filter(dossier=dossier, accepted=True).order_by("-decided_at", "-id").first()


def shortcomings(dossier: Dossier, history: Iterable[Event], now: datetime) -> list[Shortcoming]:
    """In what a new appointment given now would fall short of what is usual: given once, and told a working day
    before the old one.
    """
    found: list[Shortcoming] = []
    if any(event.type == "dossiers.extension_decided" and event.payload["accepted"] for event in history):
        found.append("second")
    if dossier.due_at is not None and now > dossier.due_at:
        found.append("late")
    elif dossier.due_at is not None and now > notice_until(dossier, dossier.due_at):
        found.append("short_notice")
    return found


def notice_until(dossier: Dossier, due_at: datetime) -> datetime:
    """Until when the applicant should have been told: the end of the working day before the appointment."""
    calendar = clock_calendar(dossier, None)
    day = calendar.local(due_at).date() - timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return calendar.end_of_day(day)

"""The work of the night: a copy on this machine, proven; the same in every other place that is there, proven; and
what is too old goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.config.backup import make, places, prove
from motcua.config.backup.layout import Copy, Place
from motcua.kernel import duties, organisation

Progress = Callable[[int, int], None]
DUTY = "night"
HOUR, MINUTE = 1, 30
# What failed is tried again; a process that has said nothing for so long has died.
AGAIN_AFTER, DEAD_AFTER = timedelta(hours=1), timedelta(hours=6)


def last_moment(at: datetime) -> datetime:
    """When the work of the night was due last: half past one, local time."""
    moment = timezone.localtime(at).replace(hour=HOUR, minute=MINUTE, second=0, microsecond=0)
    return moment if moment <= at else moment - timedelta(days=1)


def since(at: datetime) -> datetime | None:
    """Which beginning of it would do; None when none is due yet, because the centre is younger than its first night.

    A machine that is off at night does it when it is switched on.
    """
    centre, duty, due = organisation.installation(), duties.duty(DUTY), last_moment(at)
    if duty.begun_at is None and (centre is None or centre.ready_at is None or centre.ready_at > due):
        return None
    if duty.failure:
        return max(due, at - AGAIN_AFTER)
    return max(due, at - DEAD_AFTER) if duty.is_running else due


def run(kind: str, at: datetime, progress: Progress) -> Iterator[tuple[Place, Copy | None, str]]:
    """Each place with its copy, and what kept it from being well; empty when it is."""
    own = places.own()
    copy = make.make(kind, at, progress)
    yield own, copy, _proven(copy, at, progress)
    make.thin_out(own)
    for place in places.others():
        if places.is_there(place):
            yield place, *_brought(copy, place, at, progress)
        else:
            yield place, None, _("this disk is not plugged in")


def _brought(copy: Copy, place: Place, at: datetime, progress: Progress) -> tuple[Copy | None, str]:
    try:
        places.prepare(place)
        there = make.bring(copy, place, progress)
        fault = _proven(there, at, progress)
        if not fault:
            places.note_brought(place, at)
        make.thin_out(place)
    except (OSError, make.Damaged) as error:
        return None, str(error)
    return there, fault


def _proven(copy: Copy, at: datetime, progress: Progress) -> str:
    return "; ".join(prove.prove(copy, at, progress).faults)


def size_of(copy: Copy) -> str:
    """Database and papers together, for people."""
    return f"{(copy.manifest.size + copy.manifest.papers_size) / 1024**2:,.0f} MB"

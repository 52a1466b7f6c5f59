"""The threads that carry out deliveries while a process lives, one for each system outside; one of them forgets what is
over, once an hour.
"""

import logging
import threading
from datetime import datetime, timedelta

from django.db import close_old_connections, connection, connections
from django.utils import timezone

from motcua.config.engine import care
from motcua.dossiers.services import drafts, phones, pieces, scans, uploads
from motcua.dossiers.services.supplements import drafts as supplement_drafts
from motcua.kernel import outbox, outside
from motcua.oversight import services as oversight

EVERY_SECONDS = 1.0
HOUSEKEEPING_EVERY = timedelta(hours=1)
PROBED_EVERY = timedelta(minutes=1)
# Deliveries that need nothing outside.
INSIDE = ""
logger = logging.getLogger(__name__)


def start(stop: threading.Event) -> list[threading.Thread]:
    """Run deliveries in the background until `stop` is set or the process ends: what needs a system outside in a
    thread of that system's own, so that one that hangs holds up nothing else.
    """
    threads = [
        threading.Thread(target=run, args=(stop, system), name=f"outbox {system}", daemon=True)
        for system in (INSIDE, *outside.names())
    ]
    for thread in threads:
        thread.start()
    return threads


def run(stop: threading.Event, system: str = INSIDE) -> None:
    """Run these deliveries until `stop` is set; a fault is logged and the next round tries again."""
    done_at: datetime | None = None
    while not stop.wait(EVERY_SECONDS):
        try:
            close_old_connections()
            done_at = _besides(system, timezone.now(), done_at)
            while not stop.is_set() and outbox.run_due(timezone.now(), system=system):
                pass
        except Exception:
            logger.exception("deliveries: this round failed")
    connections.close_all()


def _besides(system: str, at: datetime, last: datetime | None) -> datetime:
    """What the thread does besides: one keeps the house, the others ask how their systems are."""
    if system == INSIDE:
        return keep_house(at, last)
    if last is not None and last <= at < last + PROBED_EVERY:
        return last
    outside.probe(system, at)
    return at


def keep_house(at: datetime, last: datetime | None) -> datetime:
    """Forget drafts and uploads that are over, escalate what waits too long, begin what is due regularly and look after
    the database, unless that was done within the hour.

    Returns when it was done last.
    """
    if last is not None and last <= at < last + HOUSEKEEPING_EVERY:
        return last
    drafts.remove_expired_drafts(at=at)
    supplement_drafts.remove_expired(at=at)
    uploads.remove_expired(at=at)
    pieces.remove_expired(at=at)
    scans.remove_old(at=at)
    phones.remove_expired(at=at)
    oversight.move_what_waits(at=at)
    oversight.follow_directives(at=at)
    care.tend(connection)
    return at

"""The thread that carries out deliveries while a process lives, and once an hour forgets what is over."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import close_old_connections, connection, connections
from django.utils import timezone

from motcua.config.engine import care
from motcua.dossiers.services import drafts, uploads
from motcua.kernel import outbox
from motcua.oversight import services as oversight

EVERY_SECONDS = 1.0
HOUSEKEEPING_EVERY = timedelta(hours=1)
logger = logging.getLogger(__name__)


def start(stop: threading.Event) -> threading.Thread:
    """Run deliveries in the background until `stop` is set or the process ends."""
    thread = threading.Thread(target=run, args=(stop,), name="outbox", daemon=True)
    thread.start()
    return thread


def run(stop: threading.Event) -> None:
    """Run deliveries until `stop` is set; a fault is logged and the next round tries again."""
    kept_at: datetime | None = None
    while not stop.wait(EVERY_SECONDS):
        try:
            close_old_connections()
            kept_at = keep_house(timezone.now(), kept_at)
            while not stop.is_set() and outbox.run_due(timezone.now()):
                pass
        except Exception:
            logger.exception("deliveries: this round failed")
    connections.close_all()


def keep_house(at: datetime, last: datetime | None) -> datetime:
    """Forget drafts and uploads that are over, escalate what waits too long and look after the database, unless that
    was done within the hour.

    Returns when it was done last.
    """
    if last is not None and at < last + HOUSEKEEPING_EVERY:
        return last
    drafts.remove_expired_drafts(at=at)
    uploads.remove_expired(at=at)
    oversight.move_what_waits(at=at)
    care.tend(connection)
    return at

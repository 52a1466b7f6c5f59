"""The thread that carries out deliveries while a process lives."""

import logging
import threading

from django.db import close_old_connections, connections
from django.utils import timezone

from motcua.kernel import outbox

EVERY_SECONDS = 1.0
logger = logging.getLogger(__name__)


def start(stop: threading.Event) -> threading.Thread:
    """Run deliveries in the background until `stop` is set or the process ends."""
    thread = threading.Thread(target=run, args=(stop,), name="outbox", daemon=True)
    thread.start()
    return thread


def run(stop: threading.Event) -> None:
    """Run deliveries until `stop` is set; a fault is logged and the next round tries again."""
    while not stop.wait(EVERY_SECONDS):
        try:
            close_old_connections()
            while not stop.is_set() and outbox.run_due(timezone.now()):
                pass
        except Exception:
            logger.exception("deliveries: this round failed")
    connections.close_all()

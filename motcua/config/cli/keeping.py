"""The thread beside the server that does the regular work: one process of all does each piece at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from motcua.config.checks import paces, run_pace
from motcua.kernel import downtime, duties, watch

FIRST_AFTER, EVERY_SECONDS = 2.0, 60.0
# Shorter than the pause between two rounds, so that a round that comes a moment early is not left out.
A_MINUTE, AN_HOUR = timedelta(seconds=50), timedelta(minutes=59)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Regular:
    """A piece of work with the name of its duty; `since` says which beginning would do, asked at a moment."""

    name: str
    since: Callable[[datetime], datetime]
    work: Callable[[datetime], object]


def regular() -> Iterator[Regular]:
    """What is done again and again, in this order."""
    yield Regular("watch", lambda at: at - A_MINUTE, watch.look)
    yield Regular("checks", lambda at: at - A_MINUTE, partial(run_pace, paces.MINUTE))
    yield Regular("hourly_checks", lambda at: at - AN_HOUR, partial(run_pace, paces.HOUR))


def start(stop: threading.Event) -> threading.Thread:
    """Keep the centre in the background until `stop` is set or the process ends."""
    thread = threading.Thread(target=run, args=(stop,), name="keeping", daemon=True)
    thread.start()
    return thread


def run(stop: threading.Event) -> None:
    """Do what is due, every minute, until `stop` is set."""
    pause = FIRST_AFTER
    while not stop.wait(pause):
        pause = EVERY_SECONDS
        close_old_connections()
        once()
    connections.close_all()


def once() -> None:
    """One round. A fault is logged and noted at its duty, and keeps nothing else from being done."""
    with suppress(DatabaseError):
        downtime.refresh(timezone.now())
    for each in regular():
        try:
            _do(each, timezone.now())
        except Exception:
            logger.exception("keeping: %s failed", each.name)


def _do(each: Regular, at: datetime) -> None:
    if not duties.take(each.name, at=at, since=each.since(at)):
        return
    try:
        each.work(at)
    except Exception as problem:
        duties.end(each.name, at=timezone.now(), failure=f"{type(problem).__name__}: {problem}")
        raise
    duties.end(each.name, at=timezone.now())

"""The thread beside the server that does the regular work: one process of all does each piece at a time."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from motcua.config.backup import nightly
from motcua.config.checks import paces, run_pace, standing
from motcua.dossiers import services as dossiers
from motcua.dossiers.services.exchange import folders
from motcua.kernel import duties, health, watch
from motcua.oversight import queries as oversight
from motcua.oversight import services as letters
from motcua.portal import services as portal

FIRST_AFTER, EVERY_SECONDS = 2.0, 60.0
# Shorter than the pause between two rounds, so that a round that comes a moment early is not left out.
A_MINUTE, A_FEW_MINUTES, AN_HOUR = timedelta(seconds=50), timedelta(minutes=4), timedelta(minutes=59)
A_DAY = timedelta(hours=23, minutes=59)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Regular:
    """A piece of work with the name of its duty; `since` says which beginning would do at a moment, None that it is
    not its time yet.
    """

    name: str
    since: Callable[[datetime], datetime | None]
    work: Callable[[datetime], object]
    # Takes long, and so in a thread of its own.
    apart: bool = False


def regular() -> Iterator[Regular]:
    """What is done again and again, in this order."""
    yield Regular("watch", lambda at: at - A_MINUTE, watch.look)
    yield Regular("checks", lambda at: at - A_MINUTE, partial(run_pace, paces.MINUTE))
    yield Regular("scans", lambda at: at - A_MINUTE, lambda at: dossiers.pick_up(at=at))
    yield Regular(nightly.DUTY, nightly.since, _night, apart=True)
    yield Regular("exchange", lambda at: at - A_MINUTE, lambda at: folders.take_all(at=at))
    yield Regular("calendar", lambda at: at - A_MINUTE, lambda at: dossiers.recount_due_moments(at=at))
    yield Regular("feedback_calendar", lambda at: at - A_MINUTE, lambda at: letters.recount_feedback(at=at))
    yield Regular("late_work", lambda at: at - A_FEW_MINUTES, lambda at: dossiers.escalate_late_work(at=at))
    yield Regular("digest", oversight.week_begun, lambda at: letters.tell_of_guidance(at=at))
    yield Regular("months", lambda at: at - AN_HOUR, lambda at: dossiers.close_due_periods(at=at))
    yield Regular("disposal", lambda at: at - A_DAY, lambda at: dossiers.propose_disposal(at=at))
    yield Regular("roots", lambda at: at - AN_HOUR, lambda at: dossiers.close_days(at=at))
    yield Regular("certificate", lambda at: at - A_FEW_MINUTES, lambda at: portal.renew_certificate(at=at))
    yield Regular("hourly_checks", lambda at: at - AN_HOUR, partial(run_pace, paces.HOUR))


def _night(at: datetime) -> None:
    """Copies are made and proven by a process of their own: it may take long, and must not make this one large."""
    command = [sys.executable, "-m", "motcua.config.cli", "backup", "now", "--nightly"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise NotCopied(said[-1] if said else f"exit code {done.returncode}")


class NotCopied(Exception):
    """The work of the night did not end well; the message is the last thing it said."""


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
    """One round. A fault is logged and noted at its duty, and keeps nothing else from being done; but in a database
    that lacks what it had or takes nothing, nothing is done, and the pages of this process say why.
    """
    if not _is_well():
        return
    for each in regular():
        try:
            at = timezone.now()
            since = each.since(at)
            if since is not None and duties.take(each.name, at=at, since=since):
                _apart(each, at) if each.apart else _do(each, at)
        except Exception:
            logger.exception("keeping: %s failed", each.name)


def _is_well() -> bool:
    """Whether work can be noted in the database, which every process tries for itself."""
    try:
        well = all(finding.ok for finding in standing.database())
    except DatabaseError:
        logger.exception("keeping: the database does not answer")
        well = False
    if well:
        health.keep_here([], timezone.now())
    else:
        paces.run_here(timezone.now())
    return well


def _do(each: Regular, at: datetime) -> None:
    failure = ""
    try:
        each.work(at)
    except Exception as problem:
        logger.exception("keeping: %s failed", each.name)
        failure = str(problem) or type(problem).__name__
    duties.end(each.name, at=timezone.now(), failure=failure)


def _apart(each: Regular, at: datetime) -> None:
    def work() -> None:
        try:
            _do(each, at)
        finally:
            connections.close_all()

    threading.Thread(target=work, name=f"keeping {each.name}", daemon=True).start()

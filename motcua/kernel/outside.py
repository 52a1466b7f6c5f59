"""Systems outside, each behind a wall of its own: a time limit, a state, and words for what its absence changes.

Nouns: System (what may be asked: its name, what it is called, what its absence changes, how long it may take), Standing
(the row that says since when it is down). A room registers its systems; no request of a person ever waits for one:
inside a request asking is an error of the program, everywhere else a system that is known to be down is left alone
until it is time to try again.
It sends nothing itself: deliveries do (motcua.kernel.outbox), in a thread of each system's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import models
from django.utils.functional import Promise

# So many failures in a row make a system down: one is often the line's.
FAILURES = 3
# Minutes until a system that is down is asked again, by failures beyond the third; then the last, for ever.
PAUSES = (1, 2, 5, 10, 15)
# A system nobody has had reason to ask is asked how it is, so that its state is not yesterday's.
FRESH = timedelta(minutes=10)
State = Literal["up", "down", "unknown"]
_in_request: ContextVar[bool] = ContextVar("answering a request", default=False)


class Standing(models.Model):
    """How one system stands. No row: it was never asked."""

    name = models.CharField(max_length=40, primary_key=True)
    down_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failed_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # When it may be asked again; empty while it is up.
    again_at = models.DateTimeField(null=True)
    # What kind of failure the last one was, never its words: those may name a person.
    failure = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def state(self) -> State:
        """Up, down, or never asked."""
        if self.down_since:
            return "down"
        return "up" if self.answered_at else "unknown"


@dataclass(frozen=True, slots=True)
class System:
    """A system that may be asked; the words are for the public page. `is_used`: a centre without it does not miss it.

    `probe` asks it how it is and raises what keeps it from answering; it gives up after `seconds` by itself.
    """

    name: str
    label: str | Promise
    effect: str | Promise
    seconds: int
    probe: Callable[[], object]
    is_used: Callable[[], bool] = lambda: True


class Down(Exception):
    """The system is known to be down and was not asked."""

    def __init__(self, name: str, again_at: datetime | None) -> None:
        super().__init__(name)
        self.again_at = again_at


class Refused(Exception):
    """The system answered, and will not do this one thing, however often it is asked. It is not down."""


_systems: dict[str, System] = {}


def register(system: System) -> None:
    """Say that this system may be asked. Called from apps.py of the room that asks it."""
    _systems[system.name] = system


def systems() -> tuple[System, ...]:
    """Those that this centre uses, by name."""
    return tuple(system for _, system in sorted(_systems.items()) if system.is_used())


def names() -> tuple[str, ...]:
    """Of all that may be asked, used here or not."""
    return tuple(sorted(_systems))


def standings() -> dict[str, Standing]:
    """How each of them stands."""
    known = {standing.name: standing for standing in Standing.objects.all()}
    return {system.name: known.get(system.name) or Standing(name=system.name) for system in systems()}


@contextmanager
def answering_a_request() -> Iterator[None]:
    """Meanwhile nothing outside is asked."""
    token = _in_request.set(True)
    try:
        yield
    finally:
        _in_request.reset(token)


@contextmanager
def asking(name: str, at: datetime) -> Iterator[System]:
    """Ask the system in the body, and note how that went. Raises Down without asking; what the body raises goes on."""
    if _in_request.get():
        raise RuntimeError(f"a request must not wait for {name}: leave it to a delivery")
    before = Standing.objects.filter(pk=name).first() or Standing(name=name)
    if before.again_at is not None and before.again_at > at:
        raise Down(name, before.again_at)
    try:
        yield _systems[name]
    except Refused:
        _note_answer(before, at)
        raise
    except Exception as problem:
        _note_failure(before, type(problem).__name__, at)
        raise
    _note_answer(before, at)


def _note_failure(standing: Standing, failure: str, at: datetime) -> None:
    standing.failures += 1
    standing.failure = failure[:80]
    standing.failed_since = standing.failed_since or at
    if standing.failures >= FAILURES:
        standing.down_since = standing.failed_since
        pause = PAUSES[min(standing.failures - FAILURES, len(PAUSES) - 1)]
        standing.again_at = at + timedelta(minutes=pause)
    standing.save()


def _note_answer(standing: Standing, at: datetime) -> None:
    """A row is written when something has changed, or now and then; not for each message."""
    if standing.failures == 0 and standing.answered_at is not None and at - standing.answered_at < FRESH / 2:
        return
    standing.down_since = standing.failed_since = standing.again_at = None
    standing.failures, standing.failure, standing.answered_at = 0, "", at
    standing.save()


def is_up(name: str) -> bool:
    """Not known to be down."""
    return not Standing.objects.filter(pk=name).exclude(down_since=None).exists()


def probe(name: str, at: datetime) -> None:
    """Ask the system how it is, if it is used and nobody has asked it for a while, or it has failed and may be asked
    again. What it answers is noted; that it is down is no fault of ours.
    """
    standing = standings().get(name)
    if standing is None:
        return
    if standing.answered_at is not None and not standing.failures and at - standing.answered_at < FRESH:
        return
    with suppress(Exception), asking(name, at) as system:
        system.probe()

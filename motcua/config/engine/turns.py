"""One writer at a time per database file, in the order of asking: among the threads here, then among the processes.

SQLite lets one connection write and makes the others try again after a pause, so who waits longest may lose for ever.
Here the turn is handed to the thread that has waited longest. The turn makes waiting fair; safety stays with SQLite's
own lock, so a turn that is given back too early harms nothing.
"""

import os
import threading
import time
import weakref
from collections import deque
from pathlib import Path
from typing import Protocol

from motcua.config.engine.line import Line, TooLong

# How often a waiting thread looks whether the one that has the turn is still alive.
LOOK = 0.5


class SameThread(Exception):
    """This thread already has the turn through another connection, and would wait for itself."""


class Writer(Protocol):
    """A connection, as the one that has the turn."""

    def undo_abandoned(self) -> None:
        """Roll back what a thread that no longer runs has left behind."""


class _Mark:
    """Lives exactly as long as its thread, whoever started that: it is the thread's own variable."""


_own = threading.local()


def _mark() -> _Mark:
    if not hasattr(_own, "mark"):
        _own.mark = _Mark()
    mark: _Mark = _own.mark
    return mark


class Ticket:
    """One asking for the turn."""

    def __init__(self, writer: Writer) -> None:
        self.writer = weakref.ref(writer)
        self.thread = weakref.ref(_mark())
        self.called = threading.Lock()
        self.called.acquire()

    def is_abandoned(self) -> bool:
        """Whether nobody will give this turn back."""
        return self.writer() is None or self.thread() is None


class Turn:
    """The right to write into one database file."""

    def __init__(self, path: Path) -> None:
        self._line = Line(path.with_name(path.name + "-turn"))
        self.forget()

    def forget(self) -> None:
        """Start anew, as a process must that was forked while others held the turn."""
        self._mutex = threading.Lock()
        self._waiting: deque[Ticket] = deque()
        self._holder: Ticket | None = None
        self._in_line = False

    def take(self, writer: Writer, patience: float) -> Ticket:
        """Wait for the turn, at most `patience` seconds."""
        ticket, deadline = Ticket(writer), time.monotonic() + patience
        with self._mutex:
            if self._holder is None:
                self._holder = ticket
            elif self._holder.thread() is ticket.thread():
                raise SameThread
            else:
                self._waiting.append(ticket)
        try:
            self._wait(ticket, deadline)
            self._line.enter(deadline)
        except BaseException:
            self.give_back(ticket)
            raise
        return ticket

    def give_back(self, ticket: Ticket) -> None:
        """Hand the turn to the one that has waited longest, or leave the queue."""
        with self._mutex:
            if self._holder is ticket:
                self._hand_over()
            elif ticket in self._waiting:
                self._waiting.remove(ticket)

    def _hand_over(self) -> None:
        self._line.leave()
        self._holder = self._waiting.popleft() if self._waiting else None
        if self._holder:
            self._holder.called.release()

    def _wait(self, ticket: Ticket, deadline: float) -> None:
        while self._holder is not ticket:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TooLong
            if not ticket.called.acquire(timeout=min(LOOK, left)):
                self._take_from_the_dead()

    def _take_from_the_dead(self) -> None:
        with self._mutex:
            holder = self._holder
            if holder is None or not holder.is_abandoned():
                return
            writer = holder.writer()
            self._hand_over()
        if writer is not None:
            writer.undo_abandoned()


_turns: dict[str, Turn] = {}
_making = threading.Lock()


def turn_of(database: Path) -> Turn:
    """The one turn of this process for the file, whatever name it was reached by."""
    path = os.path.realpath(database)
    with _making:
        return _turns.setdefault(path, Turn(Path(path)))


def _in_a_forked_child() -> None:
    global _making
    _making = threading.Lock()
    for turn in _turns.values():
        turn.forget()


os.register_at_fork(after_in_child=_in_a_forked_child)

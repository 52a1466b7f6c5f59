"""The line of processes that want to write into one database file: first come, first served, and safe against a crash.

A process draws the next number from a small file beside the database and locks the byte of that number; its turn has
come when no smaller number is locked any more. The system lets go of the bytes of a process that dies. These are POSIX
record locks: they belong to the process, a forked child does not inherit them, and nobody else opens this file.
Where they do not work there is no line, and SQLite's own lock decides, safely but unfairly.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

# Byte 0 guards the drawing of a number, bytes 8 to 15 hold the last number drawn, number n locks byte NUMBERS + n.
DRAWING, LAST_NUMBER, NUMBERS = 0, 8, 64
# Between two looks; long enough to cost nothing, short beside the time of a write.
SHORTEST, LONGEST = 0.0001, 0.002


class TooLong(Exception):
    """The turn did not come in the time that was given."""


class Line:
    """One process's place in the line of one database file; used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._number = 0
        self._works = fcntl is not None

    def enter(self, deadline: float) -> None:
        """Wait for the turn; `TooLong` after the deadline of the monotonic clock."""
        if not self._works:
            return
        try:
            self._draw(deadline)
            self._wait_for(lambda: self._locks(fcntl.LOCK_SH, NUMBERS, self._number), deadline)
            self._unlock(NUMBERS, self._number)
        except TooLong:
            self.leave()
            raise
        except OSError:
            self._give_up()

    def leave(self) -> None:
        """Let the next one have the turn."""
        if self._works and self._number:
            self._unlock(NUMBERS + self._number, 1)
            self._number = 0

    def _give_up(self) -> None:
        """Locks do not work here. Closing the file lets go of every byte, so that nobody waits for this process."""
        self._works, self._number = False, 0
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _draw(self, deadline: float) -> None:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        self._wait_for(lambda: self._locks(fcntl.LOCK_EX, DRAWING, 1), deadline)
        try:
            number = 1 + int.from_bytes(os.pread(self._file, 8, LAST_NUMBER))
            while not self._locks(fcntl.LOCK_EX, NUMBERS + number, 1):
                number += 1  # only when a number drawn was not written down, or somebody has damaged the file
            self._number = number
            # On a full disk the number stays unwritten: the next one finds its byte locked and takes the one after.
            with suppress(OSError):
                os.pwrite(self._file, number.to_bytes(8), LAST_NUMBER)
        finally:
            self._unlock(DRAWING, 1)

    def _locks(self, kind: int, start: int, length: int) -> bool:
        assert self._file is not None
        try:
            fcntl.lockf(self._file, kind | fcntl.LOCK_NB, length, start)
        except (BlockingIOError, PermissionError):  # POSIX allows either answer
            return False
        return True

    def _unlock(self, start: int, length: int) -> None:
        assert self._file is not None
        fcntl.lockf(self._file, fcntl.LOCK_UN, length, start)

    @staticmethod
    def _wait_for(come: Callable[[], bool], deadline: float) -> None:
        pause = SHORTEST
        while not come():
            if time.monotonic() > deadline:
                raise TooLong
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST)

"""How far the record of what happened has come, noted outside of the database: so a database that was put back by an
older copy, lost its last commits or gave way to a follower that lagged behind is noticed.

Nouns: Mark (an event that was committed: position, hash, moment), the file of marks (the last ROOM of them, each signed
with the centre's secret), Lost (which of them the database lacks).
A mark is written after the commit and not flushed: after a power cut it may be behind the database, never ahead of it.
It mends nothing; who noticed says so, and from then on this process records nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

TABLE = "kernel_event"
# So many of the last events; their places are taken in turn, so that no process waits for another to write.
ROOM = 256
SIGN = 32
LINE = 20 + 1 + 64 + 1 + 20 + 1 + SIGN + 1


@dataclass(frozen=True, slots=True)
class Mark:
    """An event that was committed, so that people may have been told of it."""

    position: int
    hash: str
    at: datetime

    def __str__(self) -> str:
        said = f"{self.position:>20} {self.hash:<64} {self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return f"{said} {_sign(said)}\n"


@dataclass(frozen=True, slots=True)
class Lost:
    """The newest event that was committed and is not in the database, and the newest that is; None when it is empty."""

    last: Mark
    there: Mark | None

    @property
    def events(self) -> int:
        """How many events are missing at most; at least one."""
        return max(1, self.last.position - (self.there.position if self.there else 0))


class GoneBack(OperationalError):
    """The database lacks what it had committed; nothing more is recorded in it until somebody has decided."""


class _Seen:
    """What this process knows: its highest committed event, whether it has compared since it last connected, and what
    it found missing.
    """

    highest = 0
    compared = False
    lost: Lost | None = None


_seen = _Seen()


# --- noting ----------------------------------------------------------------------------------------------------
def expect(position: int) -> None:
    """Before this new event is committed: it comes after all that were. Raises GoneBack."""
    if _file() is None or (_seen.compared and _seen.lost is None and position > _seen.highest):
        return
    if lost() is not None:
        raise GoneBack("the database lacks events that it had committed")


def note(position: int, digest: str, at: datetime) -> None:
    """This event was committed. A file that cannot be written keeps nobody from anything: the mark then lags."""
    file = _file()
    if file is None:
        return
    _seen.highest = max(_seen.highest, position)
    with suppress(OSError):
        descriptor = _opened(file)
        try:
            os.pwrite(descriptor, str(Mark(position, digest, at)).encode(), position % ROOM * LINE)
        finally:
            os.close(descriptor)


@contextmanager
def decided() -> Iterator[None]:
    """Meanwhile events are recorded although some are missing: the event that says so."""
    _seen.highest, _seen.compared, _seen.lost = 0, True, None
    try:
        yield
    finally:
        forget()


def begin_anew() -> None:
    """What the database holds now is what counts from now on: somebody has decided so."""
    file, last = _file(), newest()
    forget()
    if file is None:
        return
    file.unlink(missing_ok=True)
    if last is not None:
        note(last.position, last.hash, last.at)
        os.sync()


def compare_again() -> None:
    """Before the next event is recorded: this may be another database."""
    _seen.compared = False


def forget() -> None:
    """As a process that has just begun."""
    _seen.highest, _seen.compared, _seen.lost = 0, False, None


def _opened(file: Path) -> int:
    try:
        return os.open(file, os.O_WRONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        _make(file)
        return os.open(file, os.O_WRONLY | os.O_CLOEXEC)


def _make(file: Path) -> None:
    """Empty lines first: later a mark needs no new room, even where the disk is full."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with part.open("wb") as made:
        made.write((b" " * (LINE - 1) + b"\n") * ROOM)
        made.flush()
        os.fsync(made.fileno())
    try:
        os.link(part, file)
    except FileExistsError:
        pass
    finally:
        part.unlink()


# --- comparing -------------------------------------------------------------------------------------------------
def lost() -> Lost | None:
    """What was committed and is not there; remembered by this process once it is seen."""
    if _seen.lost is None:
        _seen.lost = _compared(marks())
        _seen.compared = True
    return _seen.lost


def marks() -> list[Mark]:
    """Every mark that can be read, the oldest first; none where none was ever written."""
    file = _file()
    try:
        lines = file.read_bytes().decode("ascii", "replace").splitlines() if file else []
    except FileNotFoundError:
        return []
    return sorted((mark for each in lines if (mark := _read(each))), key=lambda mark: mark.position)


def is_unreadable() -> bool:
    """There is a file of marks, and not one of them is of this centre's secret."""
    file = _file()
    return file is not None and file.exists() and not marks() and bool(file.read_bytes().strip())


def newest() -> Mark | None:
    """The last event of the database."""
    rows = _asked(f"SELECT position, hash, at FROM {TABLE} ORDER BY position DESC LIMIT 1", [])  # noqa: S608 - our own name
    return _mark(*rows[0]) if rows else None


def _compared(known: list[Mark]) -> Lost | None:
    if not known:
        return None
    places = ", ".join(["%s"] * len(known))
    wanted = f"SELECT position, hash FROM {TABLE} WHERE position IN ({places})"  # noqa: S608 - our own name
    there = {row[0]: row[1] for row in _asked(wanted, [mark.position for mark in known])}
    absent = [mark for mark in known if there.get(mark.position) != mark.hash]
    return Lost(absent[-1], newest()) if absent else None


def _asked(question: str, values: list[int]) -> list[tuple[object, ...]]:
    """Rows of the table of events; none where there is no such table."""
    if TABLE not in connection.introspection.table_names():
        return []
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


def _mark(position: object, digest: object, at: object) -> Mark:
    """SQLite gives moments as text, in UTC."""
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    return Mark(int(str(position)), str(digest), moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _read(line: str) -> Mark | None:
    """The mark of a line; None for an empty, torn or foreign one."""
    said, _blank, sign = line.rpartition(" ")
    if len(line) != LINE - 1 or not any(hmac.compare_digest(sign.encode(), each.encode()) for each in _signs(said)):
        return None
    position, digest, at = said.split()
    return Mark(int(position), digest, datetime.fromisoformat(at))


def _sign(said: str) -> str:
    return next(_signs(said))


def _signs(said: str) -> Iterator[str]:
    """By the secret in use, then by those that were renewed."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield hmac.new(secret.encode(), b"high-water " + said.encode(), hashlib.sha256).hexdigest()[:SIGN]


def _file() -> Path | None:
    """Where the marks are; None where none are kept."""
    return Path(settings.HIGH_WATER) if settings.HIGH_WATER else None

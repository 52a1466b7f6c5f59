"""Which servers run on this data folder: each holds the lock of a file of its own while one of its processes lives."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PATIENCE = 30.0


def _folder() -> Path:
    return Path(settings.MOTCUA_DATA) / "serving"


@contextmanager
def serving() -> Iterator[None]:
    """Meanwhile this process counts as a server."""
    _folder().mkdir(exist_ok=True)
    file = _folder() / str(os.getpid())
    with file.open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            yield
        finally:
            file.unlink(missing_ok=True)


def servers() -> list[int]:
    """The process numbers of the servers that live; what dead ones left is removed."""
    found = []
    for file in _folder().glob("[0-9]*"):
        with file.open("r") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                found.append(int(file.name))
            else:
                file.unlink(missing_ok=True)
    return found


def stop_all() -> bool:
    """Ask every server to end, and wait; whether all have."""
    for number in servers():
        try:
            os.kill(number, signal.SIGTERM)
        except ProcessLookupError:
            continue
    deadline = time.monotonic() + PATIENCE
    while servers():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True

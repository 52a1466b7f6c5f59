"""Getting the database ready before a command uses it: can it be written, is it ours, is it up to date, what is in it.

Nouns: state (empty, half-made, demo, real). Before a migration touches a SQLite file, a copy of it is kept.
It does not make a centre; `setup` and `demo` do.
"""

import enum
import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from motcua.config.checks import machine
from motcua.config.cli import standing
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.config.program import renewal
from motcua.kernel import highwater, organisation
from motcua.kernel.organisation import Installation

COPIES_KEPT = 5
# Between two looks whether another command has ended.
LOOK = 0.2


class State(enum.Enum):
    """What a database holds."""

    EMPTY = "empty"
    HALF_MADE = "half-made"
    DEMO = "demo"
    REAL = "real"


@contextmanager
def alone(work: str = "making", patience: float = 0) -> Iterator[None]:
    """While one command changes tables, makes a centre or copies it, another says so instead of doing it, too; or
    waits so many seconds first.
    """
    _data_folder_can_be_written()
    with (Path(settings.MOTCUA_DATA) / f"{work}.lock").open("w") as lock:
        _wait_for(lock, time.monotonic() + patience)
        yield


def _wait_for(lock: IO[str], deadline: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            if time.monotonic() >= deadline:
                raise _another_works() from taken
            time.sleep(LOOK)
        else:
            return


def _another_works() -> CannotRun:
    return CannotRun(
        _("Another motcua command is working on this database: wait until it ends, then run this one again.")
    )


def prepare(at: datetime, *, as_it_is: bool = False) -> None:
    """Bring the database up to the code, or say in one sentence why that cannot be. Inside `alone`; `as_it_is` where
    somebody has decided to go on although something is missing.
    """
    _no_update_is_open()
    if not as_it_is:
        standing.nothing_is_missing()
    executor = MigrationExecutor(connection)
    is_not_newer(executor.loader)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    standing.no_older_server(plan[0][0].name)
    if executor.loader.applied_migrations:
        kept = keep_copy(plan[0][0].name, at)
        if kept:
            print(_("A copy of the database was kept before the update: {file}").format(file=kept))
    call_command("migrate", interactive=False, verbosity=0)


def state() -> State:
    """What this database holds; only after `prepare`."""
    found = Installation.objects.first()
    if found is None:
        return State.EMPTY
    if found.ready_at is None:
        return State.HALF_MADE
    return State.DEMO if found.demo else State.REAL


def keep_copy(reason: str, at: datetime) -> Path | None:
    """A whole copy of the SQLite file beside it; None on PostgreSQL, whose copies are its keeper's."""
    if connection.vendor != "sqlite":
        return None
    folder = _backups()
    target = folder / f"before-{reason}-{at:%Y%m%d-%H%M%S}.sqlite3"
    half = target.with_suffix(".part")
    half.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(half)])
    half.replace(target)
    for old in sorted(folder.glob("before-*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-COPIES_KEPT]:
        old.unlink()
    return target


def put_aside(at: datetime) -> None:
    """Move a half-made demonstration out of the way and begin with an empty file; nothing is deleted."""
    if connection.vendor != "sqlite":
        raise CannotRun(
            _("This PostgreSQL database holds a half-made demonstration: empty it, then run motcua demo again.")
        )
    connection.close()
    file = Path(connection.settings_dict["NAME"])
    target = _backups() / f"half-made-{at:%Y%m%d-%H%M%S}.sqlite3"
    for suffix in ("", "-wal", "-shm"):
        part = Path(f"{file}{suffix}")
        if part.exists():
            part.replace(f"{target}{suffix}")
    organisation.forget_installation()
    highwater.begin_anew()
    print(_("A half-made demonstration was put aside: {file}").format(file=target))


def _backups() -> Path:
    folder = Path(settings.MOTCUA_DATA) / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _data_folder_can_be_written() -> None:
    """Tried with a real file, because rights, quotas and read-only mounts all look different from outside."""
    folder = Path(settings.MOTCUA_DATA)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor, name = tempfile.mkstemp(dir=folder)
    except OSError as error:
        error.filename = str(folder)
        raise
    os.close(descriptor)
    Path(name).unlink()


def _no_update_is_open() -> None:
    """Between the copy of an update and its end the tables are nobody else's; whoever holds the lock and finds one open
    knows that it was cut off.
    """
    last = renewal.last(Path(settings.MOTCUA_DATA))
    if last and last.is_open:
        raise CannotRun(_("An update was cut off in the middle: run motcua update, which first goes back to its copy."))


def is_not_newer(loader: MigrationLoader | None = None) -> None:
    """The tables are not of a later version than this program, which would not understand them."""
    unknown = machine.of_a_newer_program(loader or MigrationLoader(connection))
    if unknown:
        raise CannotRun(
            _(
                "This database was last used by a newer Một Cửa ({migration}): install that version or a later one. "
                "Nothing was changed."
            ).format(migration=".".join(min(unknown)))
        )

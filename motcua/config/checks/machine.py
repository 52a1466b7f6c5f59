"""The machine: the folder, the disk, the clock, the database and its settings."""

import ctypes
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.config.checks.findings import SUPPORT, Finding, fault, ok, warning
from motcua.config.engine import library, mounts
from motcua.kernel import ledger

TOO_LITTLE, LITTLE = 200 * 1024**2, 2 * 1024**3
TOLERATED_DRIFT = timedelta(minutes=1)
OLDEST_POSTGRESQL = 15
# Counts on while the machine sleeps.
SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
STOP_WORK = _("Stop work here until it is mended.")


def data_folder() -> Iterator[Finding]:
    """The folder of the centre can be written to."""
    folder: Path = settings.MOTCUA_DATA
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            yield ok("data_folder", _("The data folder {folder} can be written to."), folder=folder)
    except OSError as error:
        sentence = _("Nothing can be written to the data folder {folder} ({detail}).")
        advice = _("Give the account that runs motcua the right to write there, or make room on the disk.")
        yield fault("data_folder", sentence, advice, folder=folder, detail=error.strerror)


def disk() -> Iterator[Finding]:
    """There is room, on a disk of this machine."""
    folder: Path = settings.MOTCUA_DATA
    if not folder.exists():
        return
    kind = mounts.kind_of_file_system(folder)
    if mounts.is_over_a_network(kind) and connection.vendor == "sqlite":
        sentence = _("The data folder lies on a network drive ({kind}), where a database file can be destroyed.")
        yield fault("disk_kind", sentence, _("Move it to a disk of this machine."), kind=kind)
    free = shutil.disk_usage(folder).free
    said = {"free": f"{free / 1024**3:.1f}"}
    room = _("{free} GB are free on the disk.")
    if free < TOO_LITTLE:
        advice = _("Make room now: soon nothing can be kept any more. Delete nothing in the data folder itself.")
        yield fault("disk", room, advice, **said)
    elif free < wanted():
        advice = _("Make room soon, or move what does not belong to the centre to another disk.")
        yield warning("disk", room, advice, **said)
    else:
        yield ok("disk", room, **said)


def wanted() -> int:
    """How much ought to be free: the nightly copy and its trial need the size of the database each."""
    return max(LITTLE, 2 * _size_of_the_database())


def _size_of_the_database() -> int:
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        return file.stat().st_size if file.exists() else 0
    return int(_answer("SELECT pg_database_size(current_database())"))


def engine() -> Iterator[Finding]:
    """The database keeps what it has committed, through a power cut too."""
    yield _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _sqlite() -> Finding:
    version = connection.Database.sqlite_version_info  # type: ignore[attr-defined]
    journal, synchronous = _answer("PRAGMA journal_mode"), int(_answer("PRAGMA synchronous"))
    said = {"version": ".".join(map(str, version)), "journal": journal}
    install = _("Install the Python package pysqlite3 and start the centre again.")
    if journal == "wal" and not library.log_is_safe(version):
        sentence = _("SQLite {version} with the journal {journal} can lose committed records.")
        return fault("engine", sentence, install, SUPPORT, **said)
    if journal in {"off", "memory"} or synchronous < 2:
        sentence = _("SQLite {version} with the journal {journal} is not set to survive a power cut.")
        return fault("engine", sentence, STOP_WORK, SUPPORT, **said)
    if not library.log_is_safe(version):
        sentence = _("SQLite {version} is old, so it works safely but slowly (journal {journal}).")
        return warning("engine", sentence, install, **said)
    return ok("engine", _("SQLite {version} with the journal {journal} keeps what it has committed."), **said)


def _postgresql() -> Finding:
    version = int(_answer("SHOW server_version_num")) // 10000
    if version < OLDEST_POSTGRESQL:
        sentence, advice = _("PostgreSQL {version} is too old."), _("Bring it to version 15 or newer.")
        return fault("engine", sentence, advice, version=version)
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if _answer(f"SHOW {name}") == "off"]
    if off:
        sentence = _("PostgreSQL is not set to survive a power cut: {settings} is off.")
        return fault("engine", sentence, _("Switch it on and restart PostgreSQL."), settings=", ".join(off))
    return ok("engine", _("PostgreSQL {version} keeps what it has committed."), version=version)


def _answer(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


def database_file() -> Iterator[Finding]:
    """The file of the database is whole."""
    if connection.vendor != "sqlite":
        return
    found = _answer("PRAGMA quick_check(1)")
    if found == "ok":
        yield ok("database_file", _("The file of the database is whole."))
    else:
        sentence = _("The file of the database is damaged: {detail}.")
        advice = _("Stop work here and restore the newest copy: motcua restore says how.")
        yield fault("database_file", sentence, advice, SUPPORT, detail=found)


def migrations() -> Iterator[Finding]:
    """The tables are those of this version."""
    executor = MigrationExecutor(connection)
    if of_a_newer_program(executor.loader):
        sentence = _("The tables are of a newer version than this program: an old server still runs, or was started.")
        yield fault("migrations", sentence, _("Stop every motcua serve and start the new one."))
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
        sentence = _("The tables are older than this version of the program.")
        yield fault("migrations", sentence, _("Run “motcua update” once: it keeps a copy and renews them."))
    else:
        yield ok("migrations", _("The tables are those of this version."))


def of_a_newer_program(loader: MigrationLoader) -> set[tuple[str, str]]:
    """What was done to the tables by a version that this program does not know."""
    rooms = {app.label for app in apps.get_app_configs() if app.name.startswith("motcua.")}
    return {key for key in loader.applied_migrations if key[0] in rooms} - set(loader.disk_migrations)


def clock() -> Iterator[Finding]:
    """The clock of the machine is not behind what has happened already, and has not jumped within the hour."""
    last, now = ledger.last_moment(), timezone.now()
    jump = _jumps.of_the_hour(now, time.clock_gettime(SINCE_BOOT))
    if last is not None and last > now + TOLERATED_DRIFT:
        sentence = _("The clock of this machine says {now}, but something was recorded at {last} already.")
        advice = _("Set the clock right; due dates and numbers of the day come from it.")
        yield fault("clock", sentence, advice, now=_moment(now), last=_moment(last))
    elif jump:
        sentence = _("The clock of this machine jumped by {minutes} minutes within the last hour; it says {now}.")
        advice = _("Compare it with a telephone. If it is wrong or jumps again, let the network set it.")
        yield warning("clock", sentence, advice, now=_moment(now), minutes=round(jump.total_seconds() / 60))
    elif not _is_set_by_the_network():
        sentence = _("The clock of this machine says {now}; nothing sets it over the network.")
        yield ok("clock", sentence, now=_moment(now))
    else:
        yield ok("clock", _("The clock of this machine says {now}."), now=_moment(now))


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y")


class Jumps:
    """Tells a jump of the clock from time that has passed, by a second clock that nobody sets."""

    def __init__(self) -> None:
        self._before: tuple[datetime, float] | None = None
        self._last: tuple[datetime, timedelta] | None = None

    def of_the_hour(self, now: datetime, seconds: float) -> timedelta | None:
        """By how much it jumped within the last hour, if it did; asked again and again."""
        if self._before is not None:
            jump = now - self._before[0] - timedelta(seconds=seconds - self._before[1])
            if abs(jump) > TOLERATED_DRIFT:
                self._last = (now, jump)
        self._before = (now, seconds)
        if self._last is None or not self._last[0] <= now < self._last[0] + timedelta(hours=1):
            return None
        return self._last[1]


_jumps = Jumps()


def _is_set_by_the_network() -> bool:
    """What the system says of its clock, whichever program sets it; True where it cannot be asked."""
    try:
        ask = ctypes.CDLL(None).adjtimex
    except (OSError, AttributeError):
        return True
    # Zeros change nothing and ask; the room is larger than the structure of any system. 5: nobody sets it.
    return int(ask(ctypes.create_string_buffer(512))) != 5

"""Everything that must hold for a centre to be safe, tried one after the other: what `motcua check` says.

Nouns: check, finding (ok, warning or fault, in one sentence with whom to call).
It mends nothing and it leaves nothing behind; what it tries in the database is rolled back.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.config.engine import library, mounts
from motcua.dossiers import queries as dossiers
from motcua.kernel import ledger, outbox, protection
from motcua.oversight import queries as oversight

TOO_LITTLE, LITTLE = 200 * 1024**2, 2 * 1024**3
TOLERATED_DRIFT = timedelta(minutes=1)
OLDEST_POSTGRESQL = 15


@dataclass(frozen=True)
class Finding:
    """What one check found: a sentence for whoever looks after the centre, and whom to call if it is not well."""

    name: str
    state: Literal["ok", "warning", "fault"]
    sentence: str
    call: str = ""

    @property
    def ok(self) -> bool:
        """Whether work may go on; a warning does not stop it."""
        return self.state != "fault"


def run_checks() -> list[Finding]:
    """Every check that can be made; those of the tables only when the tables are there."""
    findings = [finding for check in OF_THE_MACHINE for finding in _tried(check)]
    if any(finding.name == "migrations" and finding.ok for finding in findings):
        findings += [finding for check in OF_THE_TABLES for finding in _tried(check)]
    return findings


def _tried(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What the check finds; a database that does not answer is a finding too."""
    try:
        yield from check()
    except DatabaseError as error:
        said = _("The database did not answer a check: {detail}.").format(detail=error)
        yield _fault(check.__name__, said, _province())


def _ok(name: str, sentence: str) -> Finding:
    return Finding(name, "ok", sentence)


def _warning(name: str, sentence: str, call: str) -> Finding:
    return Finding(name, "warning", f"{sentence} {call}", call)


def _fault(name: str, sentence: str, call: str) -> Finding:
    return Finding(name, "fault", f"{sentence} {call}", call)


def _keeper() -> str:
    return _("Call whoever looks after this machine.")


def _province() -> str:
    return _("Stop work here and call the province's technical support.")


# --- the machine -----------------------------------------------------------------------------------------------------


def data_folder() -> Iterator[Finding]:
    """The folder of the centre can be written to."""
    folder: Path = settings.MOTCUA_DATA
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            yield _ok("data_folder", _("The data folder {folder} can be written to.").format(folder=folder))
    except OSError as error:
        sentence = _("Nothing can be written to the data folder {folder} ({detail}).")
        yield _fault("data_folder", sentence.format(folder=folder, detail=error.strerror), _keeper())


def disk() -> Iterator[Finding]:
    """There is room, on a disk of this machine."""
    folder: Path = settings.MOTCUA_DATA
    if not folder.exists():
        return
    kind = mounts.kind_of_file_system(folder)
    if mounts.is_over_a_network(kind) and connection.vendor == "sqlite":
        sentence = _("The data folder lies on a network drive ({kind}), where a database file can be destroyed.")
        yield _fault("disk", sentence.format(kind=kind), _keeper())
    free = shutil.disk_usage(folder).free
    room = _("{free} GB are free on the disk.").format(free=f"{free / 1024**3:.1f}")
    if free < TOO_LITTLE:
        yield _fault("disk", room + " " + _("Soon nothing can be kept any more."), _keeper())
    elif free < LITTLE:
        yield _warning("disk", room + " " + _("Make room soon."), _keeper())
    else:
        yield _ok("disk", room)


def engine() -> Iterator[Finding]:
    """The database keeps what it has committed, through a power cut too."""
    yield _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _sqlite() -> Finding:
    version = connection.Database.sqlite_version_info  # type: ignore[attr-defined]
    journal, synchronous = _answer("PRAGMA journal_mode"), int(_answer("PRAGMA synchronous"))
    said = {"version": ".".join(map(str, version)), "journal": journal}
    if journal == "wal" and not library.log_is_safe(version):
        sentence = _("SQLite {version} with the journal {journal} can lose committed records: install pysqlite3.")
        return _fault("engine", sentence.format(**said), _province())
    if journal in {"off", "memory"} or synchronous < 2:
        sentence = _("SQLite {version} with the journal {journal} is not set to survive a power cut.")
        return _fault("engine", sentence.format(**said), _province())
    if not library.log_is_safe(version):
        sentence = _("SQLite {version} is old, so it works safely but slowly (journal {journal}): install pysqlite3.")
        return _warning("engine", sentence.format(**said), _keeper())
    sentence = _("SQLite {version} with the journal {journal} keeps what it has committed.")
    return _ok("engine", sentence.format(**said))


def _postgresql() -> Finding:
    version = int(_answer("SHOW server_version_num")) // 10000
    if version < OLDEST_POSTGRESQL:
        sentence = _("PostgreSQL {version} is too old; 15 or newer is needed.")
        return _fault("engine", sentence.format(version=version), _keeper())
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if _answer(f"SHOW {name}") == "off"]
    if off:
        sentence = _("PostgreSQL is not set to survive a power cut: {settings} must be on.")
        return _fault("engine", sentence.format(settings=", ".join(off)), _keeper())
    return _ok("engine", _("PostgreSQL {version} keeps what it has committed.").format(version=version))


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
        yield _ok("database_file", _("The file of the database is whole."))
    else:
        sentence = _("The file of the database is damaged: {detail}.")
        yield _fault("database_file", sentence.format(detail=found), _province())


def migrations() -> Iterator[Finding]:
    """The tables are those of this version."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        sentence = _("The tables are older than this version of the program: run “motcua serve” once to renew them.")
        yield _fault("migrations", sentence, _keeper())
    else:
        yield _ok("migrations", _("The tables are those of this version."))


# --- the tables ------------------------------------------------------------------------------------------------------


def kept_rows() -> Iterator[Finding]:
    """What must never change cannot be changed: the triggers are there, and really refuse."""
    absent, passed = protection.missing(connection), protection.unrefused(connection)
    if absent or passed:
        sentence = _("The database would let records be changed that must never change: {detail}.")
        yield _fault("kept_rows", sentence.format(detail=", ".join([*absent, *passed])), _province())
    else:
        yield _ok("kept_rows", _("The database refuses to change or delete what must never change; it was tried."))


def chains() -> Iterator[Finding]:
    """The record of what happened is unbroken."""
    broken = next(ledger.breaks(), None)
    if broken:
        sentence = _("The record of what happened is broken: {detail}.")
        yield _fault("chains", sentence.format(detail=broken), _province())
    else:
        yield _ok("chains", _("The record of what happened is unbroken."))


def numbers() -> Iterator[Finding]:
    """Every number stands for a filing, and somebody has the dossier until it is finished."""
    wrong = next(dossiers.inconsistencies(), None)
    if wrong:
        yield _fault("numbers", _("A dossier does not hold together: {detail}.").format(detail=wrong), _province())
    else:
        yield _ok("numbers", _("Every number has its filing and, until it is finished, an open step."))


def difficulties() -> Iterator[Finding]:
    """Whatever was raised is somebody's open step until it is over."""
    wrong = next(oversight.inconsistencies(), None)
    if wrong:
        yield _fault(
            "difficulties", _("A difficulty does not hold together: {detail}.").format(detail=wrong), _province()
        )
    else:
        yield _ok("difficulties", _("Every difficulty is somebody's open step until it is over."))


def deliveries() -> Iterator[Finding]:
    """Nothing waits for a person that should have reached somebody."""
    stuck = outbox.stuck()
    if stuck.exists():
        sentence = _("{count} messages did not arrive and will not be tried again by themselves, the first: {detail}.")
        first = stuck[0]
        said = {"count": stuck.count(), "detail": f"{first.key} ({first.state}: {first.failure})"}
        yield _warning("deliveries", sentence.format(**said), _keeper())
    else:
        yield _ok("deliveries", _("No message is stuck."))


def clock() -> Iterator[Finding]:
    """The clock of the machine is not behind what has happened already."""
    last, now = ledger.last_moment(), timezone.now()
    if last is not None and last > now + TOLERATED_DRIFT:
        sentence = _("The clock of this machine says {now}, but something was recorded at {last} already.")
        moments = {"now": _moment(now), "last": _moment(last)}
        yield _fault("clock", sentence.format(**moments), _keeper())
    else:
        yield _ok("clock", _("The clock of this machine says {now}.").format(now=_moment(now)))


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y")


OF_THE_MACHINE = (data_folder, disk, engine, database_file, migrations)
OF_THE_TABLES = (kept_rows, chains, numbers, difficulties, deliveries, clock)

"""A copy of the PostgreSQL database of one moment, by its own programs, and a restored one beside the living."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import ProgrammingError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.config.backup import beside, facts

FILE = "database.dump"
# Whoever restores it owns it.
PLAIN = ("--no-owner", "--no-privileges")
# How the schemas begin that a restore puts aside (config.backup.restore).
ASIDE = "aside_"


class ProgramMissing(Exception):
    """pg_dump or pg_restore is not installed, or refused; the message is what it said."""


class MayNot(ProgramMissing):
    """The account may not make a database, so nothing can be restored beside the living one."""


def dump(folder: Path) -> tuple[Path, dict[str, str], Iterator[tuple[str, int]]]:
    """Write the database of this moment into the folder: its file, its facts, its papers. Nobody waits for it.

    A transaction of its own holds the moment and lends it to pg_dump.
    """
    target, reader = folder / FILE, connection.copy("copying")
    try:
        with reader.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot(), current_schema()")
            snapshot, schema = cursor.fetchone()
            if schema != "public":
                raise ProgramMissing(f"the schema {schema} is not copied from here: its keeper copies the whole server")
            # What an earlier restore put aside is nobody's centre any more, and must not come along.
            wanted = ("--format=custom", f"--exclude-schema={ASIDE}*", f"--snapshot={snapshot}", f"--file={target}")
            _run("pg_dump", *PLAIN, *wanted, name=_name())
            ask = _asking(reader)
            counted = facts.facts(ask, connection.introspection.table_names())
            papers = list(facts.papers(ask))
            cursor.execute("ROLLBACK")
    finally:
        reader.close()
    return target, counted, iter(papers)


def _asking(reader: BaseDatabaseWrapper) -> facts.Ask:
    def ask(sql: str) -> list[tuple[object, ...]]:
        with reader.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    return ask


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str, name: str) -> None:
    """Run one of the server's programs on this database; the password stands in the environment, never in the line."""
    path = shutil.which(program)
    if path is None:
        raise ProgramMissing(f"{program} is not installed")
    known = connection.settings_dict
    given = {"PGHOST": known["HOST"], "PGPORT": known["PORT"], "PGUSER": known["USER"], "PGPASSWORD": known["PASSWORD"]}
    environment = os.environ | {key: str(value) for key, value in given.items() if value}
    done = subprocess.run(
        [path, *arguments, f"--dbname={name}"], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ProgramMissing(f"{program}: {(done.stderr.strip().splitlines() or ['?'])[-1]}")


def fill(dump: Path, name: str) -> None:
    """Restore the dump into the empty database of this name."""
    _run("pg_restore", *PLAIN, "--exit-on-error", "--single-transaction", str(dump), name=name)


def lay_down(dump: Path, folder: Path) -> Path:
    """The restored database: a new one on the same server; its name is the folder's."""
    name = f"motcua_{folder.name}".replace("-", "_").lower()
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    except ProgrammingError as refused:
        raise MayNot(str(refused).strip()) from refused
    try:
        fill(dump, name)
    except ProgramMissing:
        drop(Path(name))
        raise
    return Path(name)


@contextmanager
def opened(database: Path) -> Iterator[BaseDatabaseWrapper]:
    """The restored database beside the living one; dropped afterwards."""
    try:
        with beside.opened(str(database)) as restored:
            yield restored
    finally:
        drop(database)


def put_aside(name: str) -> None:
    """Leave what the database holds in a schema of this name, and begin with an empty one."""
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER SCHEMA public RENAME TO "{name}"')
        cursor.execute("CREATE SCHEMA public")


def put_back(name: str) -> None:
    """What was put aside is again what the database holds."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute(f'ALTER SCHEMA "{name}" RENAME TO public')


def drop(database: Path) -> None:
    """Take the restored database away again."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}"')


def faults(restored: BaseDatabaseWrapper) -> Iterator[str]:
    """What the engine itself finds: it has checked every key while it restored."""
    yield from ()

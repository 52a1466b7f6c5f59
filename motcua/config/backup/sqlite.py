"""A copy of the SQLite file as it is in one moment, and a restored one opened beside the living one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.config.backup import beside, facts

FILE = "database.sqlite3"


def dump(folder: Path) -> tuple[Path, dict[str, str], Iterator[tuple[str, int]]]:
    """Write the database of this moment into the folder: its file, its facts, its papers. Nobody waits for it.

    A reader of its own holds the moment: what is counted and what is copied is the same, whatever is written meanwhile.
    """
    target = folder / FILE
    with closing(connection.Database.connect(str(connection.settings_dict["NAME"]))) as reader:  # type: ignore[attr-defined]
        reader.isolation_level = None
        reader.execute("PRAGMA query_only = ON")
        reader.execute("BEGIN")
        counted = facts.facts(reader.execute, connection.introspection.table_names())
        papers = list(facts.papers(reader.execute))
        with closing(connection.Database.connect(str(target))) as writer:  # type: ignore[attr-defined]
            reader.backup(writer)
        reader.execute("ROLLBACK")
    _without_what_was_erased(target)
    return target, counted, iter(papers)


def _without_what_was_erased(file: Path) -> None:
    """One plain file, without the pages that are free: what was erased by law is not carried along in them."""
    with closing(connection.Database.connect(str(file))) as own:  # type: ignore[attr-defined]
        own.execute("PRAGMA journal_mode = DELETE")
        own.isolation_level = None
        own.execute("VACUUM")


def lay_down(dump: Path, folder: Path) -> Path:
    """The restored database, in this folder."""
    target = folder / FILE
    shutil.copyfile(dump, target)
    return target


def opened(database: Path) -> AbstractContextManager[BaseDatabaseWrapper]:
    """The restored database beside the living one."""
    return beside.opened(str(database))


def faults(restored: BaseDatabaseWrapper) -> Iterator[str]:
    """What the engine itself finds in the restored file."""
    with restored.cursor() as cursor:
        for (said,) in cursor.execute("PRAGMA integrity_check(3)").fetchall():
            if said != "ok":
                yield str(said)
        for table, row, parent, _number in cursor.execute("PRAGMA foreign_key_check").fetchmany(3):
            yield f"{table} {row}: {parent}"

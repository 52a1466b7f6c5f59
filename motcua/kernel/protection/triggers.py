"""Putting the triggers in place, finding those that are absent, and lifting them for the one work that needs it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.kernel.protection import postgres, sqlite
from motcua.kernel.protection.declared import KEPT, PREFIX, Kept


def install(connection: BaseDatabaseWrapper, tables: Collection[str] | None = None) -> None:
    """Make every trigger (of these tables, or of all) that is absent or differs. After each migrate: SQLite drops them
    when it rebuilds a table.
    """
    there = _existing(connection)
    for kept in kept_tables(connection):
        if tables is not None and kept.table not in tables:
            continue
        if any(there.get(trigger) != state for trigger, state in _expected(connection, kept).items()):
            _create(connection, kept)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are absent or not as they ought to be; tables that do not exist yet are not counted."""
    there = _existing(connection)
    return [
        trigger
        for kept in kept_tables(connection)
        for trigger, state in _expected(connection, kept).items()
        if there.get(trigger) != state
    ]


@contextmanager
def lifted(connection: BaseDatabaseWrapper, tables: Collection[str] | None = None) -> Iterator[None]:
    """Without the triggers (of these tables, or of all), which return afterwards: for rebuilding a table on SQLite, and
    for emptying a test's.
    """
    dialect = postgres if connection.vendor == "postgresql" else sqlite
    there = [trigger for trigger in _existing(connection) if tables is None or _table(trigger) in tables]
    _run(connection, [statement for trigger in there for statement in dialect.drop(trigger)])
    try:
        yield
    finally:
        install(connection, tables)


def _table(trigger: str) -> str:
    return trigger.removeprefix(PREFIX).rpartition("_")[0]


def kept_tables(connection: BaseDatabaseWrapper) -> list[Kept]:
    """The kept tables that this database has already."""
    there = set(connection.introspection.table_names())
    return [kept for table, kept in sorted(KEPT.items()) if table in there]


def _existing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return postgres.existing(connection) if connection.vendor == "postgresql" else sqlite.existing(connection)


def _expected(connection: BaseDatabaseWrapper, kept: Kept) -> dict[str, str]:
    return postgres.expected(kept) if connection.vendor == "postgresql" else sqlite.expected(connection, kept)


def _create(connection: BaseDatabaseWrapper, kept: Kept) -> None:
    if connection.vendor == "postgresql":
        _run(connection, postgres.create(kept))
        return
    for trigger, sql in sqlite.expected(connection, kept).items():
        _run(connection, [*sqlite.drop(trigger), sql])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

"""The refusals, tried in earnest: each forbidden statement on a real row, in a transaction that is rolled back."""

# ruff: noqa: S608 - every name in these statements comes from the models, none from outside.

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.kernel.protection.declared import IS_KEPT, Kept, is_draft, name, text
from motcua.kernel.protection.triggers import kept_tables


def unrefused(connection: BaseDatabaseWrapper) -> list[str]:
    """The forbidden acts that the database let pass, each like "DELETE kernel_event"; an empty table proves nothing."""
    passed = []
    with _at_its_worst(connection), transaction.atomic(using=connection.alias):
        for kept in kept_tables(connection):
            passed += [
                f"{verb} {kept.table}"
                for verb, statement in _attempts(connection, kept)
                if _passes(connection, statement)
            ]
        transaction.set_rollback(True, using=connection.alias)
    return passed


@contextmanager
def _at_its_worst(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """As a connection that has not asked SQLite for recursive triggers; on PostgreSQL, waiting for nobody for long."""
    before, after = {
        "sqlite": ("PRAGMA recursive_triggers = OFF", "PRAGMA recursive_triggers = ON"),
        "postgresql": ("SET lock_timeout = '2s'", "RESET lock_timeout"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(before)
        try:
            yield
        finally:
            cursor.execute(after)


def _passes(connection: BaseDatabaseWrapper, statement: str) -> bool:
    """Whether the statement ran; what it did is undone. Another refusal than ours counts as passing: ours is first.

    An operational trouble (a lock that was not free in time) proves nothing either way.
    """
    point = transaction.savepoint(using=connection.alias)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except OperationalError:
        return False
    except DatabaseError as refusal:
        return IS_KEPT not in str(refusal)
    else:
        return True
    finally:
        transaction.savepoint_rollback(point, using=connection.alias)


def _attempts(connection: BaseDatabaseWrapper, kept: Kept) -> Iterator[tuple[str, str]]:
    table, one = name(kept.table), _one_row(connection, kept)
    if one is None:
        return
    yield "DELETE", f"DELETE FROM {table} WHERE {one}"
    for column in _a_fixed_column(connection, kept):
        yield "UPDATE", f"UPDATE {table} SET {name(column)} = NULL WHERE {one}"
    if kept.draft:
        column, value = kept.draft
        yield "UPDATE", f"UPDATE {table} SET {name(column)} = {text(value)} WHERE {one}"
    if connection.vendor == "sqlite":
        yield "REPLACE", f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {one}"
    else:
        yield "TRUNCATE", f"TRUNCATE {table} CASCADE"


def _one_row(connection: BaseDatabaseWrapper, kept: Kept) -> str | None:
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {place} FROM {name(kept.table)} WHERE NOT {is_draft(kept)} LIMIT 1")
        row = cursor.fetchone()
    return f"{place} = {text(str(row[0]))}" if row else None


def _a_fixed_column(connection: BaseDatabaseWrapper, kept: Kept) -> Iterator[str]:
    """A column that is never empty and never changes, if the table has one beside its key."""
    free = {*kept.may_change, *(kept.blanking.columns if kept.blanking else ())}
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column(cursor, kept.table)
        described = connection.introspection.get_table_description(cursor, kept.table)
    yield from [c.name for c in described if not c.null_ok and c.name != key and c.name not in free][:1]

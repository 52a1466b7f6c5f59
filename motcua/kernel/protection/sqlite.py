"""The triggers on SQLite. They are written out from the table as it is, so that REPLACE can be refused on every key.

INSERT OR REPLACE and UPDATE OR REPLACE delete the row in their way without a delete trigger, unless the connection has
asked for recursive triggers. So the triggers before an insert and an update look for that row themselves.
"""

# ruff: noqa: S608 - every name in these statements comes from the models, none from outside.

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.kernel.protection.declared import IS_KEPT, PREFIX, Blanking, Kept, event_exists, is_draft, name, text

_INDEX = re.compile(r"\bON\s+(?:\"[^\"]+\"|\S+?)\s*\((?P<terms>.*?)\)(?:\s+WHERE\s+(?P<where>.*))?$", re.I | re.S)


@dataclass(frozen=True)
class Key:
    """What makes a row unique: columns, or (for an index on expressions) their text; perhaps only for some rows."""

    columns: tuple[str, ...]
    terms: str = ""
    where: str = ""


def existing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers of this module that the database has, with their text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {trigger: sql for trigger, sql in cursor.fetchall() if trigger.startswith(PREFIX)}


def expected(connection: BaseDatabaseWrapper, kept: Kept) -> dict[str, str]:
    """The triggers that this table ought to have."""
    columns, keys = _columns(connection, kept.table), _keys(connection, kept.table)
    conditions = {
        "insert": _replaces(kept, columns, keys),
        "update": _changes(kept, columns, keys),
        "delete": f"NOT {is_draft(kept, 'OLD.')}",
    }
    return {f"{PREFIX}{kept.table}_{verb}": _trigger(kept, verb, condition) for verb, condition in conditions.items()}


def drop(trigger: str) -> list[str]:
    """Statements that take the trigger away."""
    return [f"DROP TRIGGER IF EXISTS {name(trigger)}"]


def _trigger(kept: Kept, verb: str, condition: str) -> str:
    refused = "a row with this key is there already" if verb == "insert" else f"{verb.upper()} refused"
    return (
        f"CREATE TRIGGER {name(f'{PREFIX}{kept.table}_{verb}')} BEFORE {verb.upper()} ON {name(kept.table)}\n"
        f"FOR EACH ROW BEGIN SELECT RAISE(ABORT, {text(f'{kept.table} {IS_KEPT}: {refused}')})\nWHERE {condition}; END"
    )


def _changes(kept: Kept, columns: list[str], keys: list[Key]) -> str:
    if kept.blanking:
        return f"NOT ({_only_blanks(kept.blanking, columns)})"
    if not kept.may_change and not kept.draft:
        return "1=1"
    fixed = [column for column in columns if column not in kept.may_change]
    changed = " OR ".join(f"OLD.{name(column)} IS NOT NEW.{name(column)}" for column in fixed)
    harmed = f"NOT {is_draft(kept, 'OLD.')} AND ({changed} OR {is_draft(kept, 'NEW.')})"
    return f"({harmed})\nOR {_replaces(kept, columns, keys, other=True)}"


def _only_blanks(blanking: Blanking, columns: list[str]) -> str:
    same = [f"OLD.{name(column)} IS NEW.{name(column)}" for column in columns if column not in blanking.columns]
    blank = [
        f"(OLD.{name(column)} IS NEW.{name(column)} OR NEW.{name(column)} IS NULL"
        f" OR CAST(NEW.{name(column)} AS TEXT) IN ('', '{{}}', '[]', 'null'))"
        for column in blanking.columns
    ]
    return "\nAND ".join([*same, *blank, event_exists(blanking)])


def _replaces(kept: Kept, columns: list[str], keys: list[Key], *, other: bool = False) -> str:
    return "\nOR ".join(_row_in_the_way(kept, key, columns, other=other) for key in keys)


def _row_in_the_way(kept: Kept, key: Key, columns: list[str], *, other: bool) -> str:
    """SQL that is true when a kept row has the key of the new one. NULL is no key, as in a unique index."""
    new_row = "(SELECT " + ", ".join(f"NEW.{name(column)} AS {name(column)}" for column in columns) + ")"
    if key.terms:
        conditions = [f"({key.terms}) = (SELECT {key.terms} FROM {new_row})"]
    else:
        conditions = [f"{name(column)} = NEW.{name(column)}" for column in key.columns]
    if key.where:
        conditions += [f"({key.where})", f"EXISTS (SELECT 1 FROM {new_row} WHERE {key.where})"]
    if kept.draft:
        conditions.append(f"NOT {is_draft(kept)}")
    if other:
        conditions.append("rowid <> OLD.rowid")
    return f"EXISTS (SELECT 1 FROM {name(kept.table)} WHERE {' AND '.join(conditions)})"


def _columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA table_info({name(table)})")
        return [row[1] for row in cursor.fetchall()]


def _keys(connection: BaseDatabaseWrapper, table: str) -> list[Key]:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA table_info({name(table)})")
        primary = sorted((row[5], row[1]) for row in cursor.fetchall() if row[5])
        cursor.execute(f"PRAGMA index_list({name(table)})")
        indexes = sorted(row[1] for row in cursor.fetchall() if row[2] and row[3] != "pk")
    return [Key(tuple(column for _, column in primary)), *_index_keys(connection, indexes)]


def _index_keys(connection: BaseDatabaseWrapper, indexes: list[str]) -> Iterator[Key]:
    for index in indexes:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA index_info({name(index)})")
            columns = tuple(row[2] for row in cursor.fetchall())
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = %s", [index])
            (sql,) = cursor.fetchone()
        said = _INDEX.search(sql or "")
        terms, where = (said["terms"], said["where"] or "") if said else ("", "")
        yield Key(columns, "" if all(columns) else re.sub(r"(?i)\s+(ASC|DESC)\b", "", terms), where)

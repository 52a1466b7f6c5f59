"""What is counted in the living database in the moment that is copied, and again in the restored one: they must agree.

Facts: how many rows each of our tables has, and one digest over all events, over all filings and over all papers.
"""

# ruff: noqa: S608 - every name in these statements comes from our own models, none from outside.

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator

from django.apps import apps

Ask = Callable[[str], Iterable[tuple[object, ...]]]
# Where every row must be the same one: table, key in whose order it is read, column that stands for the row.
DIGESTS = (
    ("kernel_event", "position", "hash"),
    ("dossiers_filing", "id", "sha256"),
    ("kernel_file", "sha256", "sha256"),
)


def tables() -> list[str]:
    """Every table of our models and of the packages'."""
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed})


def facts(ask: Ask, there: Collection[str]) -> dict[str, str]:
    """Counted and digested by whatever runs a statement and gives its rows; of the tables that are there, since the
    program may be newer than they are.
    """
    own = [table for table in tables() if table in there]
    (row,) = ask(f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in own)}")
    found = {table: str(count) for table, count in zip(own, row, strict=True)}
    digests = (each for each in DIGESTS if each[0] in there)
    return found | {f"digest of {table}": _digest(ask, table, key, column) for table, key, column in digests}


def _digest(ask: Ask, table: str, key: str, column: str) -> str:
    seen = hashlib.sha256()
    for (value,) in ask(f"SELECT {column} FROM {table} ORDER BY {key}"):
        seen.update(f"{value}\n".encode())
    return seen.hexdigest()


def papers(ask: Ask) -> Iterator[tuple[str, int]]:
    """The digest and size of every paper that the database knows, in order."""
    for sha256, size in ask("SELECT sha256, size FROM kernel_file ORDER BY sha256"):
        yield str(sha256), int(str(size))


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Which facts are not the same."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))

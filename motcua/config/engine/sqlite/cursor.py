"""A cursor that waits for the connection's turn before it writes, and never before it reads."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Protocol

from django.db.backends.sqlite3.base import SQLiteCursorWrapper

_READS = re.compile(
    r"""\s*(?:
        SELECT\b | VALUES\b | EXPLAIN\b
      | WITH\b (?! .* \b(?:INSERT|UPDATE|DELETE|REPLACE)\b )
      | PRAGMA\b (?! .* \b(?: optimize | wal_checkpoint | incremental_vacuum
                          | (?:journal_mode|user_version|application_id|auto_vacuum)\s*= ) )
      | VACUUM\b .* \bINTO\b
    )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def only_reads(query: str) -> bool:
    """Whether the statement surely writes nothing. In doubt it is taken to write, which costs a moment's wait."""
    return _READS.match(query) is not None


class Queue(Protocol):
    """A connection, as its cursors see it."""

    @property
    def has_turn(self) -> bool:
        """Whether it may write now."""

    @property
    def in_raw_transaction(self) -> bool:
        """Whether SQLite is in a transaction."""

    def take_turn(self) -> None:
        """Wait until it may write."""

    def let_go_between_transactions(self) -> None:
        """Give the turn back unless SQLite is in a transaction."""


class Cursor(SQLiteCursorWrapper):
    """Django's cursor, waiting in line to write.

    Rows that a lone INSERT … RETURNING gives back are fetched at once: SQLite commits such a statement only when its
    last row is fetched, and until then the file would stay locked without anybody having the turn.
    """

    def __init__(self, raw: Any, queue: Queue) -> None:
        super().__init__(raw)
        self._queue = queue
        self._rows: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        self._rows = None
        queue = self._queue
        if not queue.has_turn:
            if only_reads(query):
                return super().execute(query, params)
            queue.take_turn()
        try:
            result = super().execute(query, params)
            if self.description is not None and not queue.in_raw_transaction:
                self._rows = iter(super().fetchall())
            return result
        finally:
            queue.let_go_between_transactions()

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        self._rows = None
        self._queue.take_turn()
        try:
            return super().executemany(query, param_list)
        finally:
            self._queue.let_go_between_transactions()

    def executescript(self, script: str) -> Any:
        self._rows = None
        self._queue.take_turn()
        try:
            return super().executescript(script)
        finally:
            self._queue.let_go_between_transactions()

    def fetchone(self) -> Any:
        return super().fetchone() if self._rows is None else next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        size = self.arraysize if size is None else size
        return super().fetchmany(size) if self._rows is None else list(islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self._rows is None else list(self._rows)

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        return super().__iter__() if self._rows is None else self._rows

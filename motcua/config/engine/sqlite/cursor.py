"""A cursor that waits for the connection's turn before it writes, and never before it reads."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.backends.sqlite3.base import SQLiteCursorWrapper

if TYPE_CHECKING:
    from motcua.config.engine.sqlite.base import DatabaseWrapper

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


class Cursor(SQLiteCursorWrapper):
    """Django's cursor, waiting in line to write.

    Rows that a lone INSERT … RETURNING gives back are fetched at once: SQLite commits such a statement only when its
    last row is fetched, and until then the file would stay locked without anybody having the turn.
    """

    def __init__(self, raw: Any, connection: "DatabaseWrapper") -> None:
        super().__init__(raw)
        self._connection_of_django = connection
        self._rows: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        self._rows = None
        connection = self._connection_of_django
        if not connection.has_turn:
            if only_reads(query):
                return super().execute(query, params)
            connection.take_turn()
        try:
            result = super().execute(query, params)
            if self.description is not None and not connection.in_raw_transaction:
                self._rows = iter(super().fetchall())
            return result
        finally:
            connection.let_go_between_transactions()

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        self._rows = None
        self._connection_of_django.take_turn()
        try:
            return super().executemany(query, param_list)
        finally:
            self._connection_of_django.let_go_between_transactions()

    def executescript(self, script: str) -> Any:
        self._rows = None
        self._connection_of_django.take_turn()
        try:
            return super().executescript(script)
        finally:
            self._connection_of_django.let_go_between_transactions()

    def fetchone(self) -> Any:
        return super().fetchone() if self._rows is None else next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        size = self.arraysize if size is None else size
        return super().fetchmany(size) if self._rows is None else list(islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self._rows is None else list(self._rows)

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        return super().__iter__() if self._rows is None else self._rows

"""Django's SQLite wrapper, with the settings of a centre and a turn taken before every write.

Waiting, not failing: with a turn for every writer, "database is locked" is said only when another program holds the
file, or when one thread would wait for itself.
"""

import os
import threading
import weakref
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base as django_base

from motcua.config.engine import files, library
from motcua.config.engine.line import TooLong
from motcua.config.engine.sqlite.cursor import Cursor
from motcua.config.engine.sqlite.schema import DatabaseSchemaEditor
from motcua.config.engine.turns import SameThread, Ticket, Turn, turn_of

PATIENCE = 20
SETTINGS = (
    "PRAGMA synchronous = FULL",  # a number is given to a person only after it would survive a power cut
    "PRAGMA recursive_triggers = ON",  # REPLACE then meets the triggers of DELETE
    "PRAGMA mmap_size = 0",  # with a memory map a read error of the disk kills the process
    "PRAGMA cache_size = -4096",  # 4 MiB a connection; the system's own cache does the rest
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 2000",
    "PRAGMA journal_size_limit = 67108864",  # after one large act the log shrinks again
    "PRAGMA secure_delete = FAST",  # what is erased by law does not linger in the pages that are written anyway
    "PRAGMA analysis_limit = 400",  # keeps PRAGMA optimize short
)
Database = django_base.Database  # type: ignore[attr-defined]
_all: weakref.WeakSet["DatabaseWrapper"] = weakref.WeakSet()
# In a forked child: the parent's open connections, which SQLite forbids to use or even to close, and their files. The
# library believes that it holds the parent's locks there, so the child must not open these files again.
_inherited: list[Any] = []
_files_of_the_parent: set[str] = set()


class DatabaseWrapper(django_base.DatabaseWrapper):
    """A connection that never meets "database is locked" while others write in turn."""

    SchemaEditorClass = DatabaseSchemaEditor
    transaction_mode: str | None
    init_commands: list[str]
    _thread_ident: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None
        self._ticket: Ticket | None = None
        self._file: tuple[int, int] | None = None
        _all.add(self)

    # --- opening and closing ---------------------------------------------------------------------------------

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        self.init_commands = [*SETTINGS, *self.init_commands]
        return {"timeout": PATIENCE, **params}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._let_go()
        self._file = None  # what lies there now is what counts for a new connection
        self._patience = float(conn_params["timeout"])
        self._turn = None if self.is_in_memory_db() else turn_of(Path(conn_params["database"]))
        if _files_of_the_parent and os.path.realpath(conn_params["database"]) in _files_of_the_parent:
            raise Database.OperationalError("this process was forked while its parent was using the database")
        raw = super().get_new_connection(conn_params)
        if self._turn is not None:
            self._choose_journal(raw)
            self._file = files.identity(conn_params["database"])
        return raw

    def _choose_journal(self, raw: Any) -> None:
        wanted = library.journal_mode(Database.sqlite_version_info)
        if raw.execute("PRAGMA journal_mode").fetchone()[0] == wanted:
            return
        # SQLite does not wait here as it does elsewhere, so this has a turn like a write.
        self.take_turn()
        try:
            raw.execute(f"PRAGMA journal_mode = {wanted}")
        finally:
            self._let_go()

    def create_cursor(self, name: str | None = None) -> Cursor:
        return self.connection.cursor(factory=lambda raw: Cursor(raw, self))  # type: ignore[no-any-return]

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._let_go()

    # --- the turn ----------------------------------------------------------------------------------------------

    @property
    def has_turn(self) -> bool:
        """Whether this connection may write now, or needs no turn because its database is in memory."""
        return self._ticket is not None or self._turn is None

    @property
    def in_raw_transaction(self) -> bool:
        """Whether SQLite itself is in a transaction, whoever began it."""
        return bool(self.connection is not None and self.connection.in_transaction)

    def take_turn(self) -> None:
        """Wait for the turn, unless this connection has it."""
        if self.has_turn or self._turn is None:
            return
        self._refuse_another_file()
        try:
            self._ticket = self._turn.take(self, self._patience)
        except TooLong:
            raise Database.OperationalError("database is locked") from None
        except SameThread:
            raise Database.OperationalError(
                "database is locked: this thread is already writing to it through another connection"
            ) from None

    def let_go_between_transactions(self) -> None:
        """Give the turn back unless SQLite is in a transaction, however that was begun or ended."""
        if self._ticket is not None and not self.in_raw_transaction:
            self._let_go()

    def undo_abandoned(self) -> None:
        """Roll back what a dead thread left, so that its lock is free at once and not at some later clean-up."""
        if self.connection is not None and not self.allow_thread_sharing:
            self.connection.rollback()

    def is_of_this_file(self) -> bool:
        """Whether what this connection has open is still what lies in its place: a file that was put there meanwhile
        has none of what is written here, and what is written here is gone when the process ends.
        """
        return self._file is None or files.identity(self.settings_dict["NAME"]) == self._file

    def _refuse_another_file(self) -> None:
        if not self.is_of_this_file():
            raise Database.OperationalError("another file was put in the place of the database")

    def _let_go(self) -> None:
        if self._ticket is not None and self._turn is not None:
            ticket, self._ticket = self._ticket, None
            self._turn.give_back(ticket)

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
            self._refuse_another_file()
        finally:
            self.let_go_between_transactions()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.let_go_between_transactions()

    # --- fork ----------------------------------------------------------------------------------------------------

    def close_if_idle(self) -> None:
        """Before a fork: leave nothing open to inherit, as far as this thread may close it."""
        mine = self._thread_ident == threading.get_ident()
        if mine and not self.is_in_memory_db() and not self.in_atomic_block and not self.in_raw_transaction:
            self.close()

    def disown(self) -> None:
        """In a forked child: put aside, untouched, what could not be closed."""
        self._ticket = None
        if self.connection is None or self.is_in_memory_db():
            return
        _inherited.append(self.connection)
        _files_of_the_parent.add(os.path.realpath(self.settings_dict["NAME"]))
        self.connection = None
        if self.in_atomic_block:
            self.closed_in_transaction = self.needs_rollback = True


def _before_a_fork() -> None:
    for connection in list(_all):
        connection.close_if_idle()


def _in_a_forked_child() -> None:
    for connection in list(_all):
        connection.disown()


os.register_at_fork(before=_before_a_fork, after_in_child=_in_a_forked_child)

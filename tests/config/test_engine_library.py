"""Which SQLite may keep a write-ahead log, and that the one in use is the exchanged one."""

import sqlite3

import pytest
from django.db import connection

from motcua.config.engine import library


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (4, 0, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6)])
def test_a_cured_sqlite_keeps_a_write_ahead_log(version: library.Version) -> None:
    assert library.journal_mode(version) == "wal"


@pytest.mark.parametrize("version", [(3, 6, 23), (3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)])
def test_a_sqlite_that_can_lose_committed_writes_keeps_a_rollback_journal(version: library.Version) -> None:
    assert library.journal_mode(version) == "truncate"


@pytest.mark.sqlite_only
def test_everybody_who_imports_sqlite_gets_the_library_the_database_is_opened_with() -> None:
    pytest.importorskip("pysqlite3")
    assert sqlite3.sqlite_version_info == connection.Database.sqlite_version_info
    assert library.log_is_safe(sqlite3.sqlite_version_info)

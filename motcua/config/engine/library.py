"""Which SQLite is spoken to, and whether its write-ahead log can be trusted.

SQLite 3.7.0 to 3.51.2 can lose committed writes when a log is reset while another connection reads it; 3.51.3, 3.50.7
and 3.44.6 have the cure. The Python package pysqlite3 carries a cured one and takes the place of the system's.
"""

import importlib
import sys

Version = tuple[int, int, int]


def exchange() -> None:
    """Let every later `import sqlite3` find pysqlite3; where it has no wheel the system's library stays."""
    try:
        better = importlib.import_module("pysqlite3")
    except ImportError:
        return
    sys.modules["sqlite3"] = better
    sys.modules["sqlite3.dbapi2"] = better.dbapi2


def log_is_safe(version: Version) -> bool:
    """Whether this SQLite keeps every committed write in WAL mode."""
    if version >= (3, 51, 0):
        return version >= (3, 51, 3)
    return (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def journal_mode(version: Version) -> str:
    """The fastest journal that loses nothing on this version."""
    return "wal" if log_is_safe(version) else "truncate"

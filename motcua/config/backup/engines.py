"""Which engine copies this centre's database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.config.backup import postgres, sqlite


class Engine(Protocol):
    """What the modules for SQLite and PostgreSQL both can."""

    FILE: str

    def dump(self, folder: Path) -> tuple[Path, dict[str, str], Iterator[tuple[str, int]]]:
        """Write the database of this moment into the folder: its file, its facts, its papers."""

    def lay_down(self, dump: Path, folder: Path) -> Path:
        """Restore it into the scratch folder, or into a database named after it."""

    def opened(self, database: Path) -> AbstractContextManager[BaseDatabaseWrapper]:
        """The restored database beside the living one."""

    def faults(self, restored: BaseDatabaseWrapper) -> Iterator[str]:
        """What the engine itself finds in it."""


def engine() -> Engine:
    """The one of the living database."""
    return postgres if connection.vendor == "postgresql" else sqlite

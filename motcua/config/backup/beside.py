"""A restored database opened beside the living one, for `using=RESTORED`, whichever the engine is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

RESTORED = "restored"


@contextmanager
def opened(name: str) -> Iterator[BaseDatabaseWrapper]:
    """The database of this name, reached as the living one is; closed and forgotten afterwards."""
    connections.databases[RESTORED] = connection.settings_dict | {"NAME": name, "CONN_MAX_AGE": 0}
    try:
        yield connections[RESTORED]
    finally:
        connections[RESTORED].close()
        del connections[RESTORED]
        del connections.databases[RESTORED]

"""Harm done to rows that the database keeps, as whoever may drop triggers could do it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from motcua.kernel import protection


@contextmanager
def unprotected() -> Iterator[None]:
    """Kept rows may be changed meanwhile."""
    connection.check_constraints()  # PostgreSQL changes no table while deferred constraints wait
    with protection.lifted(connection):
        yield
        connection.check_constraints()

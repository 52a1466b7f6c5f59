"""What a database wants now and then: fresh statistics for its plans, and a log that does not grow.

Once a day and after loading much, outside any transaction. PostgreSQL does this by itself.
"""

from django.db.backends.base.base import BaseDatabaseWrapper


def tend(connection: BaseDatabaseWrapper) -> None:
    """Look after the database; short, because SQLite looks at samples only."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        # 0x10002: look at every table, also at those that this connection has not read yet.
        cursor.execute("PRAGMA optimize = 0x10002")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

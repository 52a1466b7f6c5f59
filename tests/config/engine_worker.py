"""A process of its own that writes into a database file from several threads, and says how long each write waited.

Called with the file, a name, the number of threads and the seconds; answers one line of JSON.
"""

import json
import sys
import threading
import time
from contextlib import closing
from typing import Any

import django
from django.conf import settings
from django.db import connection, transaction


def configure(path: str) -> None:
    """The least of Django that opens one database through the engine."""
    databases = {"default": {"ENGINE": "motcua.config.engine.sqlite", "NAME": path, "OPTIONS": {"timeout": 20}}}
    settings.configure(DATABASES=databases, USE_TZ=True)
    django.setup()


def write_for(seconds: float, name: str, waits: list[float], faults: list[str], start: threading.Barrier) -> None:
    """Add rows in transactions of two statements, one after the other, until the time is over."""
    start.wait()
    end = time.monotonic() + seconds
    with closing(connection):
        while time.monotonic() < end:
            asked = time.monotonic()
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SELECT count(*) FROM written WHERE writer = %s", [name])
                    n = cursor.fetchone()[0]
                    cursor.execute("INSERT INTO written (writer, n) VALUES (%s, %s)", [name, n])
            except Exception as fault:
                faults.append(repr(fault))
            else:
                waits.append(time.monotonic() - asked)


def run(name: str, threads: int, seconds: float) -> dict[str, Any]:
    """Let all threads write at once; waits per thread and whatever went wrong."""
    waits: list[list[float]] = [[] for _ in range(threads)]
    faults: list[str] = []
    start = threading.Barrier(threads)
    writers = [
        threading.Thread(target=write_for, args=(seconds, f"{name}-{i}", waits[i], faults, start))
        for i in range(threads)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return {"waits": waits, "faults": faults}


if __name__ == "__main__":
    configure(sys.argv[1])
    print(json.dumps(run(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))))

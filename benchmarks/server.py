"""The product and the floor behind the product's own server, in processes of their own."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

THREADS = 64


@contextmanager
def running() -> Iterator[int]:
    """The port of a server on the loopback address, with as many workers as cores but two at most."""
    with group() as (port, _group):
        yield port


@contextmanager
def group() -> Iterator[tuple[int, int]]:
    """The same with the group of its processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    workers = str(min(2, multiprocessing.cpu_count()))
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", workers, "--blocking-threads", str(THREADS), "--no-log", "motcua.config.wsgi:application"]
    server = subprocess.Popen(command, env=os.environ, start_new_session=True)
    try:
        _wait(port)
        yield port, server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def cpu_ms(group: int) -> float:
    """Processor time that the processes of this group have used, in milliseconds."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")

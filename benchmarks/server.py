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

THREADS = 64


@contextmanager
def running() -> Iterator[int]:
    """A server on a free port of the loopback address, with as many workers as cores but two at most."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    workers = str(min(2, multiprocessing.cpu_count()))
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", workers, "--blocking-threads", str(THREADS), "--no-log", "motcua.config.wsgi:application"]
    server = subprocess.Popen(command, env=os.environ, start_new_session=True)
    try:
        _wait(port)
        yield port
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

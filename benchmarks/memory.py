"""What `motcua serve` holds in memory: proportional set size of its processes, idle after a hundred requests."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks import figures


def run() -> None:
    """Start the server as its people do, ask it a hundred pages, and add up what its processes hold."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).parent / "motcua"), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(100):
            ask(f"http://127.0.0.1:{port}/")
        time.sleep(1)
        held = sum(pss(pid) for pid in family(server.pid)) / 1024
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(10)
    figures.say("memory of serve, all its processes (PSS)", f"{held:.0f} MiB", "≤ 200 MiB")


def ask(address: str) -> None:
    """Fetch a page, however long the server takes to begin."""
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=5).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def family(pid: int) -> list[int]:
    """The process and everything below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def pss(pid: int) -> int:
    """Proportional set size of one process, in KiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))

"""What `motcua serve` holds in memory after a hundred thousand filings came in through its door.

MOTCUA_BENCH_FILINGS says how many. It takes the better part of an hour, so it runs only when it is named.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time

from benchmarks import figures, load, memory
from motcua.dossiers.models import Dossier

FILINGS, CLIENTS, STEPS = int(os.environ.get("MOTCUA_BENCH_FILINGS", "100000")), 8, 5
# Seconds in which the deliveries of the last filings and a round of the watch are over.
REST = 90


def run() -> None:
    """File, and say in steps how much all processes of the server hold."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "motcua.config.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        memory.ask(f"http://127.0.0.1:{port}/")
        client, before, began = load.Filing(port), Dossier.objects.count(), time.perf_counter()
        for step in range(1, STEPS + 1):
            refused = _file(client, port, FILINGS // STEPS)
            figures.say(f"after {FILINGS * step // STEPS:,} filings, {refused} refused", _held(server.pid), "≤ 350 MiB")
        taken = time.perf_counter() - began
        time.sleep(REST)
        figures.say("at rest after them", _held(server.pid), "≤ 350 MiB")
        kept = Dossier.objects.count() - before
        figures.say("filings kept, in how long", f"{kept:,}, {taken / 60:.0f} minutes")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _held(pid: int) -> str:
    return f"{sum(memory.pss(each) for each in memory.family(pid)) / 1024:.0f} MiB"


def _file(client: load.Filing, port: int, number: int) -> int:
    """So many, by several at once; how many were refused."""
    refused = [0] * CLIENTS

    def one(which: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(number // CLIENTS):
            try:
                refused[which] += not client.file(line)
            except (OSError, http.client.HTTPException):
                refused[which] += 1
                line.close()

    threads = [threading.Thread(target=one, args=(which,)) for which in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(refused)

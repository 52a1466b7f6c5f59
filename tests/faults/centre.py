"""A centre in processes of its own, that a test may kill, starve and start again.

Nouns: Centre (a data folder, an address, perhaps a PostgreSQL), Killed. Made once for a run and copied for each test.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE = 90.0


class NotUp(Exception):
    """The server did not answer in time; the message is what it said."""


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Centre:
    """A centre and its server."""

    data: Path
    more: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this centre runs with: nothing of the tests' own settings."""
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("MOTCUA_", "DJANGO_", "PYTEST"))
        }
        return own | {"MOTCUA_DATA": str(self.data), "MOTCUA_PORT": str(self.port), **self.more}

    def command(self, *typed: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """One command line of the centre, to its end."""
        whole = [sys.executable, "-m", "motcua.config.cli", *typed]
        done = subprocess.run(whole, env=self.environment, capture_output=True, text=True, check=False)
        assert not check or done.returncode == 0, f"{typed}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, **more: str) -> None:
        """Begin to answer; returns when it does. Raises NotUp."""
        log = self.data.parent / "server.log"
        whole = [sys.executable, "-m", "motcua.config.cli", "serve", "--port", str(self.port)]
        environment = self.environment | more
        with log.open("ab") as said:
            self.server = subprocess.Popen(whole, env=environment, stdout=said, stderr=said, start_new_session=True)
        self._until_it_answers(log)

    def _until_it_answers(self, log: Path) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.server and self.server.poll() is None:
            try:
                if self.get("/api/v1/communes")[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
        raise NotUp(log.read_text()[-2000:])

    def kill(self) -> None:
        """kill -9 of every process of the server, in the middle of whatever it does."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(20)
        self.server = None

    def stop(self) -> None:
        """As Ctrl-C does; by force where that takes too long."""
        if self.server is None or self.server.poll() is not None:
            return
        os.killpg(self.server.pid, signal.SIGTERM)
        try:
            self.server.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def get(self, path: str, port: int = 0, **headers: str) -> tuple[int, bytes]:
        """What it answers to this address."""
        return request(port or self.port, "GET", path, headers=headers)

    def faults(self) -> list[str]:
        """What `motcua check` finds broken in the records, and every promise that does not hold."""
        found = self._checked("--json")
        broken = [f"{each['name']}: {each['sentence']}" for each in found if each["state"] == "fault"]
        promises = self._checked("--invariants", "--json")
        return broken + [f"{each['matter']}: {each['kind']}" for each in promises]

    def _checked(self, *more: str) -> list[dict[str, str]]:
        done = self.command("check", *more, check=False)
        assert done.stdout.startswith("["), f"{more}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        found: list[dict[str, str]] = json.loads(done.stdout)
        return found

    def copied(self, folder: Path, **more: str) -> Centre:
        """The same centre in another folder, with a server of its own."""
        shutil.copytree(self.data, folder / "data", symlinks=True)
        return Centre(folder / "data", dict(self.more) | more)


def request(
    port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, timeout: float = 30
) -> tuple[int, bytes]:
    """One request over a line of its own."""
    status, _, content = exchange(port, method, path, body, headers, timeout)
    return status, content


def exchange(
    port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, timeout: float = 30
) -> tuple[int, list[tuple[str, str]], bytes]:
    """The same, with the headers of the answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        line.request(method, path, body or None, dict(headers or {}))
        answer = line.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        line.close()


def found(content: bytes) -> Any:
    """What a JSON answer says."""
    return json.loads(content)

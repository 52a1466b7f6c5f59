"""A PostgreSQL of a test's own that keeps what it acknowledges, with a second one that follows it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from tests import postgres

OPTIONS = ("-c", "listen_addresses=", "-c", "max_connections=120", "-c", "timezone=UTC", "-c", "log_min_messages=fatal")


class Cluster:
    """A server in a folder, reached by a socket there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bin, self.prefix = folder, postgres.programs(), postgres._as_server_user()
        self.server: subprocess.Popen[bytes] | None = None
        self.folder.mkdir(parents=True)
        if self.prefix:
            shutil.chown(self.folder, "postgres")

    @property
    def address(self) -> str:
        """As MOTCUA_DATABASE_URL wants it."""
        return f"postgres://motcua@/postgres?host={quote(str(self.folder), safe='')}"

    def make(self) -> None:
        """A new, empty cluster."""
        self._run("initdb", "-D", self.folder / "data", "-U", "motcua", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def follow(self, first: Cluster) -> None:
        """Become the one that follows; the first then acknowledges nothing that is not here too."""
        where = ("-h", first.folder, "-U", "motcua")
        self._run("pg_basebackup", "-D", self.folder / "data", "-R", "-X", "stream", "-C", "-S", "second", *where)
        self.start()
        first.ask("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")

    def start(self) -> None:
        """Begin to answer."""
        command = [*self.prefix, str(self.bin / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)]
        log = self.folder.parent / f"{self.folder.name}.log"
        with log.open("ab") as said:
            self.server = subprocess.Popen(
                [*command, *OPTIONS], stdout=said, stderr=said, cwd="/", start_new_session=True
            )
        end = time.monotonic() + 60
        while subprocess.run([self.bin / "pg_isready", "-q", "-h", self.folder], check=False, cwd="/").returncode:
            assert time.monotonic() < end, log.read_text()[-2000:]
            time.sleep(0.05)

    def ask(self, *statements: str) -> str:
        """What psql says."""
        asked = [part for each in statements for part in ("-c", each)]
        return self._run("psql", "-h", self.folder, "-U", "motcua", "-d", "postgres", "-tA", *asked)

    def kill(self) -> None:
        """kill -9 of the server and everything it started."""
        if self.server is None:
            return
        for number in self._processes():
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.server.wait(20)
        self.server = None

    def stop(self) -> None:
        """An orderly end, after which the folder may be copied."""
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "fast", "stop")
        if self.server is not None:
            self.server.wait(20)
            self.server = None

    def copy(self, folder: Path) -> Cluster:
        """The same cluster, stopped, in another folder."""
        made = Cluster(folder)
        subprocess.run(["cp", "-a", self.folder / "data", folder / "data"], check=True)
        return made

    def promote(self) -> None:
        """From now on the one that followed leads."""
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "promote")
        self.ask("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")

    def _processes(self) -> list[int]:
        """The server first, so that it starts no other; then what it started."""
        file = self.folder / "data" / "postmaster.pid"
        if not file.exists():
            return []
        first = file.read_text().split()[0]
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", first], capture_output=True, text=True, check=False)
        return [int(each) for each in [first, *found.stdout.split()]]

    def _run(self, program: str, *arguments: object) -> str:
        command = [*self.prefix, str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        assert done.returncode == 0, f"{program}: {done.stderr[-1000:]}"
        return done.stdout

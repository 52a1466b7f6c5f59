"""A throw-away PostgreSQL for the tests: a private cluster on a socket in a temporary folder, one for the whole run.

A small shell looks after the server and holds the reading end of a pipe from this process: however the run ends,
even killed, the pipe closes, the shell stops the server and removes the folder. It never touches another cluster.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

ADDRESS = "MOTCUA_TEST_POSTGRES_URL"
# Speed only: the data of a test need not survive a power cut.
OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses= -c max_connections=200 "
    "-c max_wal_size=1GB -c timezone=UTC -c log_min_messages=fatal"
)
KEEPER = """
"$1/postgres" -D "$2/data" -k "$2" $3 >"$2/log" 2>&1 &
server=$!
read -r _
kill -INT "$server"
wait "$server"
rm -rf "$2"
"""


class Absent(Exception):
    """There is no PostgreSQL to test on; the message is one sentence that says what to install."""


def address() -> str:
    """The address given in MOTCUA_TEST_POSTGRES_URL, or that of a cluster started now for all workers."""
    if not os.environ.get(ADDRESS):
        os.environ[ADDRESS] = _start()
    return os.environ[ADDRESS]


def programs() -> Path:
    """The folder with initdb and postgres: the newest of Debian's places, else that on PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*debian, *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Absent(
        "PostgreSQL is not installed here, so these tests are left out: install the package postgresql, "
        f"or give the address of a server in {ADDRESS}."
    )


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root: then the account of its package is used."""
    if os.getuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise Absent(
            "PostgreSQL does not run as root and there is no account named postgres on this machine."
        ) from None
    return ["runuser", "-u", "postgres", "--"]


def _start() -> str:
    bin_folder, prefix = programs(), _as_server_user()
    folder = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    if prefix:
        shutil.chown(folder, "postgres")
    initdb = [bin_folder / "initdb", "-D", folder / "data", "-U", "motcua", "-A", "trust", "-E", "UTF8", "--no-sync"]
    made = subprocess.run([*prefix, *initdb, "--locale=C.UTF-8"], capture_output=True, text=True, check=False, cwd="/")
    if made.returncode:
        raise Absent(f"PostgreSQL could not make a cluster for the tests: {made.stderr.strip().splitlines()[-1]}")
    keeper = [*prefix, "sh", "-c", KEEPER, "keeper", bin_folder, folder, OPTIONS]
    # A session of its own: Ctrl-C belongs to the tests, the server is stopped by the pipe afterwards. The function
    # waiting for the end of this process keeps the pipe open until then.
    running = subprocess.Popen(keeper, stdin=subprocess.PIPE, cwd="/", start_new_session=True)
    atexit.register(running.communicate)
    _wait_until_ready([*prefix, bin_folder / "pg_isready", "-q", "-h", folder], folder)
    return f"postgres://motcua@/postgres?host={quote(str(folder), safe='')}"


def _wait_until_ready(question: list[str | Path], folder: Path, patience: float = 30) -> None:
    deadline = time.monotonic() + patience
    while subprocess.run(question, check=False, cwd="/").returncode:
        if time.monotonic() > deadline:
            raise Absent(f"PostgreSQL did not start in {patience:.0f} seconds: {(folder / 'log').read_text()[-400:]}")
        time.sleep(0.05)

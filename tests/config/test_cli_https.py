"""`motcua serve` with https: two doors of one process, certificates that change meanwhile, people who say nothing."""

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509

from tests.config.test_certificate import written
from tests.config.test_cli_serving import A_CENTRE, COMMAND, answers

pytestmark = pytest.mark.sqlite_only
# More than a server takes at once.
SILENT = 1100
RENEW = """
import django; django.setup()
from django.utils import timezone
from motcua.portal.https import kept
kept.renew(timezone.now())
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MOTCUA_", "PYTEST_"))}
    own = {"MOTCUA_DATA": str(tmp_path / "data"), "MOTCUA_LANG": "en", "MOTCUA_HTTPS_PORT": str(free_port())}
    (tmp_path / "data").mkdir()
    made = {**kept, **own, "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}
    subprocess.run([sys.executable, "-c", A_CENTRE], env=made, check=True)
    return made


def said(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run([*COMMAND, *words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextlib.contextmanager
def serving(environment: dict[str, str], port: int) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    command = [*COMMAND, "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet, start_new_session=True) as served:
        try:
            yield
        finally:
            os.killpg(served.pid, signal.SIGKILL)


def shown(port: int, *, until: int | None = None, patience: float = 40) -> int:
    """The serial number of the certificate that is shown; waits for one, or for this one."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            pem = ssl.get_server_certificate(("127.0.0.1", port), timeout=5)
            number = x509.load_pem_x509_certificate(pem.encode()).serial_number
            if until in (None, number):
                return number
        time.sleep(0.2)
    raise AssertionError("no such certificate is shown")


def asked(address: str, trust: str | None = None) -> int:
    context = ssl.create_default_context(cafile=trust) if trust else None
    with urllib.request.urlopen(f"{address}/install-certificate/", timeout=10, context=context) as answer:
        return int(answer.status)


def test_http_and_https_of_ones_own_are_open_together_and_silence_shuts_nobody_out(
    environment: dict[str, str],
) -> None:
    assert "install-certificate" in said(environment, "https", "local")
    safe, port = int(environment["MOTCUA_HTTPS_PORT"]), free_port()
    root = Path(environment["MOTCUA_DATA"]) / "keys" / "https" / "root.pem"
    with serving(environment, port), contextlib.ExitStack() as held:
        first = shown(safe)
        assert answers(port)
        for at in (port, safe):
            for _ in range(SILENT // 2):
                held.enter_context(socket.create_connection(("127.0.0.1", at)))
        assert asked(f"http://127.0.0.1:{port}") == 200
        assert asked(f"https://127.0.0.1:{safe}", str(root)) == 200
        renew = (
            "import django; django.setup(); from django.utils import timezone; from motcua.portal.https import kept; "
        )
        subprocess.run([sys.executable, "-c", renew + "kept.renew(timezone.now())"], env=environment, check=True)
        pem = (root.parent / "server.pem").read_bytes()
        second = x509.load_pem_x509_certificate(pem).serial_number
        assert second != first
        assert shown(safe, until=second) == second
        assert asked(f"https://127.0.0.1:{safe}", str(root)) == 200
    said(environment, "https", "off")
    assert not root.exists()


def test_a_supplied_certificate_that_is_replaced_is_shown_without_a_new_start(
    environment: dict[str, str], tmp_path: Path
) -> None:
    cert, key = written(tmp_path, days=60)
    port, told = free_port(), {"MOTCUA_TLS_CERT": str(cert), "MOTCUA_TLS_KEY": str(key)}
    with serving(environment | told, port):
        first = shown(port)
        written(tmp_path, days=90)
        second = x509.load_pem_x509_certificate(cert.read_bytes()).serial_number
        assert second != first
        assert shown(port, until=second) == second

"""`motcua serve` as a person meets it: it answers, and Ctrl-C ends it at once and cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite_only
COMMAND = [sys.executable, "-c", "import sys; from motcua.config.cli import main; sys.exit(main())"]
# The smallest centre there is; what a whole one holds is told by the tests of setup and demo.
A_CENTRE = """
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from motcua.kernel import organisation
call_command("migrate", verbosity=0)
now = timezone.now()
province = organisation.open_office(code="68", kind="province", name="Tỉnh Mẫu", valid_from=now.date())
organisation.Installation.objects.create(province=province, demo=True, ready_at=now)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MOTCUA_", "PYTEST_"))}
    return {
        **kept,
        "MOTCUA_DATA": str(tmp_path),
        "MOTCUA_LANG": "en",
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
    }


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, *, patience: float = 30) -> bool:
    """Whether anything HTTP comes back before patience ends; which page is another test's matter."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
        except OSError:
            time.sleep(0.05)
            continue
        return True
    return False


def test_it_answers_and_ctrl_c_ends_it_at_once_and_cleanly(environment: dict[str, str], port: int) -> None:
    subprocess.run([sys.executable, "-c", A_CENTRE], env=environment, check=True)
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as served:
        try:
            answered = answers(port)
            os.killpg(served.pid, signal.SIGINT)  # as a terminal does: to the whole group
            said, complained = served.communicate(timeout=10)
        finally:
            served.kill()
    assert answered
    assert served.returncode == 0, complained
    assert f"http://127.0.0.1:{port}/desk/" in said
    assert said.endswith("Stopped.\n")
    assert "Traceback" not in complained


def test_an_empty_centre_says_what_to_do_and_ends_with_three(environment: dict[str, str], port: int) -> None:
    done = subprocess.run(
        [*COMMAND, "serve", "--port", str(port)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr.strip().splitlines() == [
        "This centre is still empty: run motcua setup for a real one, or motcua demo to try it."
    ]

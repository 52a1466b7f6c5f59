"""The services of this machine that use the program, as systemd knows them; none where there is no systemd."""

from __future__ import annotations

import subprocess
from pathlib import Path

PATTERNS = ("motcua.service", "motcua@*.service", "motcua-worker.service")


def running() -> list[str]:
    """Those that run, or would be started again at once."""
    if not Path("/run/systemd/system").is_dir():
        return []
    states = "--state=active,activating,reloading"
    done = _systemctl("list-units", "--plain", "--no-legend", states, *PATTERNS)
    return [line.split()[0] for line in done.stdout.splitlines() if line.split()]


def stop(units: list[str]) -> None:
    """And wait until they have ended."""
    if units:
        _systemctl("stop", *units)


def start(units: list[str]) -> None:
    """Without waiting: each first looks whether an update was cut off, which the caller's lock would hold up."""
    if units:
        _systemctl("reset-failed", *units)
        _systemctl("start", "--no-block", *units)


def _systemctl(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemctl", *words], capture_output=True, text=True, check=False)

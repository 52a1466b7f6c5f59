"""The shelf: /opt/motcua with a folder for each version, and the link `current` to the one in use.

A folder counts when its file `whole` is there; the package's own make-program writes it last.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from motcua.config.program import versions

CURRENT, WHOLE = "current", "whole"
# Where the package keeps what makes a program of it.
MAKER = Path("usr/lib/motcua/make-program")
# The unpacked package and the program made of it, each some three hundred megabytes.
ROOM = 1024**3
KEPT = 2


class CannotLayDown(Exception):
    """No program could be made of the package; the reason in a few words."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where programs stand side by side."""

    root: Path

    def folder(self, version: str) -> Path:
        """Of this version, there or not."""
        return self.root / version

    def command(self, version: str) -> Path:
        """Its `motcua`."""
        return self.folder(version) / "venv" / "bin" / "motcua"

    @property
    def current(self) -> str:
        """The version in use; empty when there is none."""
        link = self.root / CURRENT
        return Path(os.readlink(link)).name if link.is_symlink() else ""

    def all(self) -> list[str]:
        """Every version that is whole, the newest first."""
        found = [path.name for path in self.root.iterdir() if versions.is_one(path.name) and (path / WHOLE).exists()]
        return sorted(found, key=versions.key, reverse=True)

    def switch(self, version: str) -> None:
        """From now on this one is in use. There is no moment without one."""
        half = self.root / f".{CURRENT}"
        half.unlink(missing_ok=True)
        half.symlink_to(version)
        half.replace(self.root / CURRENT)
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def lay_down(self, package: Path, version: str) -> None:
        """Make a program of the package, in a folder of its own. Raises CannotLayDown, OSError."""
        if (self.folder(version) / WHOLE).exists():
            return
        if shutil.disk_usage(self.root).free < ROOM:
            raise CannotLayDown(f"{self.root}: < {ROOM // 1024**2} MB")
        unpacked = self.root / ".unpacked"
        shutil.rmtree(unpacked, ignore_errors=True)
        shutil.rmtree(self.folder(version), ignore_errors=True)
        try:
            _ran(["dpkg-deb", "--extract", str(package), str(unpacked)])
            _ran([str(unpacked / MAKER), str(self.folder(version))])
            os.sync()
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)

    def remove(self, version: str) -> None:
        """It is not wanted any more."""
        shutil.rmtree(self.folder(version), ignore_errors=True)

    def thin_out(self) -> None:
        """The one in use and the one before it stay."""
        before = [each for each in self.all() if each != self.current]
        for version in before[KEPT - 1 :]:
            self.remove(version)


def _ran(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except OSError as problem:
        raise CannotLayDown(f"{command[0]}: {problem.strerror}") from problem
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise CannotLayDown(said[-1] if said else f"{command[0]}: {done.returncode}")

"""The database's file as the system sees it: which one lies in its place, and which other programs have it open.

The file itself is never opened here: closing it would take away the locks of every connection of this process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROCESSES = Path("/proc")
# How our own programs are called: `motcua serve`, `python -m motcua.config.cli …`, a server of `motcua.config.wsgi`.
COMMAND, MODULES = "motcua", "motcua.config"
ANCESTORS = 4


@dataclass(frozen=True, slots=True)
class Program:
    """Another program that has the file open."""

    process: int
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.process})"


def identity(file: str | Path) -> tuple[int, int] | None:
    """Device and number of what lies in this place; None when nothing does."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def others(file: str | Path, processes: Path = PROCESSES) -> list[Program]:
    """The programs that are not ours and hold a lock of the file or its log, as every one does that has read in it."""
    wanted = {found for ending in ("", "-wal", "-shm") if (found := identity(f"{file}{ending}"))}
    numbers = sorted({number for number, locked in _locks(processes) if locked in {inode for _device, inode in wanted}})
    strange = [number for number in numbers if number != os.getpid() and not _is_ours(processes / str(number))]
    return [Program(number, _name(processes / str(number))) for number in strange if _opens(processes, number, wanted)]


def _locks(processes: Path) -> Iterator[tuple[int, int]]:
    """The process and the file's number of each lock: `1: POSIX ADVISORY READ 1234 08:01:5678 0 EOF`."""
    for line in _read(processes / "locks").splitlines():
        parts = line.replace("->", "").split()
        if len(parts) > 5 and parts[4].isdigit() and int(parts[4]):
            yield int(parts[4]), int(parts[5].rpartition(":")[2])


def _opens(processes: Path, number: int, wanted: set[tuple[int, int]]) -> bool:
    """Files of two disks may have the same number; of another account's program the lock alone is known."""
    try:
        entries = list((processes / str(number) / "fd").iterdir())
    except OSError:
        return True
    return any(identity(entry) in wanted for entry in entries)


def _is_ours(process: Path) -> bool:
    """It, or whoever started it, is called as ours are."""
    for _generation in range(ANCESTORS):
        words = _read(process / "cmdline").split("\0")
        if any(Path(word).name == COMMAND or word.startswith(MODULES) for word in words):
            return True
        # 42 (name) S 17 …: the number behind the state is of whoever started it.
        parent = _read(process / "stat").rpartition(")")[2].split()[1:2]
        process = process.parent / (parent[0] if parent else "0")
    return False


def _name(process: Path) -> str:
    return _read(process / "comm").strip() or "?"


def _read(file: Path) -> str:
    try:
        return file.read_text(errors="replace")
    except OSError:
        return ""

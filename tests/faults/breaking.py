"""Breaks the disk and the clock of a running server: a small library that its processes are started with."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.fixtures import absent

SOURCE = Path(__file__).with_name("breaking.c")
FULL, FAILS, READ_ONLY = "F", "E", "R"


def slow(milliseconds: int) -> str:
    """Flushing takes so long."""
    return f"S {milliseconds}"


def clock_off(seconds: int) -> str:
    """The clock goes wrong by so much."""
    return f"C {seconds}"


class Breaking:
    """The library, and the file by which it is told what to break."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            absent("Disk and clock were not broken: there is no C compiler here (apt install gcc libc6-dev).")
        self.told = folder / "breaking"
        library = folder / "breaking.so"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-o", library, SOURCE, "-ldl"], check=True)
        self.environment = {"LD_PRELOAD": str(library), "BREAKING": str(self.told)}

    def to(self, what: str) -> None:
        """Break this from now on."""
        fresh = self.told.with_name("breaking.new")
        fresh.write_text(what)
        fresh.replace(self.told)

    def mend(self) -> None:
        """Everything works again."""
        self.told.unlink(missing_ok=True)

    @contextmanager
    def so(self, what: str) -> Iterator[None]:
        """Broken for as long as the block lasts."""
        self.to(what)
        try:
            yield
        finally:
            self.mend()

"""A centre with a hundred thousand dossiers and ten gigabytes of papers comes back on a new machine: its copy on
another disk, and `motcua restore` typed as the screen says it, with the copy read at the pace of a USB disk.

MOTCUA_BENCH_PAPERS says how many papers of 500 kB there are (20,000). Thrice the room of the papers is needed.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.test import Client
from django.utils import timezone

from benchmarks import figures, filing, inbox, keeping
from motcua.config.backup import layout, make, places
from motcua.dossiers.models import Dossier
from motcua.kernel import files
from motcua.kernel.files import File

DOSSIERS, PAPERS, PAPER_SIZE = 100_000, int(os.environ.get("MOTCUA_BENCH_PAPERS", "20000")), 500_000
BUDGET_SECONDS = 600
# How many megabytes a second the copy is read with: as fast as this disk is, a good USB 3 disk, a bad one.
PACES = (0, 400, 100)
GROUPS = Path("/sys/fs/cgroup/blkio")


def run() -> None:
    """Print how long a restore takes at each pace, and the processor's part of it."""
    filing.Ours(Client()).file()
    inbox.grow(DOSSIERS)
    keeping.whole()
    _papers()
    figures.say("dossiers, papers", f"{Dossier.objects.count():,}, {PAPERS:,} × {PAPER_SIZE // 1000} kB")
    with tempfile.TemporaryDirectory(prefix="motcua-stick-") as stick:
        own = make.make(layout.ASKED, timezone.now(), _step)
        copy = make.bring(own, places.use(Path(stick)), _step)
        figures.say("the copy", f"{(copy.manifest.size + copy.manifest.papers_size) / 1e9:.1f} GB")
        for pace in PACES:
            _restore(Path(stick), pace)


def _papers() -> None:
    """Laid down without waiting for the disk, which `files.keep` does for each: making them is not measured."""
    rows = []
    for _ in range(PAPERS):
        content = os.urandom(PAPER_SIZE)
        sha256 = hashlib.sha256(content).hexdigest()
        place = files.place_of(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        rows.append(File(sha256=sha256, size=PAPER_SIZE, type="application/pdf"))
    File.objects.bulk_create(rows)


def _restore(stick: Path, pace: int) -> None:
    new = tempfile.mkdtemp(prefix="motcua-new-")
    said = f"restore, the copy read at {pace} MB/s" if pace else "restore, as fast as this disk reads"
    try:
        _forget_what_was_read(stick)
        with _read_at(pace) as group:
            if pace and group is None:
                figures.say(said, "not tried", "the pace of a disk cannot be set here")
                return
            seconds, cpu = _typed(stick, new, group)
        figures.say(said, f"{seconds:.0f} s, processor {cpu:.0f} s", f"≤ {BUDGET_SECONDS} s")
    finally:
        shutil.rmtree(new)


def _typed(stick: Path, new: str, group: Path | None) -> tuple[float, float]:
    """`motcua restore STICK --yes` on a machine without a centre; wall-clock and processor seconds."""
    command = [sys.executable, "-m", "motcua.config.cli", "restore", str(stick), "--yes"]
    environment = os.environ | {"MOTCUA_DATA": new}  # these settings, for the floor has tables, too

    def enter() -> None:
        if group is not None:
            (group / "cgroup.procs").write_text(str(os.getpid()))

    began, before = time.perf_counter(), _children()
    subprocess.run(command, env=environment, check=True, preexec_fn=enter, stdin=subprocess.DEVNULL)
    return time.perf_counter() - began, _children() - before


def _children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def _forget_what_was_read(folder: Path) -> None:
    """What lies in the machine's memory is no reading from a disk."""
    os.sync()
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb") as read:
                os.posix_fadvise(read.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextlib.contextmanager
def _read_at(pace: int) -> Iterator[Path | None]:
    """A group of processes that reads this disk no faster; None where there is no such group or it is not ours."""
    group = GROUPS / f"motcua-bench-{os.getpid()}"
    disk = os.stat(tempfile.gettempdir()).st_dev
    try:
        group.mkdir()
        limit = f"{os.major(disk)}:{os.minor(disk)} {pace * 1_000_000}"
        (group / "blkio.throttle.read_bps_device").write_text(limit)
    except OSError:
        yield None
        return
    try:
        yield group
    finally:
        group.rmdir()


def _step(done: int, total: int) -> None:
    """Nobody looks."""

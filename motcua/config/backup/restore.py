"""Restoring: what a copy holds becomes the centre of this machine, and what was there before is kept aside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from motcua.config.backup import layout, places, postgres, prove, sqlite
from motcua.config.backup.engines import engine
from motcua.config.backup.layout import Copy, Place
from motcua.config.backup.make import KEYS, SECRET
from motcua.kernel import files, organisation

Progress = Callable[[int, int], None]


class CannotRestore(Exception):
    """Why not, in a sentence that says what can be done. Nothing was changed."""


def found_in(folder: Path) -> list[Copy]:
    """The copies that somebody means who names this folder: a place, the disk that holds one, or one copy itself."""
    one = layout.copy_at(folder)
    if one is not None:
        return [one]
    return Place(folder).all() or Place(folder / places.INSIDE).all() or Place(folder / "backups").all()


def best_of(copies: list[Copy]) -> Copy:
    """The newest that was proven, else the newest."""
    return next((copy for copy in copies if copy.proof and copy.proof.ok), copies[0])


def holds_something() -> bool:
    """Whether there is a database here already; a damaged one is something, too: perhaps that is why one restores."""
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError:
        return True


def restore(copy: Copy, at: datetime, progress: Progress) -> list[str]:
    """Make this copy the centre of this machine; the sentences say what could not be brought back.

    Everything is brought and compared first; only then does it take the place of what is there, which is kept aside.
    Raises CannotRestore, OSError.
    """
    _fits(copy)
    occupied = holds_something()
    if faults := list(prove.of_the_copy(copy)):
        raise CannotRestore(_("This copy is damaged: {faults}. Choose another one.").format(faults="; ".join(faults)))
    lost, aside = _papers(copy, progress), _aside(at)
    try:
        _postgresql(copy, aside) if connection.vendor == "postgresql" else _sqlite(copy, aside)
        _bring_keys(copy, aside)
    finally:
        if not any(aside.iterdir()):
            aside.rmdir()
    if not occupied:
        shutil.rmtree(aside, ignore_errors=True)  # an empty file and a new key, which nobody has used
    os.sync()
    organisation.forget_installation()
    return lost


def _fits(copy: Copy) -> None:
    if copy.manifest.vendor != connection.vendor:
        raise CannotRestore(
            _(
                "This copy is of a {other} database, but MOTCUA_DATABASE_URL names a {own} one: change that first."
            ).format(other=copy.manifest.vendor, own=connection.vendor)
        )
    folder = Path(settings.MOTCUA_DATA)
    folder.mkdir(parents=True, exist_ok=True)
    free, wanted = shutil.disk_usage(folder).free, 2 * copy.manifest.size + copy.manifest.papers_size
    if free < wanted:
        raise CannotRestore(
            _("{wanted} GB are needed here and {free} GB are free: make room first.").format(
                wanted=f"{wanted / 1024**3:.1f}", free=f"{free / 1024**3:.1f}"
            )
        )


def _papers(copy: Copy, progress: Progress) -> list[str]:
    """Every paper, each compared with its digest as it is written; those that are here already stay."""
    lost = []
    for number, (sha256, size) in enumerate(copy.papers(), 1):
        target = files.place_of(sha256)
        if not _is_here(target, size):
            target.parent.mkdir(parents=True, exist_ok=True)
            if not _brought(copy.place.paper(sha256), target):
                lost.append(_("the paper {name} is missing or damaged in the copy").format(name=sha256[:12]))
        if number % 100 == 0 or number == copy.manifest.papers:
            progress(number, copy.manifest.papers)
    return lost


def _is_here(target: Path, size: int) -> bool:
    try:
        return target.stat().st_size == size and layout.digest_of(target) == target.name
    except OSError:
        return False


def _brought(source: Path, target: Path) -> bool:
    target.unlink(missing_ok=True)  # perhaps one hard link of two: never written into
    try:
        if layout.copied(source, target) == target.name:
            return True
    except FileNotFoundError:
        return False
    target.unlink()
    return False


def _sqlite(copy: Copy, aside: Path) -> None:
    living, scratch = Path(str(connection.settings_dict["NAME"])), aside.with_name(f"restoring-{aside.name}")
    scratch.mkdir()
    try:
        database = sqlite.lay_down(copy.database, scratch)
        _compare(copy, database)
        connection.close()
        for ending in ("", "-wal", "-shm"):
            if (part := Path(f"{living}{ending}")).exists():
                shutil.move(part, aside / part.name)  # perhaps on another disk than the data folder
        living.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(database, living)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _postgresql(copy: Copy, aside: Path) -> None:
    """Tried in a database beside it first, where the account may make one; then in its place."""
    name = aside.name.replace("-", "_")
    try:
        _compare(copy, postgres.lay_down(copy.database, Path(f"restoring-{name}")))
    except postgres.MayNot:
        pass  # this account may make no database: the server checks every row as it restores
    except postgres.ProgramMissing as refused:
        raise CannotRestore(str(refused)) from refused
    occupied = holds_something()
    if occupied:
        postgres.put_aside(name)
    try:
        postgres.fill(copy.database, str(connection.settings_dict["NAME"]))
    except postgres.ProgramMissing as refused:
        if occupied:
            postgres.put_back(name)
        raise CannotRestore(str(refused)) from refused


def _compare(copy: Copy, database: Path) -> None:
    own = engine()
    with own.opened(database) as restored:
        faults = list(prove.of_the_restored(restored, copy))
    if faults:
        raise CannotRestore(
            _("Restored, this copy is not what it was: {faults}. Choose another one.").format(
                faults="; ".join(faults[: prove.MOST_NAMED])
            )
        )


def _aside(at: datetime) -> Path:
    aside = Path(settings.MOTCUA_DATA) / f"aside-{layout.now_named(at)}"
    aside.mkdir()
    aside.chmod(0o700)
    return aside


def _bring_keys(copy: Copy, aside: Path) -> None:
    """The keys of the copy; those that were here are kept aside."""
    folder = Path(settings.MOTCUA_DATA)
    for name in copy.manifest.keys:
        place = Path(SECRET) if name == SECRET else Path(KEYS) / name
        target = folder / place
        if target.exists():
            (aside / place).parent.mkdir(parents=True, exist_ok=True)
            target.replace(aside / place)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy.folder / layout.KEYS / name, target)
        target.chmod(0o600)

"""Making a copy: first on this machine, then from there into every other place, each complete in itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.db import connection

from motcua.config.backup import layout, places
from motcua.config.backup.engines import engine
from motcua.config.backup.layout import Copy, Manifest, Place
from motcua.kernel import files, ledger, organisation

Progress = Callable[[int, int], None]
# The file of the key that signs sessions and claim codes, and the folder of all others.
SECRET, KEYS = "secret-key", "keys"


class Damaged(Exception):
    """What was written is not what was read: the disk is not to be trusted."""


def make(kind: str, at: datetime, progress: Progress) -> Copy:
    """Copy the whole centre into its own place. Raises OSError when there is no room; nothing half made stays."""
    place = places.own()
    places.prepare(place)
    part = _part(place, at)
    try:
        return _make(place, part, kind, at, progress)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _make(place: Place, part: Path, kind: str, at: datetime, progress: Progress) -> Copy:
    events_to = ledger.last_position()
    database, counted, papers = engine().dump(part)
    number, size = _write_list(part / layout.PAPERS, papers)
    keys = _keys(part / layout.KEYS)
    manifest = Manifest(
        name=layout.now_named(at),
        made_at=at,
        kind=kind,
        centre=_centre(),
        program=metadata.version("motcua"),
        vendor=connection.vendor,
        database=database.name,
        size=database.stat().st_size,
        sha256=layout.digest_of(database),
        facts=counted,
        papers=number,
        papers_size=size,
        papers_sha256=layout.digest_of(part / layout.PAPERS),
        keys=keys,
        events_to=events_to,
    )
    copy = Copy(part, manifest)
    _bring_papers(place, copy, progress, link=True)
    return _finish(place, copy)


def bring(copy: Copy, place: Place, progress: Progress) -> Copy:
    """The same copy in another place, with all its papers. Raises OSError, Damaged."""
    part = _part(place, copy.manifest.made_at)
    try:
        for name in (copy.manifest.database, layout.PAPERS):
            layout.copied(copy.folder / name, part / name)
        shutil.copytree(copy.folder / layout.KEYS, part / layout.KEYS)
        if layout.digest_of(part / copy.manifest.database) != copy.manifest.sha256:
            raise Damaged(part / copy.manifest.database)
        brought = Copy(part, copy.manifest)
        _bring_papers(place, brought, progress, link=False)
        return _finish(place, brought)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _part(place: Place, at: datetime) -> Path:
    """Where a copy lies until it is whole; what an interrupted one left is removed."""
    for left in place.copies.glob(".part-*"):
        shutil.rmtree(left)
    part = place.copies / f".part-{layout.now_named(at)}"
    part.mkdir(parents=True)
    part.chmod(0o700)
    return part


def _finish(place: Place, copy: Copy) -> Copy:
    """Everything on the disk first, the manifest last: a copy that has one is whole."""
    os.sync()
    (copy.folder / layout.MANIFEST).write_text(copy.manifest.written(), encoding="utf-8")
    finished = place.copies / copy.manifest.name
    if finished.exists():
        shutil.rmtree(finished)
    copy.folder.replace(finished)
    os.sync()
    return Copy(finished, copy.manifest)


def _write_list(path: Path, papers: Iterable[tuple[str, int]]) -> tuple[int, int]:
    number = total = 0
    with path.open("w") as lines:
        for sha256, size in papers:
            lines.write(f"{sha256} {size}\n")
            number, total = number + 1, total + size
    return number, total


def _keys(folder: Path) -> dict[str, str]:
    """Every key of the centre, and the digest of each."""
    folder.mkdir()
    folder.chmod(0o700)
    (folder / SECRET).write_text(settings.SECRET_KEY + "\n")
    more = Path(settings.MOTCUA_DATA) / KEYS
    for key in sorted(more.rglob("*")) if more.is_dir() else []:
        if key.is_file():
            target = folder / key.relative_to(more)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(key, target)
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in found:
        path.chmod(0o600)
    return {path.relative_to(folder).as_posix(): layout.digest_of(path) for path in found}


def _centre() -> str:
    found = organisation.installation()
    return str(found.province) if found else ""


def _bring_papers(place: Place, copy: Copy, progress: Progress, *, link: bool) -> None:
    """Those that the place does not have yet. One that is gone or changed is left out: the proof will name it."""
    have = {name.name for prefix in place.papers.iterdir() if prefix.is_dir() for name in os.scandir(prefix)}
    for done, (sha256, _size) in enumerate(copy.papers(), 1):
        if sha256 not in have:
            _bring_paper(files.place_of(sha256), place.paper(sha256), link=link)
        if done % 100 == 0 or done == copy.manifest.papers:
            progress(done, copy.manifest.papers)


def _bring_paper(source: Path, target: Path, *, link: bool) -> None:
    target.parent.mkdir(exist_ok=True)
    if not source.exists():
        return
    if link:
        try:
            target.hardlink_to(source)  # a paper never changes, so on one disk it need not lie there twice
        except OSError:
            pass
        else:
            return
    if layout.copied(source, target) != target.name:
        target.unlink()


def thin_out(place: Place) -> None:
    """Remove the copies that are too many, and the papers of no copy that stays."""
    copies = place.all()
    wanted = layout.kept(copy.manifest.made_at for copy in copies)
    for copy in copies:
        if copy.manifest.made_at not in wanted:
            shutil.rmtree(copy.folder)
    _remove_papers_of_nobody(place)


def _remove_papers_of_nobody(place: Place) -> None:
    wanted = {sha256 for copy in place.all() for sha256, _size in copy.papers()}
    for prefix in place.papers.iterdir():
        for paper in prefix.iterdir():
            if paper.name not in wanted:
                paper.unlink()

"""A folder in which another system lays down dossiers: one JSON file for each message, its papers beside it.

A file that was taken is moved to a folder of its own beside the others, after what it says is durable: whoever dies in
between takes it again, which is the same arrival. Whoever writes there writes under another ending and renames.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from motcua.dossiers.models import PartnerSystem
from motcua.dossiers.rules import exchange as words
from motcua.dossiers.services import exchange, uploads
from motcua.dossiers.services.exchange import Arrived

TAKEN = "da-nhan"
ENDING = ".json"
# So many files in one round; a file that cannot be read yet may still be on its way, for so long.
MOST, ON_ITS_WAY = 200, timedelta(minutes=1)


def take_all(*, at: datetime) -> int:
    """Look into the folder of every system; how many messages were taken. A folder that is not there has none."""
    systems = PartnerSystem.objects.exclude(folder="").select_related("office")
    return sum(len(list(take(system=system, folder=Path(system.folder), at=at))) for system in systems)


def take(*, system: PartnerSystem, folder: Path, at: datetime) -> Iterator[tuple[str, Arrived]]:
    """Take what lies in this folder, the oldest name first, each with its name."""
    for file in sorted(folder.glob(f"*{ENDING}"))[:MOST] if folder.is_dir() else ():
        arrived = _taken(system, file, at)
        if arrived is not None:
            yield file.name, arrived


def _taken(system: PartnerSystem, file: Path, at: datetime) -> Arrived | None:
    try:
        raw = file.read_bytes()
        written = datetime.fromtimestamp(file.stat().st_mtime, at.tzinfo)
    except OSError:
        return None  # somebody took it away meanwhile, or it may not be read: it stays where it is
    message = _message(raw)
    if message is None and at - written < ON_ITS_WAY:
        return None
    if message is None:
        arrived, beside = exchange.take_unreadable(system=system, raw=raw, way="folder", at=at), {}
    else:
        beside = _beside(file.parent, message)
        contents = {name: path.read_bytes() for name, path in beside.items()}
        arrived = exchange.take_message(system=system, message=message, way="folder", at=at, beside=contents)
    _move([file, *beside.values()])
    return arrived


def _message(raw: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _beside(folder: Path, message: Mapping[str, Any]) -> dict[str, Path]:
    """The files in the same folder that the message names; never one of another folder, never one too large to take."""
    found = {}
    for paper in words.read(message).papers:
        name = PurePosixPath((paper.address or paper.name).replace("\\", "/")).name
        path = folder / name
        if name and path.is_file() and not path.is_symlink() and path.stat().st_size <= uploads.LARGEST:
            found[name] = path
    return found


def _move(files: list[Path]) -> None:
    for file in files:
        with contextlib.suppress(OSError):
            file.parent.joinpath(TAKEN).mkdir(exist_ok=True)
            file.replace(file.parent / TAKEN / file.name)

"""Reading an exported pack, a folder or a ZIP file, and everything that does not hold of it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from motcua.dossiers.rules import packs


class NotAPack(ValueError):
    """There is no folder or ZIP file of this name."""


def faults(place: Path) -> Iterator[str]:
    """Everything that does not hold; nothing when the pack is as it was made. Raises NotAPack."""
    if place.is_dir():
        names = [each.relative_to(place).as_posix() for each in place.rglob("*") if each.is_file()]
        yield from packs.faults(names, lambda name: (place / name).read_bytes())
    elif place.is_file() and zipfile.is_zipfile(place):
        with zipfile.ZipFile(place) as folder:
            names = [each.filename for each in folder.infolist() if not each.is_dir()]
            yield from packs.faults(names, folder.read)
    else:
        raise NotAPack(str(place))

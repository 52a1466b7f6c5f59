"""The places: one on this machine, and those that somebody has prepared on other disks.

A place carries the mark of its centre. A folder without it is no place: a disk that is not plugged in leaves an empty
folder behind, and copies in there would lie on the very disk that they are to outlive.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.config.backup import layout
from motcua.config.backup.layout import Place

INSIDE = "motcua-backup"
KNOWN = "backup-places.json"


class NotOurs(Exception):
    """The folder holds the copies of another centre."""


def own() -> Place:
    """The place on this machine."""
    return Place(Path(settings.MOTCUA_DATA) / "backups")


def others() -> list[Place]:
    """The places on other disks that somebody has prepared, there or not."""
    return [Place(Path(root)) for root in _known()]


def brought_at(place: Place) -> datetime | None:
    """Of when the last copy is that was proven there; remembered here, since the disk may be locked away."""
    moment = _known().get(str(place.root))
    return datetime.fromisoformat(moment) if moment else None


def note_brought(place: Place, at: datetime) -> None:
    """A copy of that moment was brought there and proven."""
    _remember(_known() | {str(place.root): at.isoformat()})


def is_there(place: Place) -> bool:
    """Whether its disk is plugged in and it is this centre's."""
    return _mark_in(place) == _mark()


def use(folder: Path) -> Place:
    """Prepare a place in this folder of another disk, and remember it. Raises NotOurs, OSError."""
    place = Place(folder.resolve() / INSIDE)
    if _mark_in(place) not in ("", _mark()):
        raise NotOurs
    prepare(place)
    _remember({str(place.root): ""} | _known())
    return place


def forget(place: Place) -> None:
    """No more copies go there; what is there stays."""
    _remember({root: moment for root, moment in _known().items() if root != str(place.root)})


def _known() -> dict[str, str]:
    try:
        return dict(json.loads((Path(settings.MOTCUA_DATA) / KNOWN).read_text()))
    except (OSError, ValueError):
        return {}


def _remember(known: dict[str, str]) -> None:
    file = Path(settings.MOTCUA_DATA) / KNOWN
    half = file.with_suffix(".part")
    half.write_text(json.dumps(known, indent=1))
    half.replace(file)


def prepare(place: Place) -> None:
    """Make its folders and its mark, and write for whoever finds it what it is."""
    place.copies.mkdir(parents=True, exist_ok=True)
    place.papers.mkdir(exist_ok=True)
    for folder in (place.root, place.copies, place.papers):
        folder.chmod(0o700)
    (place.root / layout.CENTRE).write_text(json.dumps({"mark": _mark()}))
    (place.root / layout.README).write_text(_readme(), encoding="utf-8")


def _readme() -> str:
    return _(
        "Copies of a service centre: database, keys and papers. They hold personal data: keep this disk locked away "
        "like the papers themselves.\n\nTo restore on a new machine: install Một Cửa, plug this disk in and run\n\n"
        "    motcua restore FOLDER\n\nwith the folder in which this file lies. The screen says everything else.\n"
    )


def _mark() -> str:
    """The same on every place of this centre, and no other centre's."""
    # By the first key of codes, which stays whatever is renewed.
    first = str(next(iter(settings.CLAIM_KEYS.values())))
    return hmac.new(first.encode(), b"place of copies", hashlib.sha256).hexdigest()[:32]


def _mark_in(place: Place) -> str:
    try:
        return str(json.loads((place.root / layout.CENTRE).read_text())["mark"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""

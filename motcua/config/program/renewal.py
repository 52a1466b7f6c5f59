"""What the data folder remembers of the last update: MOTCUA_DATA/update.json, replaced whole at each step.

While it says `copied` or `renewing` an update is under way, or was cut off: nothing else may use the tables, and
whoever comes next goes back to the copy. `done` is the one moment after which the new version is the one in use.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

COPIED, RENEWING, DONE, BACK = "copied", "renewing", "done", "back"
FILE = "update.json"


@dataclass(frozen=True, slots=True)
class Renewal:
    """One update of the tables."""

    state: str
    # When it began, in ISO form; with it one update is told from another.
    begun: str
    before: str
    after: str
    # The name of the copy that leads back.
    copy: str
    # Why it was taken back.
    trouble: str = ""

    @property
    def is_open(self) -> bool:
        """Neither ended well nor taken back."""
        return self.state in (COPIED, RENEWING)


def last(data: Path) -> Renewal | None:
    """The last one, if there was any."""
    try:
        return Renewal(**json.loads((data / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def note(data: Path, renewal: Renewal) -> Renewal:
    """Remember it, so that it outlives a power cut."""
    half = data / f".{FILE}.part"
    with half.open("w", encoding="utf-8") as file:
        json.dump(asdict(renewal), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    half.replace(data / FILE)
    folder = os.open(data, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return renewal


def enter(data: Path, renewal: Renewal, state: str, trouble: str = "") -> Renewal:
    """It is in another state now."""
    return note(data, replace(renewal, state=state, trouble=trouble))


def forget(data: Path) -> None:
    """Another centre lies here now."""
    (data / FILE).unlink(missing_ok=True)

"""The secrets of this centre as files: the one that signs, those before it, and the keys of codes on paper.

<data>/secret-key                      signs sessions, cookies and links
<data>/keys/secret-20261124T210000Z    the one before it, and when it was put away; accepted for a while
<data>/keys/code-2                     makes and proves claim codes; the newest makes, every one proves

Without a file of its own, the first key of codes is the secret itself. It knows no database; a command turns them.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

# What the secret signs lives no longer: the code of a draft, fourteen days; addresses of a reader's feed are read
# within that time, too.
ACCEPTED = timedelta(days=90)
FIRST = "1"
_OLD, _CODE = "secret-", "code-"
_STAMP = f"{_OLD}%Y%m%dT%H%M%SZ"


def earlier(folder: Path, at: datetime) -> list[str]:
    """The secrets that were put away not too long ago, the newest first."""
    found = [path for path in sorted(folder.glob(f"{_OLD}*"), reverse=True) if at - _put_away(path) < ACCEPTED]
    return [path.read_text().strip() for path in found]


def _put_away(path: Path) -> datetime:
    try:
        return datetime.strptime(path.name, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


class CodeKeys(Mapping[str, str]):
    """The keys of codes by id, the newest last. An id made meanwhile by another process is looked for in the folder."""

    def __init__(self, folder: Path, secret: str) -> None:
        self._folder, self._known = folder, {FIRST: secret}
        self._look()

    def _look(self) -> None:
        for path in self._folder.glob(f"{_CODE}*"):
            self._known[path.name.removeprefix(_CODE)] = path.read_text().strip()

    def __getitem__(self, key_id: str) -> str:
        if key_id not in self._known:
            self._look()
        return self._known[key_id]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._known, key=int))

    def __len__(self) -> int:
        return len(self._known)

    @property
    def newest(self) -> str:
        """The id of the key that makes new codes."""
        return max(self._known, key=int)


def pin_codes(folder: Path, codes: Mapping[str, str]) -> None:
    """From now on the first key of codes has a file of its own, and the secret may change without it."""
    _keep(folder / f"{_CODE}{FIRST}", codes[FIRST])


def renew_codes(folder: Path, codes: CodeKeys) -> str:
    """New codes are made with a new key from now on; its id. OSError when it cannot be kept."""
    pin_codes(folder, codes)
    key_id = str(int(codes.newest) + 1)
    _keep(folder / f"{_CODE}{key_id}", secrets.token_urlsafe(48))
    return key_id


def renew_secret(file: Path, folder: Path, codes: Mapping[str, str], at: datetime, *, at_once: bool) -> None:
    """Another secret signs from now on. The one before it is accepted for a while, or at once no more: then all that
    it, and those before it, ever signed is void. OSError when it cannot be kept.
    """
    pin_codes(folder, codes)
    if at_once:
        for path in folder.glob(f"{_OLD}*"):
            path.unlink()
    else:
        _keep(folder / at.astimezone(UTC).strftime(_STAMP), file.read_text().strip())
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    _keep(part, secrets.token_urlsafe(48))
    part.replace(file)


def _keep(path: Path, secret: str) -> None:
    """Written whole, readable by the owner only; what is there stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())

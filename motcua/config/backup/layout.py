"""Where copies lie and what each says of itself.

<place>/centre.json                 whose place this is
<place>/README.txt                  how to restore, for whoever finds it
<place>/copies/20261124-013000/     database, keys, papers.txt, manifest.json, proof.json
<place>/papers/ab/ab12…             every paper of every copy, once
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

FORMAT = 1
MANIFEST, PROOF, PAPERS, KEYS, CENTRE, README = (
    "manifest.json",
    "proof.json",
    "papers.txt",
    "keys",
    "centre.json",
    "README.txt",
)
NIGHTLY, ASKED, BEFORE_UPDATE = "nightly", "asked", "before-update"
# How many are kept: the newest of each of so many days, weeks and months.
DAYS, WEEKS, MONTHS = 7, 4, 6
BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy says of itself."""

    name: str
    made_at: datetime
    kind: str
    centre: str
    program: str
    vendor: str
    database: str
    size: int
    sha256: str
    # What was counted in the living database in the very moment that was copied.
    facts: dict[str, str]
    papers: int
    papers_size: int
    papers_sha256: str
    keys: dict[str, str]
    # The last event in it at least; 0 in copies of earlier versions.
    events_to: int = 0
    format: int = FORMAT

    def written(self) -> str:
        """As it stands in its file."""
        return json.dumps(asdict(self) | {"made_at": self.made_at.isoformat()}, ensure_ascii=False, indent=1)


def read_manifest(text: str) -> Manifest:
    """Out of its file; ValueError, TypeError or KeyError when it is none."""
    said = json.loads(text)
    return Manifest(**said | {"made_at": datetime.fromisoformat(said["made_at"])})


@dataclass(frozen=True, slots=True)
class Proof:
    """That a copy was restored and compared, and what differed."""

    at: datetime
    faults: tuple[str, ...]
    seconds: int
    papers_read: int
    papers: int

    @property
    def ok(self) -> bool:
        """Whether everything was the same."""
        return not self.faults

    def written(self) -> str:
        """As it stands in its file."""
        return json.dumps(asdict(self) | {"at": self.at.isoformat()}, ensure_ascii=False, indent=1)


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy, in its folder."""

    folder: Path
    manifest: Manifest

    @property
    def place(self) -> Place:
        """The place that it lies in."""
        return Place(self.folder.parent.parent)

    @property
    def database(self) -> Path:
        """The file of its database."""
        return self.folder / self.manifest.database

    @property
    def proof(self) -> Proof | None:
        """The last proof; None when it was never proven."""
        try:
            said = json.loads((self.folder / PROOF).read_text())
            faults, at = tuple(said.pop("faults")), datetime.fromisoformat(said.pop("at"))
            return Proof(at=at, faults=faults, **said)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def papers(self) -> Iterator[tuple[str, int]]:
        """The digest and size of each of its papers."""
        with (self.folder / PAPERS).open() as lines:
            for line in lines:
                sha256, _blank, size = line.partition(" ")
                yield sha256, int(size)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that holds copies."""

    root: Path

    @property
    def copies(self) -> Path:
        """The folder of the copies."""
        return self.root / "copies"

    @property
    def papers(self) -> Path:
        """The folder of the papers."""
        return self.root / "papers"

    def paper(self, sha256: str) -> Path:
        """Where the paper of this digest lies."""
        return self.papers / sha256[:2] / sha256

    def all(self) -> list[Copy]:
        """Every finished copy, the newest first."""
        found = (copy_at(folder) for folder in sorted(self.copies.glob("[0-9]*"), reverse=True))
        return [copy for copy in found if copy is not None]


def copy_at(folder: Path) -> Copy | None:
    """The finished copy in this folder, if it is one."""
    try:
        return Copy(folder, read_manifest((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Of these moments, the newest of each of the last days, weeks and months that have one."""
    newest_first = sorted(set(moments), reverse=True)
    found: set[datetime] = set(newest_first[:1])
    for number, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        of_period: dict[str, datetime] = {}
        for moment in newest_first:
            of_period.setdefault(moment.strftime(period), moment)
        found |= set(list(of_period.values())[:number])
    return found


def digest_of(path: Path) -> str:
    """SHA-256 of the whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copied(source: Path, target: Path) -> str:
    """Copy the file and return the digest of what was read. Nobody ever sees half of it; whoever wants it durable
    flushes the disk once for many.
    """
    half, seen = target.with_name(f".{target.name}.part"), hashlib.sha256()
    try:
        with source.open("rb") as read, half.open("wb") as write:
            for block in iter(lambda: read.read(BLOCK), b""):
                seen.update(block)
                write.write(block)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return seen.hexdigest()


def now_named(at: datetime) -> str:
    """The name of a copy made at this moment, in UTC so that names stay in order when clocks change."""
    return at.astimezone(UTC).strftime("%Y%m%d-%H%M%S")

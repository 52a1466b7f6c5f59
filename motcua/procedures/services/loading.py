"""The catalogue's files into the database: a new version only where a file's content is new.

Two things keep it quick. What each file said is kept beside the data under the digest of its bytes (a memory that may
be deleted at any time), and what the database holds is asked in two queries for all files together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from motcua.kernel.ledger import Event
from motcua.procedures import files
from motcua.procedures.definition import DefinitionFaults
from motcua.procedures.events import VersionPublished
from motcua.procedures.models import Procedure, Sector, Version
from motcua.procedures.services.proof import Effect, effects_of
from motcua.procedures.services.publishing import digest, publish_first, publish_version

MEMORY = "catalogue.json"
Progress = Callable[[int, int], None]


@dataclass
class _Known:
    """What the database holds: the codes of all procedures, and of each what its file said last."""

    codes: set[str]
    said: dict[str, str] = field(default_factory=dict)
    sectors: dict[str, Sector] = field(default_factory=dict)


def load_catalogue(
    *,
    folder: Path,
    at: datetime,
    progress: Progress = lambda _done, _all: None,
    only: Collection[str] | None = None,
) -> int:
    """Publish every file whose content is new since it was last loaded; how many were. `only` names some codes.

    A version that a person published in between (an import) stands until the file itself says something new.
    Raises files.CatalogueFaults, and then nothing is applied.
    """
    paths = [path for path in files.files_in(folder) if only is None or path.stem in only]
    memory = _Memory(Path(settings.MOTCUA_DATA) / MEMORY)
    known, made = _known(), 0
    faults: list[files.FileFault] = []
    with transaction.atomic():
        for number, path in enumerate(paths, start=1):
            try:
                made += _load(path, known, memory, at)
            except files.UNREADABLE:
                faults += files.faults_in(path, folder)
            except DefinitionFaults as refused:
                # Sound in itself, it may still hide what stands in an open dossier.
                faults += files.faults_in(path, folder) or _faults_of(refused, path, folder)
            progress(number, len(paths))
        if faults:
            raise files.CatalogueFaults(faults)
    memory.keep()
    return made


def _faults_of(refused: DefinitionFaults, path: Path, folder: Path) -> list[files.FileFault]:
    name = path.relative_to(folder).as_posix()
    return [files.FileFault(name, fault.path, fault.message) for fault in refused.faults]


def effects_of_folder(folder: Path) -> Iterator[Effect]:
    """Whom the changed files would touch if they were loaded: open dossiers and drafts, file by file.

    Raises files.CatalogueFaults for a changed file with faults.
    """
    known = _known()
    for path in files.files_in(folder):
        try:
            doc, _begins = files.sound_document(path)
        except (*files.UNREADABLE, DefinitionFaults):
            raise files.CatalogueFaults(files.faults_in(path, folder)) from None
        if path.stem in known.codes and known.said.get(path.stem) != digest(doc):
            yield from effects_of(doc)


def _load(path: Path, known: _Known, memory: _Memory, at: datetime) -> bool:
    """Whether this file made a version."""
    source = files.source_digest(path)
    if (kept := memory.digest_of(source)) and known.said.get(path.stem) == kept:
        return False
    doc, begins = files.sound_document(path)
    sha256 = digest(doc)
    memory.learn(source, sha256)
    if known.said.get(path.stem) == sha256:
        return False
    if path.stem in known.codes:
        return publish_version(doc=doc, at=at, by=None, effective_from=begins) is not None
    publish_first(doc=doc, sha256=sha256, sectors=known.sectors, at=at, effective_from=begins)
    return True


def _known() -> _Known:
    """Of each procedure the newest version that no person published; retired on its first day, it does not count."""
    own = Event.objects.filter(type=VersionPublished.type, actor=None).values_list("payload__version_id", flat=True)
    published = set(own)
    known = _Known(set(Procedure.objects.values_list("pk", flat=True)))
    rows = Version.objects.order_by("procedure_id", "no").values_list("pk", "procedure_id", "sha256", "status")
    for pk, code, sha256, status in rows:
        if pk in published:
            known.said[code] = sha256 if status == "published" else ""
    return known


class _Memory:
    """What each file's bytes came to, so that an unchanged file need not be read again."""

    def __init__(self, path: Path) -> None:
        self._path, self._seen = path, dict[str, str]()
        self._kept: dict[str, str] = {}
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            self._kept = kept if isinstance(kept, dict) else {}
        except (OSError, ValueError):
            pass  # No memory, or none that can be read: every file is read.

    def digest_of(self, source: str) -> str | None:
        """The digest of the document that these bytes gave before."""
        found = self._kept.get(source)
        if found:
            self._seen[source] = found
        return found

    def learn(self, source: str, sha256: str) -> None:
        """These bytes give this document."""
        self._seen[source] = sha256

    def keep(self) -> None:
        """Write down what was learned; without it the next load is only slower."""
        if self._seen.keys() <= self._kept.keys():
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps(self._kept | self._seen), encoding="utf-8")
            beside.replace(self._path)
        except OSError:
            pass

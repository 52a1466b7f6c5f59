"""Everything of a dossier as a folder: for an inspection, or what is the person's own, for the person.

Nouns: Pack (files under their paths, and the manifest that names them). It reads; taking one out is an act (services).
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.packs import content, papers
from motcua.dossiers.rules import packs

__all__ = ["MOST", "Pack", "of_person", "written"]
# So many dossiers go into one pack; more is a shorter period, or several packs.
MOST = 200
Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Pack:
    """A ZIP file that is ready, and the digest of its manifest."""

    file: IO[bytes]
    manifest_sha256: str


def written(dossiers: Sequence[Dossier], head: dict[str, Any], *, origin: str) -> Pack:
    """The inspection pack of these dossiers. `head` says who took it, when, and what for."""
    return _zipped(dossiers, head, lambda dossier: _everything(dossier, origin))


def of_person(dossiers: Sequence[Dossier], head: dict[str, Any], overview: bytes) -> Pack:
    """What the centre has of one person: own words, papers, results, and what happened as the applicant reads it."""
    return _zipped(dossiers, head, content.of_applicant, [("danh-sach.pdf", overview)])


def _everything(dossier: Dossier, origin: str) -> Files:
    yield from content.of_dossier(dossier)
    yield from papers.printed(dossier, origin)


def _zipped(
    dossiers: Sequence[Dossier],
    head: dict[str, Any],
    files_of: Callable[[Dossier], Files],
    beside: Iterable[tuple[str, bytes]] = (),
) -> Pack:
    """One file after the other, so that papers of hundreds of dossiers never lie in memory together."""
    out: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    listed: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for path, data in _all(dossiers, files_of, beside):
            listed.append({"path": path, "bytes": len(data), "sha256": packs.digest(data)})
            folder.writestr(path, data)
        said = {"format": packs.FORMAT, **head, "dossiers": content.chains(dossiers, listed), "files": listed}
        manifest = content.as_json(said)
        folder.writestr(packs.MANIFEST, manifest)
    out.seek(0)
    return Pack(out, packs.digest(manifest))


def _all(
    dossiers: Sequence[Dossier], files_of: Callable[[Dossier], Files], beside: Iterable[tuple[str, bytes]]
) -> Files:
    yield from beside
    for dossier in dossiers:
        for path, data in files_of(dossier):
            yield f"{dossier.number}/{path}", data

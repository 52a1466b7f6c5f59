"""Documents kept by their content: the same bytes are kept once, under the name of their digest.

Nouns: File. Bytes are on disk before the row is written, so that a row never points at nothing; a file without a row
is harmless.
It does not know what a file is for, and serves nobody: views decide who reads it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from motcua.kernel import rows


class File(models.Model):
    """What is known of some bytes."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    # As read from the bytes, never as claimed by whoever sent them.
    type = models.CharField(max_length=100)
    scanned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> Path:
        """Where the bytes are."""
        return place_of(self.sha256)

    @property
    def is_whole(self) -> bool:
        """Whether the bytes are there, as many as there should be; which bytes, only reading them tells."""
        try:
            return self.path.stat().st_size == self.size
        except OSError:
            return False


def place_of(sha256: str) -> Path:
    """Where bytes of this digest are kept."""
    return Path(settings.FILES_FOLDER) / sha256[:2] / sha256


def keep(content: bytes, *, type: str) -> File:
    """Keep these bytes durably and return their row; the same bytes twice are one file. OSError if the disk refuses."""
    return enter(store(content), content, type=type)


def store(content: bytes) -> str:
    """Bring these bytes to the disk and return their digest. Done before a transaction: the disk takes its time, and
    nobody else can write meanwhile.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if not place_of(sha256).exists():
        _write_durably(place_of(sha256), content)
    return sha256


def enter(sha256: str, content: bytes, *, type: str) -> File:
    """Write the row of bytes that were stored, in the caller's transaction."""
    file = File(sha256=sha256, size=len(content), type=type)
    rows.insert(file, unless_there=True)
    # Between storing and this moment the same bytes may have been removed by law.
    if not place_of(sha256).exists():
        _write_durably(place_of(sha256), content)
    return file


def remove(sha256: str, *, needs: Callable[[models.QuerySet[Any]], bool]) -> bool:
    """Take the bytes off the disk unless a row that names them still `needs` them; the row of the file stays, as proof
    of what there was. In the caller's transaction, so that nobody names them anew meanwhile.
    """
    if not File.objects.select_for_update().filter(pk=sha256).exists() or any(needs(each) for each in _naming(sha256)):
        return False
    place_of(sha256).unlink(missing_ok=True)
    return True


def _naming(sha256: str) -> Iterator[models.QuerySet[Any]]:
    """The rows of every table that name the file, whichever room's they are."""
    for each in File._meta.get_fields(include_hidden=True):
        if isinstance(each, models.ManyToOneRel):
            yield each.related_model._default_manager.filter(**{f"{each.field.attname}": sha256})


def _write_durably(place: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then rename: nobody ever sees half a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(place)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(sha256: str) -> bytes:
    """The bytes of this digest; FileNotFoundError if they are gone."""
    return place_of(sha256).read_bytes()

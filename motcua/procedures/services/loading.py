"""The catalogue's files into the database: a new version only where the content is new."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from motcua.procedures import files
from motcua.procedures.services.publishing import publish_version


def load_catalogue(
    *, folder: Path, at: datetime, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Publish every file whose content is new; how many were. The folder must be without faults (faults_of)."""
    paths = files.files_in(folder)
    made = 0
    with transaction.atomic():
        for number, path in enumerate(paths, start=1):
            doc, begins = files.document(path)
            made += publish_version(doc=doc, at=at, by=None, effective_from=begins) is not None
            progress(number, len(paths))
    return made

"""Which folder is watched for a commune's scanner; changed on its settings pages."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from motcua.dossiers import queries
from motcua.dossiers.events import ScanFolderSet
from motcua.dossiers.models import ScanFolder
from motcua.kernel import ledger, matters
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class NotAFolder(ValueError):
    """No name for a folder, or one that another commune's scanner uses; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def set_scan_folder(*, office: Office, folder: str, by: Person, post: Post | None, at: datetime) -> None:
    """Watch this folder for the commune from now on; without a name none is watched. Raises NotAFolder, and
    OSError where the machine cannot make it.

    Only a name: it lies below the folder of all scanners, so that nobody can point at other files of the machine.
    """
    if folder and not _NAME.fullmatch(folder):
        raise NotAFolder("name")
    if folder:
        queries.place_of_folder(folder).mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        if folder and ScanFolder.objects.filter(folder=folder).exclude(office=office).exists():
            raise NotAFolder("taken")
        if folder:
            ScanFolder.objects.update_or_create(office=office, defaults={"folder": folder, "set_at": at})
        else:
            ScanFolder.objects.filter(office=office).delete()
        happening, matter = ScanFolderSet(office.code, folder), matters.administration_of(office, at)
        ledger.record(happening, matter=matter, at=at, by=by, post=post, office=office)

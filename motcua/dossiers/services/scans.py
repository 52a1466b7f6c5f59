"""Scans and photos before they belong to a dossier: checked like every file from outside, kept, attached once.

No matter exists yet, so that no event can be recorded: the filing to which a scan is attached records its digest. A
file of a watched folder is taken away only once its bytes and its row are durable; one that is refused stays there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Q

from motcua.dossiers import queries
from motcua.dossiers.models import Scan
from motcua.dossiers.services import uploads
from motcua.dossiers.services.uploads import UploadRefused
from motcua.kernel import files, rows
from motcua.kernel.gate import Taken
from motcua.kernel.organisation import Office

# A file is finished when nobody has written to it for so long; one that is not whole is given a while.
SETTLES, GIVEN_UP = timedelta(seconds=3), timedelta(minutes=2)
# What nobody attached is kept so long.
LASTS = timedelta(days=30)
# So many at one look; the rest comes at the next.
AT_ONCE = 50
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", "~")
_JPEG, _END_OF_JPEG = b"\xff\xd8", b"\xff\xd9"


class ScanTaken(LookupError):
    """A scan was attached to another dossier or put away meanwhile."""


def keep_scan(
    *, content: bytes, name: str, office: Office, source: str, op_id: str, at: datetime, sid: str = ""
) -> Scan:
    """Keep a file for one sheet of the counter, the same file for the same paper once. Raises UploadRefused."""
    taken = uploads.take(content, name)
    sha256 = files.store(taken.content)
    try:
        with transaction.atomic():
            file = files.enter(sha256, taken.content, type=taken.type)
            scan = Scan(office=office, file=file, name=taken.name, source=source, op_id=op_id)
            scan.sid, scan.arrived_at = sid, at
            rows.insert(scan)
    except IntegrityError:
        return Scan.objects.get(op_id=op_id, file=sha256, sid=sid)
    return scan


def attach(*, scans: Sequence[int], office: Office, op_id: str, dossier_id: object, at: datetime) -> None:
    """They belong to this dossier from now on, in the transaction of its filing. Raises ScanTaken; then none does."""
    free = Scan.objects.filter(Q(op_id="") | Q(op_id=op_id), pk__in=scans, office=office, file__isnull=False)
    if free.filter(dossier=None, put_away_at=None).update(dossier=dossier_id, attached_at=at) != len(set(scans)):
        raise ScanTaken


def put_away(*, scan_id: int, office: Office, op_id: str, at: datetime) -> None:
    """It is not needed and no longer shown; the bytes are removed some weeks later."""
    lying = Scan.objects.filter(Q(op_id="") | Q(op_id=op_id), pk=scan_id, office=office, dossier=None)
    lying.filter(put_away_at=None).update(put_away_at=at)


def remove_old(*, at: datetime) -> int:
    """Remove what nobody attached in weeks, bytes included unless somebody else handed in the same; how many."""
    old = list(Scan.objects.filter(dossier=None, arrived_at__lte=at - LASTS).order_by("pk")[:500])
    for scan in old:
        with transaction.atomic():
            Scan.objects.filter(pk=scan.pk, dossier=None).delete()
            if scan.file_id:
                files.remove(scan.file_id, needs=lambda found: found.exists())
    return len(old)


def pick_up(*, at: datetime, office: Office | None = None) -> int:
    """Take in the finished files of every watched folder, or of one commune's; how many."""
    folders = queries.scan_folders(office)
    return sum(_pick_up(folder.office, queries.place_of_folder(folder.folder), at) for folder in folders)


def _pick_up(office: Office, folder: Path, at: datetime) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    return sum(_take(office, path, at) for path in _finished(folder, at))


def _finished(folder: Path, at: datetime) -> Iterator[Path]:
    """Ordinary files that nobody writes to any more, oldest first; links, hidden and unfinished ones are left alone."""
    with os.scandir(folder) as entries:
        found = [
            (entry.stat(follow_symlinks=False).st_mtime, entry.name)
            for entry in entries
            if entry.is_file(follow_symlinks=False)
            and not entry.name.startswith(".")
            and not entry.name.lower().endswith(_UNFINISHED)
        ]
    # The clock of a scanner may be ahead.
    settled = [(moment, name) for moment, name in found if abs(at.timestamp() - moment) > SETTLES.total_seconds()]
    yield from (folder / name for _moment, name in sorted(settled)[:AT_ONCE])


def _take(office: Office, path: Path, at: datetime) -> bool:
    """Whether the file was taken in now."""
    read = _read(path)
    if read is None:
        return False
    content, state = read
    key = hashlib.sha256(repr((path.parent.name, path.name, *state)).encode()).hexdigest()
    known = Scan.objects.filter(source_key=key).first()
    if known is None:
        known = _entered(office, path, content, state, key, at)
    if known is None or known.refused:
        return False
    _remove(path, state)
    return True


def _entered(office: Office, path: Path, content: bytes, state: tuple[int, int], key: str, at: datetime) -> Scan | None:
    """Its row, durable; None while it may still be growing."""
    refused, taken = _looked_at(content, path.name, state[0])
    if refused and refused != "too_large" and abs(at.timestamp() - state[1] / 1e9) < GIVEN_UP.total_seconds():
        return None
    scan = Scan(office=office, source="folder", arrived_at=at, source_key=key, refused=refused)
    scan.name = taken.name if taken else path.name[:200]
    sha256 = files.store(taken.content) if taken else ""
    try:
        with transaction.atomic():
            scan.file = files.enter(sha256, taken.content, type=taken.type) if taken else None
            rows.insert(scan)
    except IntegrityError:  # another process was first
        return Scan.objects.get(source_key=key)
    return scan


def _looked_at(content: bytes, name: str, size: int) -> tuple[str, Taken | None]:
    """Why it is refused, or what is taken of it."""
    try:
        if size > uploads.LARGEST:
            raise UploadRefused("too_large")
        taken = uploads.take(content, name)
    except UploadRefused as refused:
        return refused.code, None
    # A scanner that is still writing leaves a file that begins well.
    whole = not content.startswith(_JPEG) or _END_OF_JPEG in content[-1024:]
    return ("", taken) if whole else ("broken", None)


def _read(path: Path) -> tuple[bytes, tuple[int, int]] | None:
    """The bytes and what they were read as, size and moment; None when it went or changed meanwhile."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        content = file.read(uploads.LARGEST + 1)
        after = os.fstat(descriptor)
    state = (before.st_size, before.st_mtime_ns)
    return (content, state) if state == (after.st_size, after.st_mtime_ns) else None


def _remove(path: Path, state: tuple[int, int]) -> None:
    """Take the file away, unless another one came under its name: put aside first, looked at, then removed. A folder
    in which nothing may be removed keeps it; it is not read twice.
    """
    aside = path.with_name(f".taken-{path.name}")
    try:
        path.rename(aside)
        now = aside.stat(follow_symlinks=False)
        if (now.st_size, now.st_mtime_ns) == state:
            aside.unlink()
        else:
            aside.rename(path)
    except OSError:
        return

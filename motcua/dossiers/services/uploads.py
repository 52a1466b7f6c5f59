"""Files sent before anything is filed: looked at, kept, and lent out under a handle that nobody can guess.

The type is read from the bytes and never from what the sender claims; only photos and PDF are taken. A handle lives
for a day and may be named by several filings. No matter exists yet, so that no event can be recorded: the filing that
names the file records its digest. Files themselves are shared by content and stay (`kernel.files`).
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.conf import settings
from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Upload
from motcua.dossiers.services.content import FileData
from motcua.kernel import files, networks, organisation, pictures, rows

LIFETIME = timedelta(hours=24)
LARGEST = 10 * 1024 * 1024
WINDOW = timedelta(minutes=1)
# So many files in one window from one network; a demonstration bears a test of 50 filings a second, several files each.
MOST_IN_WINDOW, MOST_IN_DEMO = 120, 18_000
_IN_WINDOW = (
    "SELECT count(*) FROM (SELECT 1 FROM dossiers_upload WHERE network = %s AND uploaded_at > %s LIMIT %s) AS recent"
)
_KNOWN = (
    "SELECT handle_hash, file_id, size, name FROM dossiers_upload WHERE expires_at > %s AND handle_hash IN ({marks})"
)
ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
}
LONGEST_NAME = 120
WORDS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Choose another file."),
    "too_large": _("The file is larger than 10 MB. Choose a smaller file, or take the photo again with fewer details."),
    "type": _("The file is not a photo (JPEG, PNG, WebP, HEIC) or a PDF. Take a photo of the paper, or choose a PDF."),
    "broken": _("The file cannot be opened. Take the photo again, or choose another file."),
    "too_many_pixels": _("The picture is too large to open. Take the photo again at a smaller size."),
    "quota": _("Too many files came from your network just now. Wait one minute, then try again."),
}


class UploadRefused(ValueError):
    """The file is not kept: a code for machines, a sentence for people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.message = code, WORDS[code]


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file and the handle that opens it until it expires."""

    handle: str
    sha256: str
    size: int
    type: str
    name: str


def keep_upload(
    *, content: bytes, name: str, network: str, at: datetime, lasts: timedelta = LIFETIME, handle: str = ""
) -> Kept:
    """Keep the file and lend a handle; `network` is the sender's address, of which only a keyed digest stays. With a
    handle of the caller's own, keeping twice is keeping once.

    Raises UploadRefused.
    """
    sender = digest_of_network(network)
    if _is_over_quota(sender, at):
        raise UploadRefused("quota")
    type_ = type_of(content)
    shown, given, handle = safe_name(name, type_), bool(handle), handle or secrets.token_urlsafe(32)
    sha256 = files.store(content)
    with transaction.atomic():
        file = files.enter(sha256, content, type=type_)
        upload = Upload(
            handle_hash=_hash(handle),
            file=file,
            name=shown,
            network=sender,
            size=len(content),
            uploaded_at=at,
            expires_at=at + lasts,
        )
        rows.insert(upload, unless_there=given)
    return Kept(handle, file.sha256, len(content), type_, shown)


def known_uploads(handles: Collection[str], at: datetime) -> dict[str, FileData]:
    """The file behind each handle that exists and has not expired; others are simply not there. One query."""
    by_hash = {_hash(handle): handle for handle in handles}
    if not by_hash:
        return {}
    marks = ", ".join(["%s"] * len(by_hash))
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN.format(marks=marks), [connection.ops.adapt_datetimefield_value(at), *by_hash])
        found = cursor.fetchall()
    return {by_hash[key]: FileData(sha256=sha256, size=size, name=name) for key, sha256, size, name in found}


def described(handles: Collection[str], at: datetime) -> dict[str, Kept]:
    """What is known of each upload that exists and has not expired, as a draft remembers it."""
    by_hash = {_hash(handle): handle for handle in handles}
    found = Upload.objects.filter(pk__in=by_hash, expires_at__gt=at)
    rows_ = found.values_list("handle_hash", "file_id", "size", "file__type", "name")
    return {by_hash[key]: Kept(by_hash[key], sha256, size, type_, name) for key, sha256, size, type_, name in rows_}


def first_kept(handles: Sequence[str]) -> str:
    """The first of these handles that is known here; empty when none is."""
    known = set(Upload.objects.filter(pk__in=[_hash(each) for each in handles]).values_list("pk", flat=True))
    return next((each for each in handles if _hash(each) in known), "")


def remove_expired(*, at: datetime) -> int:
    """Forget the handles whose time is over; how many. Filings keep their files by themselves."""
    return Upload.objects.filter(expires_at__lte=at).delete()[0]


def type_of(content: bytes) -> str:
    """The media type that the bytes show. Raises UploadRefused for what is empty, too large, broken or not taken."""
    if not content:
        raise UploadRefused("empty")
    if len(content) > LARGEST:
        raise UploadRefused("too_large")
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return _type_of_image(content)


def _type_of_image(content: bytes) -> str:
    try:
        return pictures.type_of(content)
    except pictures.NotAPicture as refused:
        raise UploadRefused(refused.reason) from None


def safe_name(name: str, type_: str) -> str:
    """The name without folders, control characters and a misleading ending."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each)[0] != "C")
    plain = " ".join(plain.split()).strip(". ")[:LONGEST_NAME] or "giay-to"
    endings = ENDINGS[type_]
    return plain if plain.lower().endswith(endings) else plain + endings[0]


def digest_of_network(address: str) -> str:
    """Keyed, so that whoever reads the table cannot tell the address."""
    return hmac.new(
        settings.SECRET_KEY.encode(), b"network:" + networks.network_of(address).encode(), hashlib.sha256
    ).hexdigest()


def _is_over_quota(sender: str, at: datetime) -> bool:
    most = MOST_IN_DEMO if organisation.is_demo() else MOST_IN_WINDOW
    # Not through the ORM, nor the look-up below: both stand in every filing, and building them costs more than running.
    with connection.cursor() as cursor:
        cursor.execute(_IN_WINDOW, [sender, connection.ops.adapt_datetimefield_value(at - WINDOW), most])
        return bool(cursor.fetchone()[0] >= most)


def _hash(handle: str) -> str:
    return hashlib.sha256(handle.encode()).hexdigest()

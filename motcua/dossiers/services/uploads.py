"""Files sent before anything is filed: looked at, kept, and lent out under a handle that nobody can guess.

Each passes the gate (kernel.gate): only photos, written anew, and PDF are kept. What a filing seals is the digest of
the bytes that are kept; the digest of those that were sent stands beside it as long as the handle. A handle lives
for a day and may be named by several filings. No matter exists yet, so that no event can be recorded: the filing that
names the file records its digest. Files themselves are shared by content and stay (`kernel.files`).
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Upload
from motcua.dossiers.services.content import FileData
from motcua.kernel import files, gate, networks, organisation, rows
from motcua.kernel.gate import Taken
from motcua.ui import taking

LIFETIME = timedelta(hours=24)
LARGEST = gate.LARGEST
WINDOW = timedelta(minutes=1)
# So many files in one window from one network; a demonstration bears a test of 50 filings a second, several files each.
MOST_IN_WINDOW, MOST_IN_DEMO = 120, 18_000
_IN_WINDOW = (
    "SELECT count(*) FROM (SELECT 1 FROM dossiers_upload WHERE network = %s AND uploaded_at > %s LIMIT %s) AS recent"
)
_KNOWN = (
    "SELECT handle_hash, file_id, size, name FROM dossiers_upload WHERE expires_at > %s AND handle_hash IN ({marks})"
)
QUOTA = _("Too many files came from your network just now. Wait one minute, then try again.")


class UploadRefused(ValueError):
    """The file is not kept: a code for machines, a sentence for people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.message = code, sentence(code)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file and the handle that opens it until it expires."""

    handle: str
    sha256: str
    size: int
    type: str
    name: str
    sent_sha256: str = ""


def sentence(code: str) -> str:
    """Why a file is not kept and how to mend it; empty for a code that is none of a file's."""
    return str(QUOTA) if code == "quota" else taking.sentence(code)


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
    taken, given, handle = take(content, name), bool(handle), handle or secrets.token_urlsafe(32)
    sha256 = files.store(taken.content)
    with transaction.atomic():
        file = files.enter(sha256, taken.content, type=taken.type)
        upload = Upload(
            handle_hash=_hash(handle),
            file=file,
            name=taken.name,
            network=sender,
            size=len(taken.content),
            sent_sha256=taken.sent_sha256,
            uploaded_at=at,
            expires_at=at + lasts,
        )
        rows.insert(upload, unless_there=given)
    return Kept(handle, file.sha256, len(taken.content), taken.type, taken.name, taken.sent_sha256)


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


def take(content: bytes, name: str) -> Taken:
    """Through the gate: the bytes as they are kept, with type and name. Raises UploadRefused."""
    try:
        return gate.take(content, name, most=LARGEST)
    except gate.NotTaken as refused:
        raise UploadRefused(refused.reason) from None


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

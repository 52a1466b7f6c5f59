"""A file that comes in pieces over a line that breaks: begun, gone on with where it stopped, checked when it is whole.

Nouns: Partial (a file on its way), its key (unguessable, it alone goes on with it). A piece is taken only where the
last one ended, so that a repeated or an overtaking one changes nothing; the whole must have the digest that was
announced. Then it is an upload like any other (services.uploads), looked at like any other. What does not arrive is
forgotten.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum

from motcua.dossiers.models import Partial, Piece
from motcua.dossiers.services import uploads
from motcua.dossiers.services.uploads import UploadRefused
from motcua.kernel import keyring

LIFETIME = timedelta(hours=24)
# A piece is some seconds of a weak line; what is lost when it breaks is one piece.
LARGEST_PIECE = 512 * 1024
# So many bytes may be under way from one network at once.
MOST_UNDER_WAY = 60 * 1024 * 1024


class OutOfPlace(ValueError):
    """The piece does not begin where the last one ended; `expected` says where that is."""

    def __init__(self, expected: int) -> None:
        super().__init__(expected)
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Arrived:
    """How far a file has come; `handle` once it is whole."""

    offset: int
    size: int
    expires_at: datetime
    handle: str = ""


def announce(*, key: str, name: str, size: int, sha256: str, network: str, at: datetime) -> Arrived:
    """Announce a file; the key is made by who sends, so that announcing twice is announcing once.

    Raises UploadRefused.
    """
    if size <= 0 or size > uploads.LARGEST:
        raise UploadRefused("empty" if size <= 0 else "too_large")
    if found := Partial.objects.filter(key_hash=_hash(key)).first():
        return _arrived(found, key)
    sender = uploads.digest_of_network(network)
    under_way = Partial.objects.filter(network=sender, is_whole=False, expires_at__gt=at).aggregate(all=Sum("size"))[
        "all"
    ]
    if (under_way or 0) + size > MOST_UNDER_WAY:
        raise UploadRefused("quota")
    partial = Partial(
        key_hash=_hash(key),
        name=name[:200],
        size=size,
        sha256=sha256,
        network=sender,
        begun_at=at,
        expires_at=at + LIFETIME,
    )
    try:
        with transaction.atomic():
            partial.save(force_insert=True)
    except IntegrityError:  # announced twice at once
        partial = Partial.objects.get(key_hash=_hash(key))
    return _arrived(partial, key)


def standing(*, key: str, at: datetime) -> Arrived:
    """How far it has come. Raises Partial.DoesNotExist when it is unknown or over."""
    return _arrived(_find(key, at), key)


def add_piece(*, key: str, start: int, content: bytes, network: str, at: datetime, lasts: timedelta) -> Arrived:
    """Take a piece; with the last one the file is looked at and kept for `lasts`.

    Raises Partial.DoesNotExist, OutOfPlace, UploadRefused (the file is then forgotten: it can never become good).
    """
    partial = _find(key, at)
    if not partial.is_whole:
        _lay(partial, start, content)
        if _offset(partial) == partial.size:
            _finish(partial, key, network, at, lasts)
    return _arrived(partial, key)


def _lay(partial: Partial, start: int, content: bytes) -> None:
    """One piece in its place; the database refuses a second one there."""
    expected = _offset(partial)
    if start != expected or not content or len(content) > LARGEST_PIECE or start + len(content) > partial.size:
        raise OutOfPlace(expected)
    try:
        with transaction.atomic():
            Piece.objects.create(partial=partial, start=start, end=start + len(content), content=content)
    except IntegrityError:
        raise OutOfPlace(_offset(partial)) from None


def _finish(partial: Partial, key: str, network: str, at: datetime, lasts: timedelta) -> None:
    content = b"".join(bytes(each.content) for each in partial.pieces.all())
    try:
        if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), partial.sha256):
            raise UploadRefused("broken")
        uploads.keep_upload(
            content=content, name=partial.name, network=network, at=at, lasts=lasts, handle=_handle(key)
        )
    except UploadRefused as refused:
        if refused.code != "quota":
            partial.delete()
        raise
    with transaction.atomic():
        partial.is_whole, partial.expires_at = True, at + LIFETIME
        partial.save(update_fields=["is_whole", "expires_at"])
        Piece.objects.filter(partial=partial).delete()


def remove_expired(*, at: datetime) -> int:
    """Forget what did not arrive in time, with its pieces; how many files."""
    over = Partial.objects.filter(expires_at__lte=at)
    count = over.count()
    over.delete()
    return count


def _find(key: str, at: datetime) -> Partial:
    return Partial.objects.get(key_hash=_hash(key), expires_at__gt=at)


def _offset(partial: Partial) -> int:
    return partial.pieces.aggregate(end=Max("end"))["end"] or 0


def _arrived(partial: Partial, key: str) -> Arrived:
    offset = partial.size if partial.is_whole else _offset(partial)
    return Arrived(offset, partial.size, partial.expires_at, _handle(key) if partial.is_whole else "")


def _handle(key: str) -> str:
    """Made from the key, so that whoever asks again gets the same and only digests are stored."""
    made = [hmac.digest(each.encode(), b"upload:" + key.encode(), "sha256").hex() for each in keyring.every()]
    return uploads.first_kept(made) or made[0]


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

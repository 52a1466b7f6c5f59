"""Words sealed with this centre's own key (Ed25519), so that a stranger can tell, without a network, who said them.

Nouns: SealKey (the public half with its time: the published history), Seal. Private halves are files in the folder of
keys, which copies carry, and never rows. It does not know what the words mean.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import models

from motcua.kernel import rows

ID_LENGTH = 12


class SealKey(models.Model):
    """The public half of a key; it goes on proving what was sealed while it was used."""

    id = models.CharField(max_length=ID_LENGTH, primary_key=True)
    # 32 bytes in base64url, without padding.
    public = models.CharField(max_length=44)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["begun_at", "id"]

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature in base64url, and the key that made it."""

    key: str
    signature: str


def seal(words: Callable[[str], str]) -> Seal:
    """Seal what `words` says for the id of the key in use; the first key is made when there is none. OSError if it
    cannot be kept.
    """
    key_id, private = _in_use()
    return Seal(key_id, encoded(private.sign(words(key_id).encode())))


def holds(words: str, seal: Seal, keys: Mapping[str, str]) -> bool:
    """Whether one of these keys (by id, base64url) sealed exactly these words."""
    try:
        public = Ed25519PublicKey.from_public_bytes(decoded(keys[seal.key]))
        public.verify(decoded(seal.signature), words.encode())
    except (KeyError, ValueError, InvalidSignature):
        return False
    return True


def published() -> dict[str, str]:
    """Every key that ever sealed here, by id; the one in use too when its row is still to be written."""
    known = dict(SealKey.objects.values_list("id", "public"))
    return known | ({} if _newest() is None else _public_of_the_one_in_use())


def publish(*, at: datetime) -> None:
    """Write down the key in use, unless it is written down already; it is made where there is none."""
    for key_id, public in _public_of_the_one_in_use().items():
        if not SealKey.objects.filter(pk=key_id).exists():
            rows.insert(SealKey(id=key_id, public=public, begun_at=at), unless_there=True)


def rotate(*, at: datetime) -> SealKey:
    """Begin a new key, in the caller's transaction; the private half of the old one is destroyed, what it sealed goes
    on being proven.
    """
    publish(at=at)
    _make()
    publish(at=at)
    key_id, _private = _in_use()
    SealKey.objects.filter(ended_at=None).exclude(pk=key_id).update(ended_at=at)
    return SealKey.objects.get(pk=key_id)


def forget_old_private_keys() -> None:
    """Destroy the private half of every key but the one in use; after the transaction that ended them."""
    for path in _files()[:-1]:
        path.unlink(missing_ok=True)


# --- the files -------------------------------------------------------------------------------------------------
def _folder() -> Path:
    return Path(settings.KEYS_FOLDER)


def _files() -> list[Path]:
    return sorted(_folder().glob("seal-*"))


def _newest() -> Path | None:
    files = _files()
    return files[-1] if files else None


def _in_use() -> tuple[str, Ed25519PrivateKey]:
    """The key of the newest file; its name says the order, so that no clock is asked."""
    try:
        return _read(_folder(), _folder().stat().st_mtime_ns)
    except FileNotFoundError:
        _make()
        return _read(_folder(), _folder().stat().st_mtime_ns)


@functools.lru_cache(maxsize=4)
def _read(folder: Path, changed: int) -> tuple[str, Ed25519PrivateKey]:
    newest = _newest()
    if newest is None:
        raise FileNotFoundError(folder)
    private = Ed25519PrivateKey.from_private_bytes(decoded(newest.read_text().strip()))
    return _id_of(private), private


def _make() -> None:
    """A file of the next place, whole or not at all; of two processes at once one makes it, the other finds it."""
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    newest = _newest()
    place = 1 if newest is None else int(newest.name.split("-")[1]) + 1
    part = _folder() / f".making-{os.getpid()}-{place}"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(encoded(Ed25519PrivateKey.generate().private_bytes_raw()) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, _folder() / f"seal-{place:06}")
    except FileExistsError:
        pass
    finally:
        part.unlink()


def _public_of_the_one_in_use() -> dict[str, str]:
    key_id, private = _in_use()
    return {key_id: encoded(private.public_key().public_bytes_raw())}


def _id_of(private: Ed25519PrivateKey) -> str:
    return hashlib.sha256(private.public_key().public_bytes_raw()).hexdigest()[:ID_LENGTH]


# --- base64url without padding, as it stands in codes and addresses --------------------------------------------
def encoded(content: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding. ValueError when it is none."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)

"""The files of the authority and of the certificate, in the folder of keys, which copies carry.

root.pem is for everybody; root.key and server.pem (key, certificate and root in one file, so that they always belong
together) are readable by the owner only.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from motcua.portal.https import authority, machine
from motcua.portal.https.authority import Held

BEFORE_THE_END = timedelta(days=30)


def folder() -> Path:
    """Where they lie."""
    return Path(settings.KEYS_FOLDER) / "https"


def server() -> Path:
    """What the server shows to browsers, with its key."""
    return folder() / "server.pem"


def is_on() -> bool:
    """Whether this centre has an authority of its own."""
    return (folder() / "root.key").is_file()


def root() -> x509.Certificate:
    """The authority's certificate. OSError where there is none."""
    return _root_at(folder() / "root.pem", (folder() / "root.pem").stat().st_mtime_ns)


@functools.lru_cache(maxsize=2)
def _root_at(path: Path, changed: int) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def shown() -> x509.Certificate:
    """The certificate that the server shows. OSError, ValueError where there is none."""
    return _shown_at(server(), server().stat().st_mtime_ns)


@functools.lru_cache(maxsize=2)
def _shown_at(path: Path, changed: int) -> x509.Certificate:
    return x509.load_pem_x509_certificates(path.read_bytes())[0]


def fingerprint() -> str:
    """The authority's SHA-256 as every system shows it, sixteen groups of four digits."""
    digits = hashlib.sha256(root().public_bytes(serialization.Encoding.DER)).hexdigest().upper()
    return " ".join(digits[at : at + 4] for at in range(0, 64, 4))


def found(title: str, at: datetime) -> None:
    """Make an authority, and the first certificate by it. What was there before vouches for nothing any more."""
    made = authority.make(title, machine.names(settings.ALLOWED_HOSTS), at)
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    server().unlink(missing_ok=True)
    _write(folder() / "root.key", made.secret_pem, 0o600)
    _write(folder() / "root.pem", made.pem, 0o644)
    renew(at)


def forget() -> None:
    """No authority any more."""
    for name in ("server.pem", "root.key", "root.pem"):
        (folder() / name).unlink(missing_ok=True)


def is_due(at: datetime) -> bool:
    """Whether another certificate is wanted: it ends soon, or the machine is called by another name or address now."""
    try:
        there = shown()
    except (OSError, ValueError):
        return True
    names, addresses = authority.names_of(there)
    wanted = set(machine.addresses(settings.ALLOWED_HOSTS)) - addresses
    return bool(there.not_valid_after_utc <= at + BEFORE_THE_END or wanted or set(_names()) - names)


def renew(at: datetime) -> x509.Certificate:
    """A new certificate in place of the old one; servers that run show it within seconds. OSError."""
    secret = serialization.load_pem_private_key((folder() / "root.key").read_bytes(), None)
    assert isinstance(secret, ec.EllipticCurvePrivateKey)
    own = Held(root(), secret)
    made = authority.issue(own, _names(), machine.addresses(settings.ALLOWED_HOSTS), at)
    _write(server(), made.secret_pem + made.pem + own.pem, 0o600)
    return made.certificate


def _names() -> list[str]:
    """Those of the machine's names that the authority may vouch for."""
    return [name for name in machine.names(settings.ALLOWED_HOSTS) if authority.may_vouch_for(root(), name)]


def left_out() -> list[str]:
    """Names of the centre that came later than the authority, which therefore cannot vouch for them."""
    return sorted(set(machine.names(settings.ALLOWED_HOSTS)) - set(_names()))


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    with contextlib.suppress(FileNotFoundError):
        part.unlink()
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)

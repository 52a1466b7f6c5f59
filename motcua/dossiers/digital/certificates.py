"""Keys: one that is read from a file, and a sample that is made on this machine and says of itself that it is none.

The sample's key lies in the data folder, readable by its owner only; it is in no repository, no copy and no log.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

SAMPLE_NAME = "CHỮ KÝ MẪU - KHÔNG CÓ GIÁ TRỊ"
SAMPLE_ORGANISATION = "Dữ liệu mẫu của Một Cửa"
# Nobody keeps a demonstration so long; from a fixed day, so that it holds whatever the clock of the machine says.
_FROM, _FOR = datetime(2025, 7, 1, tzinfo=UTC), timedelta(days=365 * 20)


class CannotOpen(ValueError):
    """The file with the key does not open: it is another kind of file, or the password is wrong."""


def opened(content: bytes, password: bytes) -> x509.Certificate:
    """The certificate of a PKCS#12 file. Raises CannotOpen."""
    try:
        _key, certificate, _others = pkcs12.load_key_and_certificates(content, password or None)
    except (ValueError, TypeError):
        raise CannotOpen from None
    if certificate is None:
        raise CannotOpen
    return certificate


def sample() -> tuple[bytes, bytes]:
    """The sample as a PKCS#12 file and its password; made when it is needed for the first time."""
    place = Path(settings.MOTCUA_DATA) / "signing" / "sample.p12"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = place.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(_made())
        beside.replace(place)
    return place.read_bytes(), b""


def _made() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, SAMPLE_ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, SAMPLE_NAME),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), _FROM, _FROM + _FOR)
    certificate = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(b"sample", key, certificate, None, serialization.NoEncryption())

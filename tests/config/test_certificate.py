"""https: a supplied certificate is spoken with, and whoever looks after the centre hears in time that it ends."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from motcua.config.checks import certificate
from motcua.config.cli import serve
from motcua.config.cli.troubles import CannotRun


def written(folder: Path, *, days: float, host: str = "xa-mau.example") -> tuple[Path, Path]:
    """A certificate of this name that ends in so many days, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    encoding, shape = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(encoding, shape, serialization.NoEncryption()))
    return paths


@pytest.mark.parametrize(
    ("days", "host", "state"),
    [
        (60, "xa-mau.example", "ok"),
        (60, "*.example", "ok"),
        (60, "xa-khac.example", "warning"),
        (20, "xa-mau.example", "warning"),
        (-1, "xa-mau.example", "fault"),
    ],
)
def test_a_certificate_that_ends_or_has_another_name_is_said_in_time(
    tmp_path: Path, settings: Any, days: float, host: str, state: str
) -> None:
    settings.TLS_CERT = str(written(tmp_path, days=days, host=host)[0])
    settings.ALLOWED_HOSTS = ["localhost", "xa-mau.example"]
    (found,) = certificate.certificate()
    assert found.state == state


def test_one_that_cannot_be_read_is_a_fault_and_none_is_nothing(tmp_path: Path, settings: Any) -> None:
    settings.TLS_CERT, settings.MOTCUA_BASE_URL = "", "http://127.0.0.1:8000"
    assert list(certificate.certificate()) == []
    settings.TLS_CERT = str(tmp_path / "absent.pem")
    assert next(certificate.certificate()).state == "fault"
    (tmp_path / "absent.pem").write_text("not a certificate")
    assert next(certificate.certificate()).state == "fault"


def test_what_cannot_be_used_is_said_before_anything_starts(tmp_path: Path, settings: Any) -> None:
    cert, key = map(str, written(tmp_path, days=60))
    settings.TLS_CERT, settings.TLS_KEY = cert, ""
    with pytest.raises(CannotRun, match="MOTCUA_TLS_KEY"):
        serve.certificate_can_be_read()
    settings.TLS_KEY = cert
    with pytest.raises(CannotRun):
        serve.certificate_can_be_read()
    settings.TLS_KEY = key
    serve.certificate_can_be_read()

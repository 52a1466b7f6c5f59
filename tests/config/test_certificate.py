"""https: a supplied certificate is spoken with, and whoever looks after the centre hears in time that it ends."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from django.utils.translation import override

from motcua.config.checks import certificate
from motcua.config.cli import serve
from motcua.config.cli.troubles import CannotRun
from motcua.portal.https import authority


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
    settings.TLS_CERT, settings.TLS_KEY = map(str, written(tmp_path, days=days, host=host))
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


def chain(folder: Path) -> tuple[bytes, bytes, bytes]:
    """A key, its certificate by an authority that says where its own is had, and that authority's."""
    now = datetime.now(UTC)
    root = authority.make("Nơi cấp", ["xa-mau.example"], now)
    key = ec.generate_private_key(ec.SECP256R1())
    told = x509.AccessDescription(
        AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.example/ca.crt")
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "xa-mau.example")]))
        .issuer_name(root.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=90))
        .add_extension(x509.AuthorityInformationAccess([told]), critical=False)
        .sign(root.key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    secret = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return secret, made.public_bytes(encoding), root.pem


def test_every_fault_of_a_supplied_certificate_is_one_sentence(tmp_path: Path) -> None:
    key, own, above = chain(tmp_path)
    other = written(tmp_path, days=60)
    say = certificate.supplied_fault
    with override("en"):
        assert say(key, own + above) == ""
        assert "incomplete" in str(say(key, own))
        assert "does not belong" in str(say(other[1].read_bytes(), own + above))
        assert "comes first" in str(say(key, above + own))
        assert "chain of the certificate is broken" in str(say(key, own + other[0].read_bytes()))
        assert "cannot be understood" in str(say(b"nothing", own + above))
        assert "cannot be understood" in str(say(key, b"nothing"))
    assert say(other[1].read_bytes(), other[0].read_bytes()) == ""


def test_a_replacement_that_does_not_fit_is_a_fault_of_the_centre(tmp_path: Path, settings: Any) -> None:
    cert, key = written(tmp_path, days=60)
    settings.TLS_CERT, settings.TLS_KEY, settings.ALLOWED_HOSTS = str(cert), str(key), []
    assert next(certificate.certificate()).state == "ok"
    (tmp_path / "other").mkdir()
    settings.TLS_KEY = str(written(tmp_path / "other", days=60)[1])
    assert next(certificate.certificate()).state == "fault"

"""Making the authority, and certificates by it. Nothing is read or written here."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
YEARS_OF_THE_ROOT = timedelta(days=3652)
# No browser takes a certificate of a longer time.
DAYS = timedelta(days=397)
# Clocks of old machines go wrong.
EARLIER = timedelta(days=1)
# What is never reached from the Internet: RFC 1918, RFC 6598, RFC 4193, the machine itself, its own cable.
PRIVATE = tuple(
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
)
_NONE = dict.fromkeys(
    (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ),
    False,
)


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate, for everybody."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def secret_pem(self) -> bytes:
        """The key, for nobody else."""
        shape, lock = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, shape, lock)


def is_private(address: Address) -> bool:
    """Whether the authority may vouch for this address."""
    return any(address in network for network in PRIVATE if network.version == address.version)


def make(title: str, names: Iterable[str], at: datetime) -> Held:
    """An authority that can vouch for these names, whatever stands below them, and private addresses; for nothing else,
    so that its key is worth nothing elsewhere.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title[:64])])
    may: list[x509.GeneralName] = [x509.DNSName(each) for each in names]
    may += [x509.IPAddress(network) for network in PRIVATE]
    use = x509.KeyUsage(**_NONE | {"key_cert_sign": True, "crl_sign": True})
    built = (
        _begun(name, name, key, at, at + YEARS_OF_THE_ROOT)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(use, critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=may, excluded_subtrees=None), critical=True)
    )
    return Held(built.sign(key, hashes.SHA256()), key)


def issue(root: Held, names: Sequence[str], addresses: Sequence[Address], at: datetime) -> Held:
    """A certificate of the server for these names and addresses, as long as browsers take one."""
    key, authority = ec.generate_private_key(ec.SECP256R1()), root.certificate
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Mot Cua")])
    ends = min(at - EARLIER + DAYS, authority.not_valid_after_utc)
    known: list[x509.GeneralName] = [x509.DNSName(each) for each in names]
    known += [x509.IPAddress(each) for each in addresses]
    signer = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    built = (
        _begun(name, authority.subject, key, at, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**_NONE | {"digital_signature": True}), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(known), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(signer), critical=False)
    )
    return Held(built.sign(root.key, hashes.SHA256()), key)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, at: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - EARLIER)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def names_of(certificate: x509.Certificate) -> tuple[frozenset[str], frozenset[Address]]:
    """The names and the addresses that a certificate of a server is for."""
    known = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = known.get_values_for_type(x509.IPAddress)
    return frozenset(known.get_values_for_type(x509.DNSName)), frozenset(
        each for each in addresses if isinstance(each, Address)
    )


def may_vouch_for(root: x509.Certificate, name: str) -> bool:
    """Whether the authority's own limits let it vouch for this name."""
    limits = root.extensions.get_extension_for_class(x509.NameConstraints).value
    may = [each.value for each in limits.permitted_subtrees or () if isinstance(each, x509.DNSName)]
    return any(name == each or name.endswith(f".{each}") for each in may)

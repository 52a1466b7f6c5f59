"""The certificate by which browsers are spoken to: does it still hold, and is it of this centre's names."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import AuthorityInformationAccessOID
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.config.checks.findings import Finding, fault, ok, warning
from motcua.portal.https import kept

SOON, A_YEAR = timedelta(days=21), timedelta(days=365)
PATIENCE = 5
LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
RENEW = _("Have it renewed, put the new one in its place and start the centre again.")


def certificate() -> Iterator[Finding]:
    """The one that was supplied, the one of the centre's own authority, or the one that the proxy shows; nothing to say
    where there is no https.
    """
    if settings.HTTPS_OWN:
        yield from _own()
        return
    try:
        pem = _pem()
    except OSError as error:
        if settings.TLS_CERT:
            sentence = _("The certificate {file} cannot be read ({detail}).")
            yield fault("certificate", sentence, RENEW, file=settings.TLS_CERT, detail=error.strerror or error)
        return
    if pem:
        yield _unfit(pem) or of(pem)


def _own() -> Iterator[Finding]:
    """By the centre's own authority: it renews itself, so that what is left is what keeps it from doing so."""
    advice = _("Start the centre again; if that does not help, run motcua https local --new.")
    try:
        ends = kept.shown().not_valid_after_utc
        said = {"ends": timezone.localtime(ends).strftime("%d/%m/%Y"), "names": ", ".join(kept.left_out())}
    except (OSError, ValueError) as error:
        sentence = _("The certificate of the centre's own authority cannot be read ({detail}).")
        yield fault("certificate", sentence, advice, detail=error)
        return
    if ends <= timezone.now() + SOON:
        yield warning("certificate", _("The certificate ends on {ends} and was not renewed by itself."), advice, **said)
    elif kept.root().not_valid_after_utc <= timezone.now() + A_YEAR:
        sentence = _("The centre's own authority for https ends within a year.")
        yield warning("certificate", sentence, _("Run motcua https local --new, and tell every device anew."))
    elif said["names"]:
        sentence = _(
            "The centre's own authority for https was founded before the name {names} and cannot vouch for it."
        )
        yield warning("certificate", sentence, _("Run motcua https local --new, and tell every device anew."), **said)
    else:
        yield ok("certificate", _("The certificate holds until {ends} and is renewed by itself."), **said)


def _unfit(pem: str) -> Finding | None:
    """What keeps a supplied certificate from being used at all; the one that is shown already goes on being shown."""
    if not settings.TLS_CERT:
        return None
    try:
        sentence = supplied_fault(Path(settings.TLS_KEY).read_bytes(), pem.encode())
    except OSError as error:
        return fault(
            "certificate", _("The key of the certificate cannot be read ({detail})."), RENEW, detail=error.strerror
        )
    return fault("certificate", sentence, RENEW) if sentence else None


def supplied_fault(key: bytes, pem: bytes) -> str | Promise:
    """What is wrong with a supplied certificate and its key, in one sentence; empty when they can be used."""
    try:
        chain = x509.load_pem_x509_certificates(pem)
    except ValueError:
        return _("The certificate cannot be understood: it must be a PEM file.")
    try:
        own = serialization.load_pem_private_key(key, None)
    except (ValueError, TypeError):
        return _("The key of the certificate cannot be understood: it must be a PEM file without a password.")
    if own.public_key() != chain[0].public_key():
        return _("The key does not belong to the certificate (in a chain the centre's own certificate comes first).")
    for signed, by in pairwise(chain):
        try:
            signed.verify_directly_issued_by(by)
        except (ValueError, TypeError, InvalidSignature):
            return _("The chain of the certificate is broken: each must be signed by the one that follows it.")
    return "" if len(chain) > 1 or _is_self_signed(chain[0]) else _is_alone(chain[0])


def _is_self_signed(certificate: x509.Certificate) -> bool:
    return certificate.subject == certificate.issuer


def _is_alone(certificate: x509.Certificate) -> str | Promise:
    """An authority that browsers know may sign directly; one that says where its own certificate is had does not."""
    try:
        told = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return ""
    if not any(each.access_method == AuthorityInformationAccessOID.CA_ISSUERS for each in told):
        return ""
    return _("The chain of the certificate is incomplete: add the certificate of its authority to the file.")


def _pem() -> str:
    """The certificate's text; empty where https is not spoken. OSError when it cannot be had."""
    if settings.TLS_CERT:
        return Path(settings.TLS_CERT).read_text()
    address = urlsplit(settings.MOTCUA_BASE_URL)
    if address.scheme != "https" or not address.hostname:
        return ""
    return ssl.get_server_certificate((address.hostname, address.port or 443), timeout=PATIENCE)


def of(pem: str) -> Finding:
    """What is to be said of this certificate."""
    try:
        read = x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        return fault("certificate", _("The certificate cannot be understood: it must be a PEM file."), RENEW)
    ends, now = read.not_valid_after_utc, timezone.now()
    said = {"ends": timezone.localtime(ends).strftime("%d/%m/%Y"), "hosts": ", ".join(_missing(read))}
    if ends <= now:
        return fault("certificate", _("The certificate ended on {ends}: browsers warn everybody away."), RENEW, **said)
    if said["hosts"]:
        sentence = _("The certificate does not name {hosts}, by which this centre is called.")
        return warning("certificate", sentence, RENEW, **said)
    if ends <= now + SOON:
        return warning("certificate", _("The certificate ends on {ends}."), RENEW, **said)
    return ok("certificate", _("The certificate holds until {ends}."), **said)


def _missing(read: x509.Certificate) -> list[str]:
    """The names of this centre that it does not have."""
    try:
        names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    known = [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]
    wanted = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL and not host.startswith((".", "*"))]
    return [host for host in wanted if not any(_fits(host, name) for name in known)]


def _fits(host: str, name: str) -> bool:
    return host == name or (name.startswith("*.") and host.partition(".")[2] == name[2:])

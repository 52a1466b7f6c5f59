"""The certificate by which browsers are spoken to: does it still hold, and is it of this centre's names."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.config.checks.findings import Finding, fault, ok, warning

SOON = timedelta(days=21)
PATIENCE = 5
LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
RENEW = _("Have it renewed, put the new one in its place and start the centre again.")


def certificate() -> Iterator[Finding]:
    """The one that was supplied, or the one that the proxy shows; nothing to say where there is no https."""
    try:
        pem = _pem()
    except OSError as error:
        if settings.TLS_CERT:
            sentence = _("The certificate {file} cannot be read ({detail}).")
            yield fault("certificate", sentence, RENEW, file=settings.TLS_CERT, detail=error.strerror or error)
        return
    if pem:
        yield of(pem)


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

"""Where a request comes from, and how often one network may ask.

Counted by each process for itself, since losing count harms nobody. A whole office may stand behind one address, and
one person has many addresses in one network: what is counted is the network, and only a keyed digest of it is kept.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


class TooMany(Exception):
    """The network has asked too often; `wait` says how many seconds it should wait."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind TLS a proxy writes the address it saw (deploy/nginx.conf)."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    return request.headers.get("X-Forwarded-For", direct).rpartition(",")[2] if settings.BEHIND_TLS else direct


def counted_address(request: HttpRequest) -> str:
    """One address for everybody who could change his own at will: in IPv6 the first of the /64, in IPv4 the address."""
    try:
        parsed = ipaddress.ip_address(address_of(request).strip())
    except ValueError:
        return "0.0.0.0"  # noqa: S104  # no address at all; nothing listens there
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network(f"{parsed}/64", strict=False).network_address)
    return str(parsed)


def network_of(address: str) -> str:
    """The network that an address belongs to: /24 or /64, since one person has many addresses in it."""
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network(f"{parsed}/{24 if parsed.version == 4 else 64}", strict=False))


def count(request: HttpRequest, what: str, now: datetime, *, most: int, window: int) -> None:
    """Count this request. Raises TooMany when its network has had enough of these in this window of seconds."""
    if counted(key(request, what, now, window), window) > most:
        raise TooMany(window)


def key(request: HttpRequest, what: str, now: datetime, window: int) -> str:
    """Of the network, never the address itself, and of the window of time that `now` lies in."""
    network = network_of(address_of(request)).encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), network, hashlib.sha256).hexdigest()
    return f"{what}-{digest}-{int(now.timestamp()) // window}"


def counted(key: str, window: int) -> int:
    """One more under this key; how many there are now."""
    cache.add(key, 0, window * 2)
    return cache.incr(key)


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many wrong codes one network may type in a window of seconds: for one number, and for all together.

    Only wrong ones count, since a whole office may stand behind one network: few of them close one number to it for a
    while, and it takes hundreds to close them all.
    """

    for_one: int
    for_all: int
    window: int


@contextmanager
def guessing(
    request: HttpRequest, what: str, number: str, now: datetime, most: Guesses, wrong: type[Exception]
) -> Iterator[None]:
    """Try a code for this number in the body, which raises `wrong` for a wrong one; that is counted.

    Raises TooMany where this network has guessed too often, however right the code may then be.
    """
    spelt = hashlib.sha256(number.strip().upper().encode()).hexdigest()
    one, every = key(request, f"{what}-{spelt}", now, most.window), key(request, what, now, most.window)
    if cache.get(one, 0) >= most.for_one or cache.get(every, 0) >= most.for_all:
        raise TooMany(most.window)
    try:
        yield
    except wrong:
        counted(one, most.window)
        counted(every, most.window)
        raise


def is_loopback(host: str) -> bool:
    """Whether a page called by this host can be reached from this machine only."""
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name.lower() in ("localhost", "")

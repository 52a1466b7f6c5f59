"""By which names and addresses this machine is reached inside its network."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from motcua.portal.https.authority import Address, is_private

try:
    import fcntl
except ImportError:  # not a Unix: the names have to do
    fcntl = None  # type: ignore[assignment]

ASK_FOR_ADDRESS = 0x8915  # SIOCGIFADDR
IPV6 = Path("/proc/net/if_inet6")
A_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")


def names(hosts: Iterable[str]) -> list[str]:
    """The centre's host names, and the machine's own."""
    own = socket.gethostname().lower().split(".")[0]
    wanted = [*(host.lower().lstrip(".") for host in hosts), own, f"{own}.local", "localhost"]
    return [name for name in dict.fromkeys(wanted) if A_NAME.fullmatch(name) and not name.replace(".", "").isdigit()]


def addresses(hosts: Iterable[str]) -> list[Address]:
    """Every private address of this machine now, and those among the centre's hosts."""
    found = [*_said(hosts), *_of_cards(), *_of_cards_6()]
    return sorted({each for each in found if is_private(each) and not each.is_link_local}, key=lambda each: each.packed)


def _said(hosts: Iterable[str]) -> Iterator[Address]:
    for host in hosts:
        with contextlib.suppress(ValueError):
            yield ipaddress.ip_address(host.strip("[]"))


def _of_cards() -> Iterator[Address]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _number, card in socket.if_nameindex() if fcntl else []:
            with contextlib.suppress(OSError):  # a card without an address
                said = fcntl.ioctl(asked.fileno(), ASK_FOR_ADDRESS, struct.pack("256s", card.encode()[:15]))
                yield ipaddress.ip_address(said[20:24])


def _of_cards_6() -> Iterator[Address]:
    with contextlib.suppress(OSError):
        for line in IPV6.read_text().splitlines():
            yield ipaddress.ip_address(bytes.fromhex(line.split()[0]))

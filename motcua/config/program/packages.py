"""The package as a file: a Debian archive (deb(5)) with the publisher's seal as one more member behind the others.

dpkg and apt pass over a member whose name begins with an underscore, so one file serves the first installation and
every update. The seal is an Ed25519 signature over the names, sizes and digests of all other members.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MAGIC, HEADER, END = b"!<arch>\n", 60, b"`\n"
SEAL = "_motcua"
PURPOSE = b"motcua package 1\n"
NAME = re.compile(r"motcua_(?P<version>\d+(?:\.\d+)*)_(?P<machine>[a-z0-9]+)\.deb")
BLOCK = 1024 * 1024
# No member that matters here is larger; what claims to be is no package of ours.
LARGEST = 2 * 1024**3


class NotGenuine(Exception):
    """Not a package, not whole, or not sealed by the publisher whose key is known here."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: where its bytes begin, and how many they are."""

    name: str
    begin: int
    size: int


def members(path: Path) -> list[Member]:
    """What the archive holds, in order. Raises NotGenuine when it is none, or is cut off."""
    end, found = path.stat().st_size, []
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise NotGenuine("no Debian archive")
        position = len(MAGIC)
        while position < end:
            file.seek(position)
            member = _member(file.read(HEADER), position)
            position = member.begin + member.size + member.size % 2
            if member.begin + member.size > end:
                raise NotGenuine("cut off")
            found.append(member)
    return found


def _member(header: bytes, position: int) -> Member:
    size = header[48:58].strip()
    if len(header) != HEADER or header[58:] != END or not size.isdigit() or int(size) > LARGEST:
        raise NotGenuine("damaged")
    return Member(header[:16].decode("ascii", "replace").rstrip(" ").removesuffix("/"), position + HEADER, int(size))


def _said(path: Path, sealed: Iterable[Member]) -> bytes:
    """What the seal is over."""
    lines = [f"{each.name} {each.size} {_digest(path, each)}\n" for each in sealed]
    return PURPOSE + "".join(lines).encode()


def _digest(path: Path, member: Member) -> str:
    seen, left = hashlib.sha256(), member.size
    with path.open("rb") as file:
        file.seek(member.begin)
        while left:
            block = file.read(min(BLOCK, left))
            seen.update(block)
            left -= len(block)
    return seen.hexdigest()


# --- the publisher's side --------------------------------------------------------------------------------------------
def seal(path: Path, key: Ed25519PrivateKey) -> None:
    """Put the publisher's seal behind everything else."""
    found = members(path)
    if any(each.name == SEAL for each in found):
        raise ValueError(f"{path.name} is sealed already")
    content = base64.b64encode(key.sign(_said(path, found))) + b"\n"
    padding = b"\n" if path.stat().st_size % 2 else b""
    header = f"{SEAL:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}".encode() + END
    with path.open("ab") as file:
        file.write(padding + header + content + b"\n" * (len(content) % 2))


# --- the machine's side ----------------------------------------------------------------------------------------------
def check(path: Path, keys: Iterable[Ed25519PublicKey]) -> None:
    """Raises NotGenuine unless everything in the file is under the seal of one of these keys."""
    *sealed, last = members(path) or [Member("", 0, 0)]
    if last.name != SEAL or [each.name.partition(".")[0] for each in sealed] != ["debian-binary", "control", "data"]:
        raise NotGenuine("not sealed")
    with path.open("rb") as file:
        file.seek(last.begin)
        signature = _signature(file.read(min(last.size, 200)))
    said = _said(path, sealed)
    if not any(_is_by(key, signature, said) for key in keys):
        raise NotGenuine("sealed by somebody else, or changed")


def _signature(text: bytes) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except ValueError as problem:
        raise NotGenuine("not sealed") from problem


def _is_by(key: Ed25519PublicKey, signature: bytes, said: bytes) -> bool:
    try:
        key.verify(signature, said)
    except InvalidSignature:
        return False
    return True


def keys_in(file: Path) -> list[Ed25519PublicKey]:
    """The publisher's public keys, one a line in base64, so that a new one can be announced before it is used."""
    try:
        lines = file.read_text().split()
    except OSError:
        return []
    return [Ed25519PublicKey.from_public_bytes(base64.b64decode(line)) for line in lines]


def public_line(key: Ed25519PrivateKey) -> str:
    """The public key as it stands in that file."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()

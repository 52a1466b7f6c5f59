"""Where a new version comes from: a file, a folder or stick, or an https address that the operator has named.

At an address a short list, motcua-updates.json, says which package is the newest for which kind of machine; it carries
the publisher's seal too, so that nobody on the way can speak of a version that does not exist.
"""

from __future__ import annotations

import base64
import json
import platform
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO
from urllib.parse import urljoin, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from motcua.config.program import versions
from motcua.config.program.packages import BLOCK, LARGEST, NAME

LIST = "motcua-updates.json"
PURPOSE = b"motcua updates 1\n"
LARGEST_LIST, PATIENCE, PATIENCE_FOR_PACKAGE = 64 * 1024, 8.0, 60.0
# Debian's words for kinds of machines.
KINDS = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


class NoOffer(Exception):
    """Nothing can be had from there; the reason in a few words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A package and where it is to be had."""

    version: str
    place: str


def machine() -> str:
    """What Debian calls this kind of machine."""
    return KINDS.get(platform.machine().lower(), platform.machine().lower())


# --- a file or a folder ----------------------------------------------------------------------------------------------
def in_folder(place: Path) -> Offer:
    """The newest package for this machine in the folder or directly below it, or this file. Raises NoOffer, OSError."""
    files = [place] if place.is_file() else [*place.glob("motcua_*.deb"), *place.glob("*/motcua_*.deb")]
    offers = [offer for offer in map(_of_file, files) if offer]
    if not offers:
        raise NoOffer(f"motcua_…_{machine()}.deb")
    return max(offers, key=lambda offer: versions.key(offer.version))


def _of_file(path: Path) -> Offer | None:
    name = NAME.fullmatch(path.name)
    return Offer(name["version"], str(path)) if name and name["machine"] == machine() else None


# --- an address ------------------------------------------------------------------------------------------------------
def at_address(address: str, keys: Iterable[Ed25519PublicKey]) -> Offer:
    """What the publisher's list there calls the newest. Raises NoOffer."""
    folder = address if address.endswith("/") else f"{address}/"
    with _opened(urljoin(folder, LIST), PATIENCE) as answer:
        text = _read(answer, LARGEST_LIST)
    return _listed(text, folder, list(keys))


def _listed(text: bytes, folder: str, keys: list[Ed25519PublicKey]) -> Offer:
    try:
        sealed = json.loads(text)
        said, signature = sealed["list"].encode(), base64.b64decode(sealed["seal"])
        if not any(_is_by(key, signature, PURPOSE + said) for key in keys):
            raise NoOffer("the list is not sealed by the publisher")
        name = str(json.loads(said)[machine()])
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise NoOffer(f"the list says nothing of {machine()}") from problem
    found = NAME.fullmatch(name)
    if not found:
        raise NoOffer(f"the list names no package: {name[:80]}")
    return Offer(found["version"], urljoin(folder, name))


def _is_by(key: Ed25519PublicKey, signature: bytes, said: bytes) -> bool:
    try:
        key.verify(signature, said)
    except InvalidSignature:
        return False
    return True


def written_list(names: dict[str, str], key: Ed25519PrivateKey) -> str:
    """The list for these packages by kind of machine, sealed."""
    said = json.dumps(names, sort_keys=True)
    return json.dumps({"list": said, "seal": base64.b64encode(key.sign(PURPOSE + said.encode())).decode()}) + "\n"


# --- bringing it here ------------------------------------------------------------------------------------------------
def bring(offer: Offer, target: Path) -> None:
    """Copy the package here before anything looks into it: a stick can be changed between two looks."""
    if urlsplit(offer.place).scheme:
        with _opened(offer.place, PATIENCE_FOR_PACKAGE) as answer, target.open("wb") as file:
            _copy(answer, file)
    else:
        with Path(offer.place).open("rb") as source, target.open("wb") as file:
            _copy(source, file)


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    room = LARGEST
    try:
        while block := source.read(BLOCK):
            room -= len(block)
            if room < 0:
                raise NoOffer("the file is too large")
            target.write(block)
    except HTTPException as problem:
        raise NoOffer(type(problem).__name__) from problem


def _read(source: IO[bytes], most: int) -> bytes:
    try:
        text = source.read(most + 1)
    except (OSError, HTTPException) as problem:
        raise NoOffer(type(problem).__name__) from problem
    if len(text) > most:
        raise NoOffer("the list is too large")
    return text


class OnlySafely(urllib.request.HTTPRedirectHandler):
    """An address may lead to another one, but never out of https."""

    def redirect_request(self, *arguments: object, **more: object) -> urllib.request.Request | None:
        request = super().redirect_request(*arguments, **more)  # type: ignore[arg-type]
        if request is not None:
            _is_https(request.full_url)
        return request


def _opened(address: str, patience: float) -> IO[bytes]:
    _is_https(address)
    try:
        return urllib.request.build_opener(OnlySafely).open(address, timeout=patience)  # type: ignore[no-any-return]
    except (OSError, HTTPException, ValueError) as problem:
        raise NoOffer(str(getattr(problem, "reason", "") or problem)) from problem


def _is_https(address: str) -> None:
    if urlsplit(address).scheme != "https":
        raise NoOffer("the address must begin with https://")

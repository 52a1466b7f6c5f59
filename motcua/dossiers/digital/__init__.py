"""Digital signatures on results: which provider signs, if any, and what a signed file says of itself.

Nouns: Provider (signs a PDF, or says that it cannot), Signature (by whom, when, whether the file is whole, whether its
issuer is trusted here). A provider is a system outside: asked by deliveries only. Keys stay where they are: none is
printed, logged or copied. Without a provider, and without the packages that sign, everything works without.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from django.conf import settings

from motcua.dossiers.digital import certificates
from motcua.dossiers.digital.pdf import Signature, signatures, signed
from motcua.kernel import organisation
from motcua.kernel.organisation import Installation

NAME = "signing"
NONE, SAMPLE, FILE = "none", "sample", "file"

__all__ = ["FILE", "NAME", "NONE", "PROVIDERS", "SAMPLE", "Provider", "Signature", "provider", "signatures"]


class Provider(Protocol):
    """Signs in the office's name. `sign` raises outside.Refused for a file that it will never sign."""

    name: str

    def sign(self, content: bytes, *, reason: str, place: str) -> bytes:
        """The same PDF with the signature added behind it; not a byte before it changes."""

    def probe(self) -> None:
        """Raise whatever keeps it from signing now."""


class KeyFile:
    """A certificate with its key in a PKCS#12 file on this machine (MOTCUA_SIGNING_FILE)."""

    name = FILE

    def sign(self, content: bytes, *, reason: str, place: str) -> bytes:
        """Sign with the key of the file."""
        return signed(content, *self._key(), reason=reason, place=place)

    def probe(self) -> None:
        """The file is there and opens with its password."""
        certificates.opened(*self._key())

    def _key(self) -> tuple[bytes, bytes]:
        return Path(settings.SIGNING_FILE).read_bytes(), settings.SIGNING_PASSWORD.encode()


class Sample:
    """A certificate made on this machine that says of itself to be a sample; in a demonstration and in tests only."""

    name = SAMPLE

    def sign(self, content: bytes, *, reason: str, place: str) -> bytes:
        """Sign with the sample."""
        return signed(content, *certificates.sample(), reason=reason, place=place)

    def probe(self) -> None:
        """It needs nothing."""
        certificates.sample()


PROVIDERS: Mapping[str, Callable[[], Provider]] = {FILE: KeyFile, SAMPLE: Sample}


def provider() -> Provider | None:
    """Who signs here; nobody where none was named. A sample signs in a demonstration and nowhere else."""
    name = settings.SIGNING or (SAMPLE if _is_demo() else NONE)
    if name not in PROVIDERS or not is_installed() or (name == SAMPLE and not _is_demo()):
        return None
    return PROVIDERS[name]()


def _is_demo() -> bool:
    """A demonstration, also while it is being made."""
    if organisation.installation() is None:
        return Installation.objects.filter(demo=True).exists()
    return organisation.is_demo()


def is_installed() -> bool:
    """Whether the packages that sign are there (the extra `signing`)."""
    return importlib.util.find_spec("pyhanko") is not None

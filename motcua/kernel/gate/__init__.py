"""The gate: whatever comes from outside passes here before it is kept, through whichever door it came.

Nouns: Taken (the bytes as they are kept, with what they are and a name that can be shown), NotTaken (why some bytes are
none that are taken; a code, for which motcua.ui.taking has the words). What something is, its bytes say, never its name
and never its sender. A picture is opened and written anew, so that nothing but the picture is left of it; a PDF is kept
as it came, since a signature may stand in it, and therefore must hold nothing that acts.
It keeps nothing (motcua.kernel.files), says nothing, and asks no scanner: nobody's request waits for one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from motcua.kernel import pictures
from motcua.kernel.gate import documents, names
from motcua.kernel.gate.refusal import NotTaken
from motcua.kernel.gate.sheets import look_at_sheet

__all__ = ["JPEG", "LARGEST", "PDF", "NotTaken", "Taken", "look_at_sheet", "shown_name", "take", "take_picture"]

LARGEST = 10 * 1024 * 1024
PDF, JPEG = "application/pdf", "image/jpeg"
# A sheet of A4 at 300 dots an inch keeps every dot, and a photographed one stays legible.
LONGEST_SIDE, QUALITY = 3520, 85
_OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
shown_name = names.shown_name


@dataclass(frozen=True, slots=True)
class Taken:
    """What may be kept. `sent_sha256` is the digest of the bytes as they were sent, whatever was made of them."""

    content: bytes
    type: str
    name: str
    sent_sha256: str


def take(content: bytes, name: str, *, most: int = LARGEST) -> Taken:
    """A photo or PDF. Raises NotTaken."""
    _look_at_size(content, most)
    if content.startswith(documents.BEGINS):
        documents.look_at(content)
        return _taken(content, content, PDF, name)
    if content.startswith(_OFFICE):
        raise NotTaken("office")
    return _taken(content, _drawn_anew(content, LONGEST_SIDE, QUALITY), JPEG, name)


def take_picture(content: bytes, name: str = "", *, most: int = LARGEST) -> Taken:
    """A photo of something, in the size in which pages show it. Raises NotTaken."""
    _look_at_size(content, most)
    return _taken(content, _drawn_anew(content, pictures.LONGEST, pictures.QUALITY), JPEG, name)


def _look_at_size(content: bytes, most: int) -> None:
    if not content:
        raise NotTaken("empty")
    if len(content) > most:
        raise NotTaken("too_large")


def _drawn_anew(content: bytes, longest: int, quality: int) -> bytes:
    try:
        return pictures.re_encoded(content, longest=longest, quality=quality)
    except pictures.NotAPicture as refused:
        raise NotTaken(refused.reason) from None


def _taken(sent: bytes, kept: bytes, type_: str, name: str) -> Taken:
    return Taken(kept, type_, shown_name(name, type_), hashlib.sha256(sent).hexdigest())

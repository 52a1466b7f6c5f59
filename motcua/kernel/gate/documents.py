"""PDFs from outside: whole, nothing but a PDF, and with nothing in them that acts.

Nothing is drawn and no object is followed: the bytes are searched for the names without which nothing can act, also in
the packed lists of objects, which are unpacked a little at a time and only so far. What cannot be looked into is not
taken. A reader that forgives much sees no more than this search, which forgives nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from pypdf import PasswordType, PdfReader

from motcua.kernel.gate.refusal import NotTaken

BEGINS, ENDS = b"%PDF-", b"%%EOF"
# What editors and scanners leave behind the end; never a file of its own.
_NOTHING = b"\r\n \t\x00\x0c"
_HEAD = 1024
# A list of objects of ten megabytes is a book; a bomb is a thousand times what it looks.
MOST_UNPACKED, AT_ONCE, OVERLAP = 32 * 1024 * 1024, 64 * 1024, 64
_STREAM = re.compile(rb"stream\r?\n")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED = re.compile(rb"/ObjStm|/First(?=[\s\d])")
_FILTER = re.compile(rb"/(?:Filter|F)(?=[\s/\[\d])")
_INFLATED = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])(?=[\s/>\]])")
_SHIFTED = re.compile(rb"/(?:Predictor|DecodeParms\s*\d|DP\s*\d)")
_MARKUP = re.compile(rb"(?i)<(?:!doctype|html|script|svg|\?php|\?xml)")
_END_OF_NAME = rb"(?=[\s()<>\[\]{}/%]|$)"
# Too long to stand in packed bytes by chance: looked for everywhere.
_ACTS = re.compile(rb"/(?:JavaScript|Launch|RichMedia)" + _END_OF_NAME)
_HOLDS = re.compile(rb"/EmbeddedFiles?" + _END_OF_NAME)
# Looked for where objects are written.
_ACTS_TOO = re.compile(rb"/(?:JS|JavaScript|Launch|RichMedia|XFA)" + _END_OF_NAME)
_HOLDS_TOO = re.compile(rb"/EmbeddedFiles?" + _END_OF_NAME + rb"|/EF\s*(?:<<|\d)")
_LOCKED = re.compile(rb"/Encrypt" + _END_OF_NAME)


def look_at(content: bytes) -> None:
    """Raises NotTaken for what is no whole PDF, is something else besides, or holds something that acts."""
    _look_at_ends(content)
    _search(content, _ACTS, _HOLDS)
    between, packed = _parted(content)
    _search(between, _ACTS_TOO, _HOLDS_TOO)
    if _LOCKED.search(_plain(between)):
        _look_into_locked(content)
        return
    left = MOST_UNPACKED
    for start, end, said in packed:
        left -= _look_into(content, start, end, said, left)


def _look_at_ends(content: bytes) -> None:
    end = content.rfind(ENDS)
    if end < 0:
        raise NotTaken("broken")
    if content[end + len(ENDS) :].strip(_NOTHING) or _MARKUP.search(content, 0, _HEAD):
        raise NotTaken("foreign")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise NotTaken("foreign")


def _plain(content: bytes) -> bytes:
    """Names as they are meant: any sign of a name may be written as a number."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), content) if b"#" in content else content


def _search(content: bytes, acts: re.Pattern[bytes], holds: re.Pattern[bytes]) -> None:
    plain = _plain(content)
    if acts.search(plain):
        raise NotTaken("acts")
    if holds.search(plain):
        raise NotTaken("holds_files")


def _parted(content: bytes) -> tuple[bytes, list[tuple[int, int, bytes]]]:
    """What is written between the streams, and where those begin and end that hold lists of objects, with what is said
    of each.
    """
    between, packed, last = [], [], 0
    while found := _STREAM.search(content, last):
        said = content[last : found.start()]
        between.append(said)
        end = content.find(b"endstream", found.end())
        end = len(content) if end < 0 else end
        of_stream = _plain(said[max(said.rfind(b" obj"), 0) :])
        if _PACKED.search(of_stream):
            packed.append((found.end(), end, of_stream))
        last = end + len(b"endstream")
    between.append(content[last:])
    return b"\n".join(between), packed


def _look_into(content: bytes, start: int, end: int, said: bytes, most: int) -> int:
    """Search a packed list of objects; how large it is unpacked."""
    if not _FILTER.search(said):
        _search(content[start:end], _ACTS_TOO, _HOLDS_TOO)
        return 0
    if not _INFLATED.search(said) or _SHIFTED.search(said):
        raise NotTaken("unclear")
    size, before = 0, b""
    for part in _unpacked(content, start):
        size += len(part)
        if size > most:
            raise NotTaken("bomb")
        _search(before + part, _ACTS_TOO, _HOLDS_TOO)
        before = part[-OVERLAP:]
    return size


def _unpacked(content: bytes, start: int) -> Iterator[bytes]:
    """Bit by bit to where the packed bytes say that they end, wherever somebody wrote that they do."""
    unpacking, place, view = zlib.decompressobj(), start, memoryview(content)
    try:
        while place < len(content) and not unpacking.eof:
            given = view[place : place + AT_ONCE]
            place += len(given)
            part = unpacking.decompress(given, AT_ONCE)
            while part:
                yield part
                part = unpacking.decompress(unpacking.unconsumed_tail, AT_ONCE)
    except zlib.error:
        raise NotTaken("broken") from None


def _look_into_locked(content: bytes) -> None:
    """A document that anybody may read but not print or change is opened with the empty password that it has."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise NotTaken("locked")
        for number in {number for number, _place in reader.xref_objStm.values()}:
            _search(reader.get_object(number).get_data(), _ACTS_TOO, _HOLDS_TOO)  # type: ignore[union-attr]
    except NotTaken:
        raise
    except Exception:
        # Whatever a library of another's meets in it: a document that cannot be looked into is not taken.
        raise NotTaken("locked") from None

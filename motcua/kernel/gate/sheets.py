"""Spreadsheets from outside: an archive that is what it says, unpacked only so far, without macros and links.

Only XLSX is known: it alone is read (and never kept); what an older or another program writes is saved anew as one.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from motcua.kernel.gate.refusal import NotTaken

MOST_PARTS, MOST_UNPACKED, MOST_TIMES, AT_ONCE = 500, 96 * 1024 * 1024, 100, 64 * 1024
# Below this a part may be as dense as it likes: an empty sheet is packed very small.
SMALL = 1024 * 1024
BEGINS = b"PK\x03\x04"
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_MACROS = re.compile(r"(?i)vbaproject|macrosheets|activex|oleobject|embeddings/|\.(bin|exe|dll|js|vbs|zip|rar|7z)$")
_SAID_OF_MACROS = re.compile(rb"(?i)macroEnabled|vbaProject|ddeLink|<oleLink")
_FAR = re.compile(r"(?i)externalLinks/|connections\.xml$|queryTables/")
_LINK = re.compile(rb"(?i)<Relationship\b[^>]*>")


def look_at_sheet(content: bytes) -> None:
    """Raises NotTaken for what is no XLSX, is a bomb, or carries macros, other files or links."""
    if not content.startswith(BEGINS):
        raise NotTaken("type")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_at_parts(archive, len(content))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as wrong:
        raise wrong if isinstance(wrong, NotTaken) else NotTaken("broken") from None


def _look_at_parts(archive: zipfile.ZipFile, length: int) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS:
        raise NotTaken("bomb")
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names) or min(_begins(parts)) > 0:
        raise NotTaken("foreign")
    if not set(names) >= _NEEDED:
        raise NotTaken("type")
    _look_at_names(names)
    left = min(MOST_UNPACKED, max(length * MOST_TIMES, SMALL))
    for part in parts:
        left -= _look_into(archive, part, left)


def _begins(parts: list[zipfile.ZipInfo]) -> list[int]:
    return [part.header_offset for part in parts]


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _look_at_names(names: list[str]) -> None:
    for name in names:
        # What a printer is set to is binary, and in many sheets that are otherwise plain.
        if _MACROS.search(name) and "printerSettings/" not in name:
            raise NotTaken("macros")
        if _FAR.search(name):
            raise NotTaken("links")


def _look_into(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    """Unpack it a little at a time, whatever it says of its size; how large it is."""
    size, start, is_said = 0, b"", part.filename.endswith((".rels", "[Content_Types].xml"))
    with archive.open(part) as file:
        while read := file.read(AT_ONCE):
            size += len(read)
            if size > most or (is_said and size > SMALL):
                raise NotTaken("bomb")
            start = start + read if is_said else start or read
    if start.startswith(_ARCHIVES):
        raise NotTaken("macros")
    if is_said:
        _look_at_what_is_said(start)
    return size


def _look_at_what_is_said(text: bytes) -> None:
    if _SAID_OF_MACROS.search(text):
        raise NotTaken("macros")
    far = (link for link in _LINK.findall(text) if b"External" in link)
    if any(b"/hyperlink" not in link for link in far):
        raise NotTaken("links")

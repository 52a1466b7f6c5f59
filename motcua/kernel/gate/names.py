"""Names of files that come from outside, made fit to be shown, kept in an archive and saved on any computer."""

from __future__ import annotations

import re
import unicodedata

LONGEST, LONGEST_IN_BYTES = 120, 200
UNNAMED = "giay-to"
_ENDINGS = {"application/pdf": (".pdf",), "image/jpeg": (".jpg", ".jpeg")}
# A picture is written anew as JPEG, whatever it was.
_OF_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
# Not to be had in names on Windows; a program there would cut the name, or take what follows for another file.
_MARKS = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?")


def shown_name(name: str, type_: str) -> str:
    """The name without folders, signs that are not seen or turn the writing round, and a misleading ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(each for each in last if unicodedata.category(each)[0] != "C" and each not in "\u2028\u2029")
    plain = " ".join(_MARKS.sub("-", seen).split()).strip(". ")
    stem, ending = _parted(plain, type_)
    stem = _cut(stem).strip(". ") or UNNAMED
    return f"_{stem}{ending}" if _DEVICES.fullmatch(stem) else f"{stem}{ending}"


def _parted(plain: str, type_: str) -> tuple[str, str]:
    """The name before its ending, and the ending that its bytes deserve."""
    endings = _ENDINGS[type_]
    stem, dot, ending = plain.rpartition(".")
    known = f".{ending.lower()}" if dot and stem else ""
    if known in endings:
        return stem, f".{ending}"
    return (stem if known in _OF_PICTURES and type_ == "image/jpeg" else plain), endings[0]


def _cut(stem: str) -> str:
    """Short enough for every disk; a letter with its marks is kept or left out whole."""
    short = stem[:LONGEST].encode()[:LONGEST_IN_BYTES].decode(errors="ignore")
    return unicodedata.normalize("NFC", short)

"""What a keyboard-type reader types: the QR code of a citizen card, or of one of our slips. Pure reading, nothing
trusted unseen.

Layout `id|old id|name|ddmmyyyy|sex|address|issue ddmmyyyy` (docs/reference/citizen-card.md says how sure each part is).
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlsplit

from motcua.dossiers.rules import blanks

PARTS = 7
_AT_LEAST = 4


class NotACard(ValueError):
    """The text is not what a citizen card's code says."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the card says. `doubtful` names the parts that must be looked at before they are used."""

    citizen_id: str
    old_id: str = ""
    full_name: str = ""
    birth_date: str = ""
    sex: str = ""
    address: str = ""
    issued_on: str = ""
    doubtful: tuple[str, ...] = ()


def read_card(text: str) -> Card:
    """The card in this text; NotACard when it has no 12-digit number and no name in their places."""
    parts = [part.strip() for part in text.strip().split("|")]
    if len(parts) < _AT_LEAST or not (len(parts[0]) == 12 and parts[0].isascii() and parts[0].isdigit()):
        raise NotACard(text[:20])
    parts = (parts + [""] * PARTS)[:PARTS]
    birth_date, issued_on = _day(parts[3]), _day(parts[6])
    doubts = {
        "full_name": is_garbled(parts[2]),
        "birth_date": not birth_date,
        "address": bool(parts[5]) and is_garbled(parts[5], digits=True),
    }
    return Card(
        citizen_id=parts[0],
        old_id=parts[1],
        full_name=parts[2],
        birth_date=birth_date,
        sex=parts[4],
        address=parts[5],
        issued_on=issued_on,
        doubtful=tuple(name for name, doubt in doubts.items() if doubt),
    )


def sought(text: str) -> str:
    """What whoever scans into a search box wants to find: the number behind the code of a slip, the id on a card."""
    number = number_of(text)
    if number:
        return number
    try:
        return read_card(text).citizen_id
    except NotACard:
        return text


def number_of(text: str) -> str:
    """The number behind one of the codes of our slips; empty for any other text."""
    try:
        return blanks.read(text).reserved.number
    except blanks.NotASlip:
        return parse_qs(urlsplit(text.strip()).query).get("number", [""])[0].strip()


def _day(text: str) -> str:
    """ddmmyyyy as an ISO date; empty when it is none. Cards of people who know only the year say 0101 or nothing."""
    if len(text) != 8 or not text.isdigit():
        return ""
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2])).isoformat()
    except ValueError:
        return ""


def is_garbled(text: str, *, digits: bool = False) -> bool:
    """Whether an input method or a wrong code page may have eaten letters: signs, digits, odd capitals.

    A Telex keyboard turns a typed letter into a mark: what is left shows odd capitals, digits or a question mark.
    """
    allowed = set(" '-.,/()") | (set("0123456789") if digits else set())
    words = text.split()
    odd = any(not (character.isalpha() or character in allowed) for character in text)
    return not words or odd or "\ufffd" in text or any(_is_odd(word) for word in words)


def _is_odd(word: str) -> bool:
    """Capitals in the middle of a word that is not all capitals."""
    letters = "".join(character for character in word if character.isalpha())
    return letters != letters.upper() and letters[1:] != letters[1:].lower() and "'" not in word

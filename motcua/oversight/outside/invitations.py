"""A visit as a calendar file (RFC 5545): the same UID for ever, a higher SEQUENCE with every change, taken out of
calendars when it is cancelled. Reads what it is given; sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from motcua.oversight.models import Member, Visit

TYPE = "text/calendar; charset=utf-8"
_LONGEST = 75  # octets of a line (RFC 5545, 3.1)


def calendar(visit: Visit, members: Sequence[Member], agenda: Sequence[str], *, host: str, address: str) -> str:
    """The file; `host` makes the UID the installation's own, `address` is the visit's page."""
    return "".join(f"{line}\r\n" for each in _lines(visit, members, agenda, host, address) for line in _folded(each))


def _lines(visit: Visit, members: Sequence[Member], agenda: Sequence[str], host: str, address: str) -> Iterator[str]:
    cancelled = visit.state == "cancelled"
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Một Cửa//Visits//VI", "CALSCALE:GREGORIAN")
    yield f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}"
    yield from ("BEGIN:VEVENT", f"UID:{visit.matter_id}@{host}", f"SEQUENCE:{visit.sequence}")
    last = visit.matter.closed_at or visit.matter.opened_at
    yield from (f"DTSTAMP:{_moment(last)}", f"DTSTART:{_moment(visit.begins_at)}", f"DTEND:{_moment(visit.ends_at)}")
    yield f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}"
    yield f"SUMMARY:{_text(visit.title)}"
    if visit.place:
        yield f"LOCATION:{_text(visit.place)}"
    said = [visit.purpose, *(f"{n}. {each}" for n, each in enumerate(agenda, 1))]
    yield f"DESCRIPTION:{_text(chr(10).join(filter(None, said)))}"
    yield f"URL:{address}"
    for member in members:
        if member.email:
            yield f"ATTENDEE;ROLE=REQ-PARTICIPANT;CN={_parameter(member.name)}:mailto:{member.email}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Escaped as a value."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return "\\n".join(words.splitlines())


def _parameter(words: str) -> str:
    """As the value of a parameter: within quotes, in which no quote can stand."""
    return '"' + "".join(each for each in words if each.isprintable()).replace('"', "'") + '"'


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; no letter is cut in two."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part

"""That a browser has shown the code of something: kept in a signed cookie for a while, so that the pages behind it need
not ask for the code again and again.

Nouns: entry (number, proof, until). The cookie holds no code and no name; what a proof stands for, the room that owns
the thing says. It opens nothing any more when a new code is given, and after two hours unused.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core import signing

LASTS = timedelta(hours=2)
# So many things one browser may have open; the one opened first is forgotten first.
MOST = 5


def _entries(cookie: str, salt: str, now: datetime) -> list[list[Any]]:
    """What is open; nothing from a cookie that is not ours."""
    try:
        entries = signing.loads(cookie, salt=salt) if cookie else []
    except signing.BadSignature:
        return []
    return [entry for entry in entries if entry[2] > now.timestamp()]


def with_proof(cookie: str, salt: str, number: str, proof: str, now: datetime) -> str:
    """The cookie's value with this number open from now on."""
    others = [entry for entry in _entries(cookie, salt, now) if entry[0] != number]
    return signing.dumps([[number, proof, (now + LASTS).timestamp()], *others][:MOST], salt=salt)


def without(cookie: str, salt: str, number: str, now: datetime) -> str:
    """The cookie's value with this number closed."""
    return signing.dumps([entry for entry in _entries(cookie, salt, now) if entry[0] != number], salt=salt)


def proof_in(cookie: str, salt: str, number: str, now: datetime) -> str:
    """What this browser shows for the number; empty when it is not open."""
    return next((entry[1] for entry in _entries(cookie, salt, now) if entry[0] == number), "")

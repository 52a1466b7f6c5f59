"""That this browser has shown the claim code of a dossier: kept in a signed cookie for a while, so that the pages
behind the status page need not ask for the code again and again.

The cookie holds no code and no name. It opens nothing any more when a new code is given, and after two hours unused.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier

COOKIE = "opened"
LASTS = timedelta(hours=2)
# So many dossiers one browser may have open; the one opened first is forgotten first.
MOST = 5
_SALT = "motcua.dossiers.opening"


def _entries(cookie: str, now: datetime) -> list[list[Any]]:
    """[number, proof, until] of each dossier that is open; nothing from a cookie that is not ours."""
    try:
        entries = signing.loads(cookie, salt=_SALT) if cookie else []
    except signing.BadSignature:
        return []
    return [entry for entry in entries if entry[2] > now.timestamp()]


def with_dossier(cookie: str, dossier: Dossier, now: datetime) -> str:
    """The cookie's value with this dossier open from now on."""
    others = [entry for entry in _entries(cookie, now) if entry[0] != dossier.number]
    own = [dossier.number, policies.proof_of_claim(dossier), (now + LASTS).timestamp()]
    return signing.dumps([own, *others][:MOST], salt=_SALT)


def without(cookie: str, number: str, now: datetime) -> str:
    """The cookie's value with this dossier closed."""
    return signing.dumps([entry for entry in _entries(cookie, now) if entry[0] != number], salt=_SALT)


def opened(cookie: str, number: str, now: datetime) -> Dossier:
    """The dossier that this browser has open; else Dossier.DoesNotExist."""
    proof = next((entry[1] for entry in _entries(cookie, now) if entry[0] == number), "")
    return policies.get_dossier_by_proof(number, proof)

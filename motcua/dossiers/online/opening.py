"""That this browser has shown the claim code of a dossier, so that the pages behind the status page need not ask for it
again and again (motcua.kernel.opening).
"""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier
from motcua.kernel import opening
from motcua.kernel.opening import LASTS, MOST

__all__ = ["COOKIE", "LASTS", "MOST", "opened", "with_dossier", "without"]

COOKIE = "opened"
_SALT = "motcua.dossiers.opening"


def with_dossier(cookie: str, dossier: Dossier, now: datetime) -> str:
    """The cookie's value with this dossier open from now on."""
    return opening.with_proof(cookie, _SALT, dossier.number, policies.proof_of_claim(dossier), now)


def without(cookie: str, number: str, now: datetime) -> str:
    """The cookie's value with this dossier closed."""
    return opening.without(cookie, _SALT, number, now)


def opened(cookie: str, number: str, now: datetime) -> Dossier:
    """The dossier that this browser has open; else Dossier.DoesNotExist."""
    return policies.get_dossier_by_proof(number, opening.proof_in(cookie, _SALT, number, now))

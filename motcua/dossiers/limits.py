"""How often one network may ask: requests of machines in a minute, and wrong claim codes in a quarter of an hour.

Counted by each process for itself, since losing count harms nobody. A whole office may stand behind one address: of
claim codes only wrong ones count, few of them close one dossier to that network for a while, and it takes hundreds to
close them all.
"""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import uploads
from motcua.kernel import organisation

# Requests of one kind in a minute; a demonstration bears a test of 50 filings a second.
MOST, MOST_IN_DEMO = 120, 12_000
MINUTE = 60
# Wrong codes in a quarter of an hour: for one number, and for all numbers together.
WRONG_FOR_ONE, WRONG_FOR_ALL, WHILE = 10, 300, 15 * MINUTE
# A demonstration is there to be tried.
IN_DEMO = 10


class TooMany(Exception):
    """The network has asked too often; `wait` says how many seconds it should wait."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind TLS a proxy writes the address it saw (deploy/nginx.conf)."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    return request.headers.get("X-Forwarded-For", direct).rpartition(",")[2] if settings.BEHIND_TLS else direct


def count(request: HttpRequest, what: str, now: datetime) -> None:
    """Count this request. Raises TooMany when the network has had enough of this minute."""
    key = _key(request, f"api-{what}", now, MINUTE)
    if _counted(key, MINUTE) > (MOST_IN_DEMO if organisation.is_demo() else MOST):
        raise TooMany(MINUTE)


def opened_by_claim(request: HttpRequest, number: str, code: str, now: datetime) -> Dossier:
    """The dossier that number and claim code open. Raises Dossier.DoesNotExist, the same whatever is wrong, and TooMany
    where this network has guessed too often, however right the code may then be.
    """
    one, every = _guesses(request, number, now)
    more = IN_DEMO if organisation.is_demo() else 1
    if cache.get(one, 0) >= WRONG_FOR_ONE * more or cache.get(every, 0) >= WRONG_FOR_ALL * more:
        raise TooMany(WHILE)
    try:
        return policies.get_dossier_by_claim(number, code)
    except Dossier.DoesNotExist:
        if number.strip() and code.strip():
            _counted(one, WHILE)
            _counted(every, WHILE)
        raise


def _guesses(request: HttpRequest, number: str, now: datetime) -> tuple[str, str]:
    spelt = hashlib.sha256(number.strip().upper().encode()).hexdigest()
    return _key(request, f"claim-{spelt}", now, WHILE), _key(request, "claim", now, WHILE)


def _key(request: HttpRequest, what: str, now: datetime, window: int) -> str:
    """Of the network, never the address itself, and of the window of time that `now` lies in."""
    network = uploads.network_of(address_of(request)).encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), network, hashlib.sha256).hexdigest()
    return f"{what}-{digest}-{int(now.timestamp()) // window}"


def _counted(key: str, window: int) -> int:
    cache.add(key, 0, window * 2)
    return cache.incr(key)

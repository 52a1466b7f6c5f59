"""So many requests a minute from one network; counted by each process for itself, since losing count harms nobody."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from motcua.dossiers.api.problems import Refused
from motcua.dossiers.services import uploads
from motcua.kernel import organisation

# A commune's whole network may stand behind one address; a demonstration bears a test of 50 filings a second.
MOST, MOST_IN_DEMO = 120, 12_000
MINUTE = 60


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind TLS a proxy writes the address it saw (deploy/nginx.conf)."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    return request.headers.get("X-Forwarded-For", direct).rpartition(",")[2] if settings.BEHIND_TLS else direct


def count(request: HttpRequest, what: str, now: datetime) -> None:
    """Count this request. Raises Refused when the network has had enough of this minute."""
    network = uploads.network_of(address_of(request)).encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), network, hashlib.sha256).hexdigest()
    key = f"api-{what}-{digest}-{int(now.timestamp()) // MINUTE}"
    cache.add(key, 0, MINUTE * 2)
    if cache.incr(key) > (MOST_IN_DEMO if organisation.is_demo() else MOST):
        raise Refused(429, "too_many", retry_after=MINUTE)

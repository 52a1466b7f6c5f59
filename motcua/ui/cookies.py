"""Cookies of pages that need no account: out of reach of scripts, sent to this host only.

Over https their names begin with a word by which a browser takes them from this very host only; those that it took
under the plain name before are still read.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase

HOST_ONLY = "__Host-"


def read(request: HttpRequest, name: str) -> str:
    """What this browser was given under the name; empty when nothing."""
    return request.COOKIES.get(HOST_ONLY + name) or request.COOKIES.get(name, "")


def give(
    request: HttpRequest, response: HttpResponseBase, name: str, value: str, lasts: timedelta | None = None
) -> None:
    """The answer gives it; without a time it is forgotten with the browser."""
    secure = request.is_secure()
    response.set_cookie(
        HOST_ONLY + name if secure else name, value, max_age=lasts, httponly=True, samesite="Lax", secure=secure
    )

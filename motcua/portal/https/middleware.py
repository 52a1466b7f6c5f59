"""Around every request of a centre that is reached by http and, with its own authority, by https too.

A device that has said that it trusts the authority is led from http to https, as long as the door stands open and the
certificate holds: whoever does not trust it is never locked out. Cookies of https have names of their own, which a
browser neither sends over http nor lets http overwrite, so that signing in is never said in the clear.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone

from motcua.portal.https import kept

# What a device says once it trusts; it goes on saying so as long as it comes back within this time.
TRUSTS, FOR = "motcua-https", timedelta(days=60)
PREFIX = "__Secure-"
PAGE = "/install-certificate/"
# Set by the process that has opened the door.
_door: dict[str, int] = {}


def opened(port: int) -> None:
    """This process answers https at this port from now on."""
    _door["port"] = port


def port() -> int:
    """Where this process answers https; 0 when it does not."""
    return _door.get("port", 0)


def is_open() -> bool:
    """Whether a device that trusts the authority would be let in by https now."""
    try:
        return bool(port()) and kept.shown().not_valid_after_utc > timezone.now()
    except (OSError, ValueError):
        return False


def address(request: HttpRequest, path: str = "/") -> str:
    """This path by https, at the host that the browser asked for."""
    host = request.get_host()
    bare = host[: host.rindex("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return f"https://{bare}{'' if port() == 443 else f':{port()}'}{path}"


class TwoDoors:
    """Stands first, and only in a centre with its own authority."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.HTTPS_OWN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.is_secure():
            return _renamed(self.get_response(_unnamed(request)), request)
        if _is_led_over(request):
            return HttpResponseRedirect(address(request, request.get_full_path()))
        return self.get_response(request)


def _is_led_over(request: HttpRequest) -> bool:
    wanted = TRUSTS in request.COOKIES and request.method in {"GET", "HEAD"}
    return wanted and PAGE not in request.path and is_open()


def _unnamed(request: HttpRequest) -> HttpRequest:
    """The cookies of https under the names that everything else knows; what http said is not listened to."""
    own = {name.removeprefix(PREFIX): value for name, value in request.COOKIES.items() if name.startswith(PREFIX)}
    if TRUSTS in request.COOKIES:
        own[TRUSTS] = request.COOKIES[TRUSTS]
    request.COOKIES = own
    return request


def _renamed(response: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    for name in list(response.cookies):
        if name != TRUSTS:
            cookie = response.cookies.pop(name)
            response.set_cookie(PREFIX + name, cookie.value)
            kept_cookie = response.cookies[PREFIX + name]
            for key, value in cookie.items():
                if value:
                    kept_cookie[key] = value
            kept_cookie["secure"] = True
    return response

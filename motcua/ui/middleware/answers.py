"""Around every request: nothing outside is waited for, what comes in is plain text, and pages are sent compressed where
that gives nothing away.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from motcua.kernel import outside
from motcua.ui import signs

COMPRESSED = ("text/", "application/json", "application/problem+json", "application/xml", "image/svg+xml")

# Of a refusal that does not say itself when to come back: the longest that wrong codes close something.
TOO_MANY, LONGEST_WAIT = 429, 15 * 60


class WaitForNobody:
    """While a request is answered, asking a system outside is an error: nobody waits for what may hang."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with outside.answering_a_request():
            return self.get_response(request)


class NothingMore:
    """Says what pages may ask of the machine (a camera, for papers, and a passkey), that no other site may put what is
    here into its own pages, and that pages behind a sign-in are asked for anew, and forgotten when it ends.

    They are not forbidden to be stored: going back to a form would then lose what was typed on it. Papers are
    (motcua.ui.sending).
    """

    ALLOWED = (
        "camera=(self), publickey-credentials-get=(self), microphone=(), geolocation=(), payment=(), usb=(), "
        "display-capture=(), midi=(), serial=()"
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.ALLOWED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if response.status_code == TOO_MANY:
            response.headers.setdefault("Retry-After", str(LONGEST_WAIT))
        ended = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if ended is not None and not ended.value:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


class CompressForCitizens(GZipMiddleware):
    """Compresses texts for everybody but those who are signed in.

    A compressed page can betray a secret in it to somebody who makes the reader load it again and again with guesses
    (BREACH). What a session protects is therefore sent as it is: the desk stands in the office's own network, where
    size does not matter. A citizen's page holds no secret of the server but the form token, which Django masks anew
    each time; it repeats nothing from its address, its cookies are SameSite, and Django pads each answer by a random
    length. On a weak line its size is what decides whether it arrives.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return response
        if not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)


class PlainSigns:
    """What comes in by an address or a form is text: signs that no text can carry are left out before anybody reads it.

    Interfaces of machines read their bodies themselves and refuse in their own words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%" in request.META.get("QUERY_STRING", ""):
            request.GET = _plain(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponseBase | None:
        """Before the form token is looked for, which reads the form."""
        if request.path_info.startswith("/api/"):
            return None
        if not all(signs.are_plain(each) for each in kwargs.values() if isinstance(each, str)):
            raise Http404
        if request.method == "POST":
            with contextlib.suppress(UnreadablePostError):  # the line broke: whoever reads the form next says so
                request.POST = _plain(request.POST)  # type: ignore[assignment]
        return None


def _plain(given: QueryDict) -> QueryDict:
    """The same, where there is nothing to leave out."""
    if all(signs.are_plain(value) for _name, values in given.lists() for value in values):
        return given
    told = given.copy()
    for name, values in given.lists():
        told.setlist(name, [signs.plain(value) for value in values])
    told._mutable = False
    return told

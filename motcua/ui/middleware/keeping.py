"""Public pages whose bytes are kept, whole and compressed, until something they show has changed.

Nouns: kept (a view says so of its page), Kept (one answer, ready to send), KeptPages (the middleware with all of them).
A page of the catalogue is the same for everybody, so it is made once for each address, language and state of the
database: stamps (kernel.freshness) and the day tell when it must be made anew. A page may be kept only when everything
it shows is watched by a stamp, it reads no session and sets no cookie.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from motcua.kernel import freshness
from motcua.kernel.freshness import Stamps

# Asked again at each visit, answered with an empty 304 as long as nothing changed.
CACHED = "public, max-age=60"
MOST_BYTES = 16 * 1024 * 1024
SMALLEST_COMPRESSED = 200

P = ParamSpec("P")
State = tuple[Stamps, date]
Key = tuple[str, str, str]


def kept(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """The page of this view is the same for everybody and may be kept. Stands below the policy of the address."""

    @functools.wraps(view)
    def marked(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with freshness.held():
            response, state = view(*args, **kwargs), _state()
        if response.status_code == 200:
            # The bytes before anything compresses them, and what they were made from.
            response.made = (response.content, state)  # type: ignore[attr-defined]
        return response

    return marked


def _state() -> State:
    return freshness.stamps(), timezone.localdate()


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer: its bytes, the same compressed, its tag and headers."""

    whole: bytes
    small: bytes
    etag: str
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        """How much memory it takes, roughly."""
        return len(self.whole) + len(self.small) + 2000

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or 304 when the reader has it."""
        compressed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") and len(self.small) < len(self.whole)
        response = HttpResponse(self.small if compressed else self.whole, headers=dict(self.headers))
        if compressed:
            response.headers["Content-Encoding"] = "gzip"
        return get_conditional_response(request, etag=self.etag, response=response) or response


def _kept(response: HttpResponse, whole: bytes) -> Kept:
    small = gzip.compress(whole, 9, mtime=0) if len(whole) >= SMALLEST_COMPRESSED else whole
    patch_vary_headers(response, ("Accept-Encoding",))
    left_out = {"content-encoding", "content-length"}
    headers = {name: value for name, value in response.items() if name.lower() not in left_out}
    return Kept(whole, small, response.headers["ETag"], headers)


class KeptPages:
    """Answers from what is kept; the first of all middlewares, so that nothing else runs for such a page.

    Only addresses without a query are kept, so that nobody fills the memory by asking on and on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._state: State | None = None
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = (request.get_full_path(), request.META.get("HTTP_HOST", ""), request.scheme or "")
        if key in self._pages and request.method in {"GET", "HEAD"} and (page := self._found(key)):
            return page.answer(request)
        response = self.get_response(request)
        made = getattr(response, "made", None)
        if made is None or not isinstance(response, HttpResponse) or response.cookies:
            return response
        return self._first(request, response, key, *made)

    def _first(
        self, request: HttpRequest, response: HttpResponse, key: Key, whole: bytes, state: State
    ) -> HttpResponseBase:
        """The answer that was just made: tagged, and kept for the next reader."""
        # A weak tag: the same page, compressed or not.
        etag = response.headers["ETag"] = f'W/"{hashlib.sha256(whole).hexdigest()[:32]}"'
        response.headers["Cache-Control"] = CACHED
        if "?" not in key[0]:
            self._keep(key, _kept(response, whole), state)
        return get_conditional_response(request, etag=etag, response=response) or response

    def _found(self, key: Key) -> Kept | None:
        state = _state()
        with self._lock:
            if self._state != state or key not in self._pages:
                return None
            self._pages.move_to_end(key)
            return self._pages[key]

    def _keep(self, key: Key, page: Kept, state: State) -> None:
        """Hold this page, with others of the same state only; the one unread for longest goes first."""
        with self._lock:
            if self._state != state:
                self._pages.clear()
                self._bytes, self._state = 0, state
            if key in self._pages:
                self._bytes -= self._pages.pop(key).size
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > MOST_BYTES:
                self._bytes -= self._pages.popitem(last=False)[1].size

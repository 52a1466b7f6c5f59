"""How another system is spoken to: JSON over HTTP with a time limit, no redirects, and nothing read beyond a measure.

Called by deliveries only, never while somebody waits for a page. What goes out and comes back is never logged: it names
people.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import IO, Any
from urllib.parse import urlsplit

from motcua.kernel import outside

SECONDS = 20
# An answer is a few words; a paper as large as an upload may be, and one byte to tell that it is larger.
LARGEST_ANSWER = 64 * 1024
# "Try again later" and "too many": every other refusal of the 400s holds however often it is asked.
LATER = (408, 425, 429)


class Unreachable(OSError):
    """It did not answer, or said that it cannot now; the words are a number or a kind, never what it said."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Whoever sends us elsewhere might send us into our own network."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> None:
        """Refuse."""
        return


_opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))


def post(address: str, message: Mapping[str, Any], *, token: str, key: str) -> Any:
    """Send the message and return the answer's JSON. Raises Unreachable, outside.Refused."""
    body = json.dumps(message, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json", "Idempotency-Key": key}
    answer = _ask(_request(address, token, body, headers), LARGEST_ANSWER)
    try:
        return json.loads(answer)
    except ValueError:
        raise Unreachable("answer") from None


def get(address: str, *, token: str, largest: int) -> bytes:
    """Fetch the bytes at this address, one more than `largest` at most. Raises Unreachable, outside.Refused."""
    return _ask(_request(address, token), largest + 1)


def is_web(address: str) -> bool:
    """Whether this is an address that can be asked at all."""
    return urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).hostname)


def _request(
    address: str, token: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> urllib.request.Request:
    if not is_web(address):
        raise outside.Refused("address")
    shown = {"Authorization": f"Bearer {token}"} if token else {}
    return urllib.request.Request(address, body, {**(headers or {}), **shown})  # noqa: S310 - asked above


def _ask(request: urllib.request.Request, most: int) -> bytes:
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            content: bytes = answer.read(most)
            return content
    except urllib.error.HTTPError as error:
        if error.code < 500 and error.code not in LATER:
            raise outside.Refused(str(error.code)) from None
        raise Unreachable(str(error.code)) from None
    except (OSError, ValueError) as error:
        raise Unreachable(type(error).__name__) from None

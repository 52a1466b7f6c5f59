"""Whether the program answers a browser, asked inside this process before the first visitor can."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from motcua.config.cli import database, static
from motcua.config.cli.database import State
from motcua.config.cli.words import _

# One page of each front door.
ADDRESSES = ("/", "/desk/", "/systems/", "/accounts/login/")


def faults() -> Iterator[str]:
    """A sentence for each address that is answered by a failure."""
    if database.state() in (State.EMPTY, State.HALF_MADE):
        return
    static.collect()
    application = get_wsgi_application()
    for address in ADDRESSES:
        status = _asked(application, address)
        if status >= 500:
            yield _("the page {address} is answered by {status}").format(address=address, status=status)


def _asked(application: Any, address: str) -> int:
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": next((host for host in settings.ALLOWED_HOSTS if host[:1] not in "*."), "localhost"),
        "HTTP_X_FORWARDED_PROTO": "https",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": True,
    }
    answer = application(environ, lambda status, headers, *_: said.append(status))
    for _piece in answer:
        pass
    if hasattr(answer, "close"):
        answer.close()
    return int(said[0].split()[0])

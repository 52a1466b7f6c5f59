"""The door of https beside that of http, in the same server process; and certificates that change while it serves.

The application, its memory and its background work are there once; what is added is a second listener of the same
server library, which ends TLS itself. A certificate that was renewed is shown by a new listener on the same port, and
the old one then takes no more connections.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from granian import _futures, _granian, wsgi
from granian.constants import HTTPModes
from granian.http import HTTP1Settings

from motcua.portal.https import kept
from motcua.portal.https import middleware as doors

# How long a browser may take to say what it wants, and be silent between two requests: whoever opens a thousand
# connections and says nothing would otherwise keep everybody else out. (A handshake may take ten seconds.)
PATIENCE = HTTP1Settings(header_read_timeout=15_000)
BACKLOG, RUNTIME_THREADS, BLOCKING_THREADS, IDLE_SECONDS, AT_ONCE = 1024, 1, 64, 30, 1024
EVERY_SECONDS = 3.0
OLDEST_TLS = "tls1.2"
# What the library makes its own listener of; its version is held fast (pyproject.toml), and a test opens the door.
_library: Any = _granian
_futures_of: Any = _futures
logger = logging.getLogger(__name__)


def start(stop: threading.Event, application: Callable[..., Any], host: str) -> threading.Thread:
    """Open it, and show each certificate that comes, until `stop` is set or the process ends."""
    thread = threading.Thread(target=_stand, args=(stop, application, host), name="https", daemon=True)
    thread.start()
    return thread


def _stand(stop: threading.Event, application: Callable[..., Any], host: str) -> None:
    loop, shown, close = asyncio.new_event_loop(), 0, None
    while True:
        changed = _changed(kept.server())
        if changed not in (0, shown) and _can_be_used(kept.server(), kept.server()):
            try:
                opened = _opened(application, host, loop)
            except Exception:  # the library's own errors; http goes on
                logger.exception("https: the door cannot be opened")
            else:
                if close is not None:
                    close.set()
                shown, close = changed, opened
                doors.opened(settings.HTTPS_PORT)
        if stop.wait(EVERY_SECONDS):
            break
    if close is not None:
        close.set()
    loop.close()


def _opened(application: Callable[..., Any], host: str, loop: asyncio.AbstractEventLoop) -> Any:
    """A listener with the certificate of now; setting what is returned closes it."""
    own = str(kept.server())
    place, close = _library.ListenerSpec(host, settings.HTTPS_PORT, BACKLOG), _library.WorkerSignal()
    place.build()
    tls: tuple[Any, ...] = (True, own, own, None, OLDEST_TLS, None, [], False)
    listener = _library.WSGIWorker(
        1,
        (place, None),
        None,
        RUNTIME_THREADS,
        RUNTIME_THREADS * 512,
        BLOCKING_THREADS,
        IDLE_SECONDS,
        AT_ONCE,
        HTTPModes.http1,
        PATIENCE,
        None,
        None,
        *tls,
        (None, None),
    )
    answers = wsgi._callback_wrapper(application, {"url_path_prefix": None}, None)
    listener.serve_mtr(_futures_of._new_cbscheduler(loop, answers, impl_asyncio=True), loop, close)
    return close


def _changed(path: Path) -> int:
    """When the file was changed last; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _can_be_used(certificate: Path, key: Path) -> bool:
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError):
        return False
    return True


@contextmanager
def renewing(begin_anew: Callable[[], None]) -> Iterator[None]:
    """Meanwhile a supplied certificate that is replaced by a good one is shown without anybody stopping anything."""
    stop = threading.Event()
    if settings.TLS_CERT:
        threading.Thread(target=_look_after, args=(begin_anew, stop), name="certificate", daemon=True).start()
    try:
        yield
    finally:
        stop.set()


def _look_after(begin_anew: Callable[[], None], stop: threading.Event) -> None:
    """The library's own way: new processes begin before the old ones have answered to the end and are over."""
    files = Path(settings.TLS_CERT), Path(settings.TLS_KEY)
    shown = [*map(_changed, files)]
    while not stop.wait(EVERY_SECONDS):
        there = [*map(_changed, files)]
        if there != shown and 0 not in there and _can_be_used(*files):
            shown = there
            begin_anew()

"""`motcua serve`: bring the database up to date, then answer browsers until Ctrl-C.

One server process by default; its parent only waits. Deliveries run on a thread of each server process.
"""

import socket
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from django.utils import timezone
from granian import Granian
from granian.constants import HTTPModes, Interfaces, SSLProtocols

from motcua.config.checks import certificate
from motcua.config.cli import database, door, greeting, keeping, outbox, presence, standing, static
from motcua.config.cli.database import State
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.portal import services

# Sync views wait on the disk for the commit; the fair writer orders them, the threads let readers pass.
BLOCKING_THREADS = 64
SECONDS_TO_FINISH = 1
# Whoever starts the server anew while “motcua update” runs waits for it.
UPDATES_LAST = 900


def run(options: Options) -> int:
    certificate_can_be_read()
    port_is_free(options.host, options.port)
    if settings.HTTPS_OWN:
        port_is_free(options.host, settings.HTTPS_PORT, "MOTCUA_HTTPS_PORT")
    with database.alone(patience=UPDATES_LAST):
        standing.whole_after_a_sudden_end()
        database.prepare(timezone.now())
        services.bring_roles(at=timezone.now())
    there_is_a_centre()
    static.collect()
    print("\n".join(greeting.lines(options.host, options.port, timezone.localdate())), flush=True)
    # A process made by forking must not share its parent's connections.
    connections.close_all()
    return _serve(options)


def port_is_free(host: str, port: int, setting: str = "--port, MOTCUA_PORT") -> None:
    """Asked first, since the server would share the port in silence with another of its kind."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotRun(
                _(
                    "Port {port} is in use by another program, or {host} is not an address of this machine: "
                    "stop that program, or choose another port with {setting}."
                ).format(port=port, host=host, setting=setting)
            ) from error


def certificate_can_be_read() -> None:
    """Both files, or none; the server's own words would be a traceback."""
    if bool(settings.TLS_CERT) != bool(settings.TLS_KEY):
        raise CannotRun(_("MOTCUA_TLS_CERT and MOTCUA_TLS_KEY belong together: set both, or neither."))
    if settings.TLS_CERT:
        try:
            said = certificate.supplied_fault(Path(settings.TLS_KEY).read_bytes(), Path(settings.TLS_CERT).read_bytes())
        except OSError as error:
            said = str(error)
        if said:
            raise CannotRun(
                _("The certificate and its key cannot be used ({detail}): check both files.").format(
                    detail=str(said).rstrip(".")
                )
            )


def there_is_a_centre() -> None:
    found = database.state()
    if found is State.EMPTY:
        raise CannotRun(_("This centre is still empty: run motcua setup for a real one, or motcua demo to try it."))
    if found is State.HALF_MADE:
        raise CannotRun(
            _("The last motcua setup or motcua demo did not finish: run the same command again; it begins anew.")
        )


def _serve(options: Options) -> int:
    server = Granian(
        "motcua.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=BLOCKING_THREADS,
        backpressure=1024,
        websockets=False,
        http=HTTPModes.http1,
        http1_settings=door.PATIENCE,
        log_enabled=False,
        log_access=False,
        workers_kill_timeout=SECONDS_TO_FINISH,
        ssl_cert=Path(settings.TLS_CERT) if settings.TLS_CERT else None,
        ssl_key=Path(settings.TLS_KEY) if settings.TLS_CERT else None,
        ssl_protocol_min=SSLProtocols.tls12,  # the oldest that browsers of old computers can speak safely
    )
    try:
        with presence.serving(), door.renewing(server.signal_handler_reload):
            server.serve(target_loader=partial(load, options.host), wrap_loader=False)
    except SystemExit:
        # Ctrl-C reaches the workers too; one that ended before its parent looked is no fault.
        if not server.interrupt_signal:
            raise
    print(_("Stopped."))
    return 0


def load(host: str) -> Callable[..., Any]:
    """What a server process runs: the application, warm; beside it the deliveries, the watch, the door of https."""
    application = get_wsgi_application()
    list(get_resolver().url_patterns)  # the first visitor should not wait for the rooms to load
    stop = threading.Event()
    outbox.start(stop)
    keeping.start(stop)
    if settings.HTTPS_OWN:
        door.start(stop, application, host)
    return application

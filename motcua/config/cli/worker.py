"""`motcua worker`: deliveries and the watch in a process of their own, for a large centre."""

import signal
import threading

from django.utils import timezone

from motcua.config.cli import database, keeping, outbox
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.kernel import outbox as deliveries
from motcua.portal import services


def run(options: Options) -> int:
    now = timezone.now()
    with database.alone():
        database.prepare(now)
        services.bring_roles(at=now)
    if options.once:
        tried = deliveries.run_due(now)
        print(_("Deliveries tried: {number}").format(number=tried))
        return 0
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    print(_("Deliveries are running. Ctrl-C stops them."), flush=True)
    keeping.start(stop)
    for thread in outbox.start(stop):
        thread.join()
    return 0

"""A bad network, a hanging system outside, and many at once."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from tests.faults import proof, proxy
from tests.faults.centre import Centre
from tests.faults.clients import Filer, Ledger, at_once

pytestmark = pytest.mark.faults
SECONDS = 30.0 if proof.WHOLE else 4.0


def pressed(filers: list[Filer], seconds: float, pause: float = 0.0) -> None:
    """All of them at once for so long."""
    threads = at_once(filers, stop := threading.Event(), seed=6, pause=pause)
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join(60)


def percentile(waits: list[float], share: float) -> float:
    """In milliseconds."""
    return sorted(waits)[int(len(waits) * share)] * 1000


def test_answers_that_are_lost_and_requests_that_come_twice_are_one_filing_each(centre: Centre) -> None:
    ledger = Ledger()
    centre.start()
    with proxy.bad_line(centre.port) as line:
        pressed([Filer(centre, ledger, line.port) for _ in range(8)], SECONDS)
    straight = Filer(centre, ledger)
    straight.settle()
    found = proof.outcome(centre, straight, ledger)
    proof.say(f"bad line: {line.count}", found)
    assert all(line.count.values())
    assert found.acknowledged == len(ledger.sent)
    assert found.is_clean, (found.lost[:5], found.doubled[:5], found.faults[:5])


def test_a_mail_server_that_hangs_holds_up_no_filing(centre: Centre) -> None:
    ledger = Ledger()
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the call and never says a word
        centre.start(MOTCUA_EMAIL_HOST="127.0.0.1", MOTCUA_EMAIL_PORT=str(silent.getsockname()[1]))
        filers = [Filer(centre, ledger) for _ in range(4)]
        for each in filers:
            each.email = "nguoi.mau@vidu.example"
        pressed(filers, SECONDS)
        found = proof.outcome(centre, filers[0], ledger)
    proof.say("mail server hangs, four clients", f"{found}; p99 {percentile(ledger.waits, 0.99):.0f} ms")
    assert found.acknowledged
    assert found.is_clean, (found.lost[:5], found.doubled[:5], found.faults[:5])


def test_sixty_four_writers_at_once_are_all_served(centre: Centre) -> None:
    ledger = Ledger()
    centre.start()
    filers = [Filer(centre, ledger) for _ in range(64)]
    pressed(filers, SECONDS)
    found = proof.outcome(centre, filers[0], ledger)
    proof.say("64 clients at once", f"{found}; {len(ledger.waits) / SECONDS:.0f}/s, worst {max(ledger.waits):.2f} s")
    assert found.acknowledged >= 64
    assert found.is_clean, (found.lost[:5], found.doubled[:5], found.faults[:5])


def test_twenty_filings_a_second_wait_little(centre: Centre) -> None:
    ledger = Ledger()
    centre.start()
    pressed([Filer(centre, ledger) for _ in range(20)], SECONDS, pause=0.9)
    figure = f"{len(ledger.waits) / SECONDS:.0f}/s, p99 {percentile(ledger.waits, 0.99):.0f} ms"
    proof.say("filings at an even pace (wanted: p99 ≤ 300 ms at 20/s)", figure)
    assert not ledger.wrong

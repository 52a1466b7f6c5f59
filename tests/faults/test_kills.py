"""kill -9 of the server at random moments under load: what was acknowledged is there, once, with its work."""

from __future__ import annotations

import random
import threading
import time

import pytest

from tests.faults import proof
from tests.faults.centre import Centre
from tests.faults.clients import Filer, Ledger, at_once

pytestmark = pytest.mark.faults
KILLS, CLIENTS = (300 if proof.WHOLE else 30), 6


def test_a_killed_server_has_lost_nothing_and_doubled_nothing(centre: Centre) -> None:
    ledger, stop, dice = Ledger(), threading.Event(), random.Random()
    centre.start()
    filers = [Filer(centre, ledger) for _ in range(CLIENTS)]
    threads = at_once(filers, stop, dice.randrange(10**6))
    for _ in range(KILLS):
        time.sleep(dice.uniform(0.05, 0.6))
        centre.kill()
        centre.start()
    stop.set()
    for thread in threads:
        thread.join(60)
    filers[0].settle()
    found = proof.outcome(centre, filers[0], ledger)
    proof.say(f"SQLite, server killed {KILLS} times under load", found)
    assert found.acknowledged > KILLS
    assert found.is_clean, (found.lost[:5], found.doubled[:5], found.faults[:5])

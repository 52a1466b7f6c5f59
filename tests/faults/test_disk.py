"""The disk is full, does not flush or flushes slowly, the clock jumps: people read the truth, and nothing is lost."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from tests.faults import breaking, proof
from tests.faults.breaking import Breaking
from tests.faults.centre import Centre
from tests.faults.clients import Filer, Ledger, at_once

pytestmark = pytest.mark.faults
SECONDS = 10.0 if proof.WHOLE else 2.0
KINDS = {breaking.FULL: "disk full", breaking.FAILS: "flushing fails", breaking.READ_ONLY: "disk read-only"}
DAY = 24 * 60 * 60


@pytest.fixture
def broken(tmp_path: Path) -> Breaking:
    return Breaking(tmp_path)


def refused(filer: Filer, key: str) -> dict[str, object]:
    """What a filing that cannot be kept is answered: a problem in words, never a number."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    status, content = filer.request("POST", f"{filer.base}/filings", filer.ledger.sent[key], headers)
    assert status >= 500, (status, content)
    problem: dict[str, object] = json.loads(content)
    assert problem["title"], problem
    return problem


@pytest.mark.parametrize("what", KINDS, ids=KINDS.values())
def test_a_disk_that_takes_nothing_is_said_and_nothing_acknowledged_is_lost(
    centre: Centre, broken: Breaking, what: str
) -> None:
    ledger = Ledger()
    centre.start(**broken.environment)
    filer = Filer(centre, ledger)
    for _ in range(3):
        assert filer.send(filer.begin())
    key = filer.begin()
    with broken.so(what):
        refused(filer, key)
        assert filer.upload() == ""
        assert centre.get("/")[0] == 200  # who only reads goes on reading
    assert filer.send(key)
    threads = at_once([Filer(centre, ledger) for _ in range(4)], stop := threading.Event(), seed=3)
    for _ in range(3):
        time.sleep(SECONDS / 4)
        with broken.so(what):
            time.sleep(SECONDS / 6)
    stop.set()
    for thread in threads:
        thread.join(60)
    filer.settle()
    found = proof.outcome(centre, filer, ledger)
    proof.say(f"{KINDS[what]}, four times, three of them under load", found)
    assert found.is_clean, (found.lost[:5], found.doubled[:5], found.faults[:5])


def test_a_disk_that_flushes_slowly_makes_everybody_wait_and_nobody_fail(centre: Centre, broken: Breaking) -> None:
    ledger = Ledger()
    centre.start(**broken.environment)
    filers = [Filer(centre, ledger) for _ in range(8)]
    with broken.so(breaking.slow(80)):
        threads = at_once(filers, stop := threading.Event(), seed=4)
        time.sleep(SECONDS * 2)
        stop.set()
        for thread in threads:
            thread.join(60)
    found = proof.outcome(centre, filers[0], ledger)
    proof.say("every flush takes 80 ms, eight clients", f"{found}; worst wait {max(ledger.waits):.2f} s")
    assert found.acknowledged
    assert found.is_clean, (found.lost[:5], found.doubled[:5], found.faults[:5])


def test_a_clock_that_jumps_takes_no_number_twice(centre: Centre, broken: Breaking) -> None:
    ledger = Ledger()
    centre.start(**broken.environment)
    filer = Filer(centre, ledger)
    for off in (0, 2 * DAY, -3 * DAY, 60, -60, 40 * DAY, 0):
        broken.to(breaking.clock_off(off))
        for _ in range(2):
            assert filer.send(filer.begin())
    broken.mend()
    found = proof.outcome(centre, filer, ledger)
    proof.say("clock jumping by days, back and forth", found)
    assert found.is_clean, (found.lost[:5], found.doubled[:5], found.faults[:5])

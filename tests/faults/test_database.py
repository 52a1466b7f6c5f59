"""The database's file in other hands: another program writes in it or holds it, an older one is put in its place, its
log is lost or another's: nothing acknowledged is lost in silence, and a database that lacks something takes nothing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import proof
from tests.faults.centre import Centre, NotUp
from tests.faults.clients import Filer, Ledger, at_once

pytestmark = pytest.mark.faults
SECONDS = 10.0 if proof.WHOLE else 2.0
ENDINGS = ("", "-wal", "-shm")
LOST = "lacks what was confirmed"
# As somebody does who opens the file with a program for databases: small changes, then a lock that is kept.
STRANGER = """
import sqlite3, sys, time
line = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
line.execute("CREATE TABLE IF NOT EXISTS notes_of_mine (said)")
print("open", flush=True)
for order in sys.stdin:
    if order.strip() == "hold":
        line.execute("BEGIN IMMEDIATE")
    elif order.strip() == "release":
        line.execute("ROLLBACK")
    else:
        until = time.monotonic() + float(order)
        while time.monotonic() < until:
            line.execute("INSERT INTO notes_of_mine VALUES ('x')")
            time.sleep(0.01)
    print("done", flush=True)
"""


@pytest.fixture
def english(centre: Centre) -> Centre:
    """The same, speaking so that a test can be read."""
    centre.more = {**centre.more, "MOTCUA_LANG": "en"}
    return centre


def file_of(centre: Centre) -> Path:
    return centre.data / "motcua.sqlite3"


def kept(centre: Centre, folder: Path) -> Path:
    """The database as it is now, its log with it."""
    folder.mkdir()
    for ending in ENDINGS:
        if (part := Path(f"{file_of(centre)}{ending}")).exists():
            shutil.copyfile(part, folder / part.name)
    return folder


def put(centre: Centre, folder: Path, endings: tuple[str, ...] = ENDINGS) -> None:
    """These files in the place of those that are there."""
    for ending in ENDINGS:
        Path(f"{file_of(centre)}{ending}").unlink(missing_ok=True)
    for ending in endings:
        if (part := folder / f"motcua.sqlite3{ending}").exists():
            shutil.copyfile(part, centre.data / part.name)


def said_at_the_start(centre: Centre) -> str:
    with pytest.raises(NotUp) as refused:
        centre.start()
    return str(refused.value)


def found(centre: Centre, name: str) -> dict[str, str]:
    """What `motcua check` says of this."""
    done = centre.command("check", "--json", check=False)
    (finding,) = [each for each in json.loads(done.stdout) if each["name"] == name]
    return dict(finding)


@contextmanager
def stranger(centre: Centre) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", STRANGER, str(file_of(centre))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        try:
            heard(program)
            yield program
        finally:
            program.kill()


def heard(program: subprocess.Popen[str]) -> None:
    assert program.stdout is not None
    assert program.stdout.readline().strip()


def tell(program: subprocess.Popen[str], order: str) -> None:
    assert program.stdin is not None
    program.stdin.write(f"{order}\n")
    program.stdin.flush()


def pressed(centres: list[Filer], seconds: float) -> None:
    threads = at_once(centres, stop := threading.Event(), seed=5)
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join(60)


def test_a_program_that_writes_or_holds_the_database_is_named_and_nothing_is_lost(english: Centre) -> None:
    english.start()
    ledger = Ledger()
    filers = [Filer(english, ledger) for _ in range(3)]
    with stranger(english) as program:
        tell(program, str(SECONDS))
        pressed(filers, SECONDS)
        heard(program)
        assert found(english, "company")["state"] == "warning"
        assert str(program.pid) in found(english, "company")["sentence"]
        late = filers[0].begin()
        tell(program, "hold")
        heard(program)
        held = found(english, "database")
        assert (held["state"], str(program.pid) in held["sentence"]) == ("fault", True), held
        assert english.get("/")[0] == 200
        # What is sent meanwhile waits, and goes through when the other one lets go.
        waiting = threading.Thread(target=filers[0].send, args=(late,))
        waiting.start()
        tell(program, "release")
        heard(program)
        waiting.join(60)
    filers[0].settle()
    outcome = proof.outcome(english, filers[0], ledger)
    proof.say("SQLite, another program writes and holds the file", outcome)
    assert outcome.acknowledged > 1
    assert outcome.is_clean, (outcome.lost[:5], outcome.doubled[:5], outcome.faults[:5])


def test_two_servers_on_one_folder_give_no_number_twice(centre: Centre) -> None:
    second = Centre(centre.data, centre.more)
    ledger = Ledger()
    centre.start()
    second.start()
    try:
        filers = [Filer(each, ledger) for each in (centre, second) for _ in range(3)]
        pressed(filers, SECONDS)
        filers[0].settle()
        outcome = proof.outcome(centre, filers[0], ledger)
    finally:
        second.stop()
    proof.say("SQLite, two servers on one folder", outcome)
    assert outcome.acknowledged
    assert outcome.is_clean, (outcome.lost[:5], outcome.doubled[:5], outcome.faults[:5])


def test_an_older_file_put_in_the_place_of_the_open_one_takes_nothing(english: Centre, tmp_path: Path) -> None:
    older = kept(english, tmp_path / "older")
    ledger = Ledger()
    english.start()
    filer = Filer(english, ledger)
    assert filer.send(filer.begin())
    late = filer.begin()
    # The right files stay whole under other names, as the server has them open.
    for ending in ENDINGS:
        (tmp_path / f"right{ending}").hardlink_to(f"{file_of(english)}{ending}")
    shutil.copyfile(older / "motcua.sqlite3", tmp_path / "put")
    (tmp_path / "put").replace(file_of(english))
    for _ in range(3):
        assert not filer.send(late), "a file that lies nowhere took a filing"
    english.kill()
    put(english, older)
    assert LOST in said_at_the_start(english)
    assert found(english, "database")["state"] == "fault"
    for ending in ENDINGS:
        (tmp_path / f"right{ending}").replace(f"{file_of(english)}{ending}")
    english.start()
    filer.settle()
    outcome = proof.outcome(english, filer, ledger)
    proof.say("SQLite, an older file put in its place while open", outcome)
    assert outcome.acknowledged == 2
    assert outcome.is_clean, (outcome.lost[:5], outcome.doubled[:5], outcome.faults[:5])


def test_a_lost_log_or_another_ones_is_noticed_and_who_goes_on_without_gives_no_number_twice(
    english: Centre, model: Centre, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other, ledger = model.copied(tmp_path / "other"), Ledger()
    for each in (other, english):
        each.start()
        filer = Filer(each, ledger if each is english else Ledger())
        assert filer.send(filer.begin())
        each.kill()
    right, foreign = kept(english, tmp_path / "right"), kept(other, tmp_path / "foreign")
    assert (right / "motcua.sqlite3-wal").stat().st_size
    put(english, right, ("",))
    assert LOST in said_at_the_start(english)
    shutil.copyfile(foreign / "motcua.sqlite3-wal", f"{file_of(english)}-wal")
    refused = said_at_the_start(english)
    assert LOST in refused or "damaged" in refused, refused
    put(english, right, ("",))
    assert "Nobody can be asked" in english.command("ledger", "accept", check=False).stderr
    assert "goes on" in english.command("ledger", "accept", "--yes").stdout
    english.start()
    again = Ledger()
    filer = Filer(english, again)
    assert filer.send(filer.begin())
    numbers = [number for number, _code in [*ledger.told.values(), *again.told.values()]]
    assert len(numbers) == len(set(numbers)) == 2
    assert english.faults() == []
    proof.say("SQLite, the log lost, then another one's: noticed at the start; accepted: numbers given twice", 0)

"""Whether the database is the one that the centre left: what the check, the regular work and the commands say."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.utils import timezone, translation
from pytest_django import Settings

from motcua.config.checks import standing
from motcua.config.checks.findings import Finding, fault
from motcua.config.cli import keeping, words
from motcua.config.cli import standing as at_the_start
from motcua.config.cli.troubles import CannotRun
from motcua.config.engine import files
from motcua.kernel import duties, health, highwater, ledger, numbering
from motcua.kernel.highwater import Lost, Mark
from motcua.kernel.ledger import Event
from motcua.kernel.numbering import Counter
from motcua.portal.services import standing as decisions
from tests.cast import NOW, TODAY, Cast

LOST = Lost(Mark(9, "a" * 64, NOW), Mark(7, "b" * 64, NOW))
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _speaking_english() -> Iterator[None]:
    words.speak("en")
    with translation.override("en"):
        yield


def only(findings: Iterator[Finding]) -> Finding:
    (finding,) = findings
    return finding


def test_a_database_that_lacks_what_was_confirmed_is_red_and_nothing_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    assert only(standing.database()).state == "ok"
    monkeypatch.setattr(highwater, "lost", lambda: LOST)
    assert only(standing.database()).state == "fault"
    assert "event 9" in str(only(standing.database()).sentence)
    with pytest.raises(CannotRun, match="motcua ledger accept"):
        at_the_start.nothing_is_missing()


def test_where_nothing_can_be_written_the_pages_of_this_process_say_so_until_it_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "regular", lambda: iter(()))
    keeping.once()
    assert "database" not in {each.name for each in health.conditions()}
    refuse = monkeypatch.context()
    with refuse as patch:
        patch.setattr(standing, "_trouble_with_writing", lambda: "database is locked")
        patch.setattr(standing, "_programs", lambda: "sqlite3 (77)")
        keeping.once()
    (found,) = [each for each in health.conditions() if each.name == "database"]
    assert "sqlite3 (77)" in found.sentence
    assert health.light(health.conditions(), timezone.now()) == "red"
    keeping.once()
    assert "database" not in {each.name for each in health.conditions()}


def test_a_database_that_does_not_answer_at_all_ends_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_answer() -> Iterator[Finding]:
        raise OperationalError("disk I/O error")
        yield

    done: list[str] = []
    monkeypatch.setattr(keeping, "regular", lambda: iter([done.append("work")]))
    with monkeypatch.context() as patch:
        patch.setattr(standing, "database", no_answer)
        patch.setattr(keeping.paces, "run_here", lambda at: done.append("said"))
        keeping.once()
    assert done == ["said"]


def test_a_database_older_than_its_copy_is_red_until_somebody_decided(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = SimpleNamespace(events_to=ledger.last_position() + 5, made_at=NOW - timedelta(hours=1))
    place = SimpleNamespace(all=lambda: [SimpleNamespace(manifest=manifest)])
    monkeypatch.setattr(standing.places, "own", lambda: place)
    assert only(standing.age()).state == "fault"
    decisions.accept_database(confirmed=manifest.events_to, at=NOW)
    assert only(standing.age()).state == "ok"


def test_who_goes_on_leaves_an_event_and_leaves_out_what_may_have_been_given(cast: Cast) -> None:
    yesterday = TODAY - timedelta(days=1)
    numbering.take("H36.24", yesterday)
    numbering.next_in("H36.24/form-9/2026")
    there = ledger.last_position()
    assert decisions.accept_database(confirmed=there + 40, at=NOW) == 40
    event = Event.objects.order_by("-position")[0]
    assert (event.type, event.payload) == (
        "portal.database_accepted",
        {"there": there, "confirmed": there + 40},
    )
    assert numbering.take("H36.24", TODAY).endswith("-0041")
    assert numbering.next_in("H36.24/form-9/2026") == 42
    assert Counter.objects.get(scope=f"H36.24/{yesterday}").last == 1


def test_a_restore_leaves_an_event_and_gives_no_number_away_where_nothing_is_missing(cast: Cast) -> None:
    numbering.take("H36.24", TODAY)
    decisions.note_restored("20261123-013000", NOW, at=NOW)
    assert Event.objects.order_by("-position")[0].type == "portal.centre_restored"
    assert numbering.take("H36.24", TODAY).endswith("-0002")


def test_tables_are_not_renewed_under_a_server_that_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_start.no_older_server("0001")
    monkeypatch.setattr(at_the_start.presence, "servers", lambda: [4711])
    with pytest.raises(CannotRun, match="4711"):
        at_the_start.no_older_server("0001")


@pytest.mark.sqlite_only
def test_a_log_that_was_left_over_has_everything_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_the_start, "_left_over", lambda: True)
    at_the_start.whole_after_a_sudden_end()
    with monkeypatch.context() as patch:
        rows = SimpleNamespace(execute=lambda _: None, fetchall=lambda: [("row 3 missing from index",)])
        patch.setattr(connection, "cursor", lambda: _opened(rows))
        with pytest.raises(CannotRun, match="row 3"):
            at_the_start.whole_after_a_sudden_end()


def _opened(rows: SimpleNamespace) -> object:
    class Opened:
        def __enter__(self) -> SimpleNamespace:
            return rows

        def __exit__(self, *_: object) -> None:
            pass

    return Opened()


@pytest.mark.sqlite_only
def test_what_is_not_the_file_in_its_place_is_written_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    assert only(standing.database()).state == "ok"
    monkeypatch.setattr(files, "identity", lambda file: (1, 1))
    assert "Another file" in str(only(standing.database()).sentence)


def test_another_program_that_has_the_file_open_is_told_from_ours(tmp_path: Path) -> None:
    file = tmp_path / "motcua.sqlite3"
    reads = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA journal_mode = wal'); "
    waits = "c.execute('CREATE TABLE t (a)'); print(c.execute('SELECT * FROM t').fetchall(), flush=True); input()"
    for more, expected in (["--", "motcua.config.cli"], False), ([], True):
        file.unlink(missing_ok=True)
        command = [sys.executable, "-c", reads + waits, str(file), *more]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
            assert program.stdout is not None
            program.stdout.readline()
            found = [each.process for each in files.others(file)]
            program.kill()
        assert (program.pid in found) is expected
    assert os.getpid() not in found


def test_a_light_that_a_process_keeps_is_the_newest_word(settings: Settings) -> None:
    now = timezone.now()
    health.note("minute", [health.Seen("database", "ok", {}, "")], now)
    health.keep_here([health.Seen("database", "fault", {}, "")], now)
    assert health.light(health.conditions(), now) == "red"
    health.keep_here([], now)
    assert health.light(health.conditions(), now) == "green"
    assert duties.duty("watch").begun_at is None
    assert fault("database", "x", "y").ok is False

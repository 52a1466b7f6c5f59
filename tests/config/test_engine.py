"""The engine on SQLite: its settings, and a turn to write that is fair and always given back."""

import errno
import gc
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from contextlib import nullcontext as nothing
from pathlib import Path
from time import monotonic

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.db.backends.utils import CursorWrapper
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from motcua.config.engine import line, turns
from motcua.config.engine.sqlite.base import DatabaseWrapper
from motcua.config.engine.sqlite.cursor import only_reads

pytestmark = pytest.mark.sqlite_only
WORKER = Path(__file__).with_name("engine_worker.py")


class Centre:
    """One database file with one table, and as many connections to it as a test wants."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.opened: list[DatabaseWrapper] = []
        self.execute(
            self.connect(), "CREATE TABLE written (id INTEGER PRIMARY KEY, writer TEXT, n INTEGER, UNIQUE (writer, n))"
        )

    def connect(self, patience: float = 20) -> DatabaseWrapper:
        settings = {"ENGINE": "motcua.config.engine.sqlite", "NAME": self.path, "OPTIONS": {"timeout": patience}}
        connection = ConnectionHandler({"default": settings}).create_connection("default")
        connection.inc_thread_sharing()  # the test closes what its threads leave open
        self.opened.append(connection)
        return connection

    @staticmethod
    def execute(connection: DatabaseWrapper, sql: str) -> CursorWrapper:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor

    def count(self) -> int:
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM written")
            return int(cursor.fetchone()[0])

    def is_free(self) -> bool:
        """Whether another connection may write at once."""
        other = self.connect(patience=0)
        return in_a_thread(lambda: self.execute(other, "DELETE FROM written WHERE id = 0")) is None


def in_a_thread(act: Callable[[], object]) -> BaseException | None:
    """Do it in a thread of its own, to the end; the fault if there was one."""
    faults: list[BaseException] = []

    def guarded() -> None:
        try:
            act()
        except BaseException as fault:
            faults.append(fault)

    thread = threading.Thread(target=guarded)
    thread.start()
    thread.join()
    return faults[0] if faults else None


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    made = Centre(tmp_path / "centre.sqlite3")
    yield made
    for connection in made.opened:
        connection.inc_thread_sharing()
        connection.close()


@pytest.fixture(autouse=True)
def _databases_of_its_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """These tests open files of their own; the run's database is not touched."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def begun(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> DatabaseWrapper:
    """A connection that `transaction.atomic()` finds under the name default."""
    connection = centre.connect()
    monkeypatch.setattr("django.db.transaction.get_connection", lambda using=None: connection)
    return connection


# --- settings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("mmap_size", 0),
        ("busy_timeout", 20_000),
        ("cache_size", -4096),
        ("secure_delete", 2),
    ],
)
def test_every_connection_has_the_settings_of_a_centre(centre: Centre, pragma: str, value: int) -> None:
    with centre.connect().cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone()[0] == value


def test_a_safe_library_keeps_a_write_ahead_log(centre: Centre) -> None:
    with centre.connect().cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone()[0] == "wal"


def test_an_unsafe_library_keeps_a_rollback_journal_and_leaves_the_log_of_a_safe_one(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.opened[0].close()
    monkeypatch.setattr("motcua.config.engine.sqlite.base.Database.sqlite_version_info", (3, 40, 1))
    with centre.connect().cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone()[0] == "truncate"


def test_a_database_in_memory_works_and_asks_for_no_turn() -> None:
    settings = {"ENGINE": "motcua.config.engine.sqlite", "NAME": ":memory:"}
    connection = ConnectionHandler({"default": settings}).create_connection("default")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE t (a)")
        cursor.execute("INSERT INTO t VALUES (1) RETURNING a")
        assert cursor.fetchone() == (1,)
    assert connection.has_turn
    connection.connection.close()


# --- what needs a turn ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1",
        "  select\n1",
        "EXPLAIN QUERY PLAN DELETE FROM t",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "PRAGMA table_info(t)",
        "PRAGMA foreign_keys = OFF",
        "VACUUM INTO 'copy'",
    ],
)
def test_a_statement_that_reads_needs_no_turn(query: str) -> None:
    assert only_reads(query)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT INTO t VALUES (1)",
        "/* by hand */ SELECT 1",
        "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
        "BEGIN",
        "SAVEPOINT a",
        "PRAGMA journal_mode = wal",
        "PRAGMA main.optimize",
        "VACUUM",
        "CREATE TABLE t (a)",
        "SELECTED",
    ],
)
def test_a_statement_that_writes_or_may_write_needs_a_turn(query: str) -> None:
    assert not only_reads(query)


def test_reading_never_waits_for_a_writer(centre: Centre, begun: DatabaseWrapper) -> None:
    reader = centre.connect(patience=0)
    with transaction.atomic():
        centre.execute(begun, "INSERT INTO written (n) VALUES (1)")
        assert in_a_thread(lambda: centre.execute(reader, "SELECT * FROM written")) is None


# --- given back on every path -------------------------------------------------------------------------------------


def test_a_lone_write_gives_the_turn_back(centre: Centre) -> None:
    connection = centre.connect()
    centre.execute(connection, "INSERT INTO written (n) VALUES (1)")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO written (n) VALUES (%s)", [(2,), (3,)])
    assert centre.is_free()
    assert centre.count() == 3


def test_a_lone_write_that_returns_rows_is_committed_before_they_are_read(centre: Centre) -> None:
    connection = centre.connect()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO written (n) VALUES (1), (2), (3), (4) RETURNING n")
        assert centre.is_free()
        assert cursor.fetchone() == (1,)
        assert cursor.fetchmany(1) == [(2,)]
        assert next(iter(cursor)) == (3,)
        assert cursor.fetchall() == [(4,)]
        assert cursor.fetchone() is None
        cursor.execute("SELECT count(*) FROM written")
        assert cursor.fetchall() == [(4,)]


def test_a_block_holds_the_turn_until_it_ends(centre: Centre, begun: DatabaseWrapper) -> None:
    with transaction.atomic():
        assert not centre.is_free()
        with transaction.atomic():
            centre.execute(begun, "INSERT INTO written (n) VALUES (1)")
        assert not centre.is_free()
    assert centre.is_free()
    assert centre.count() == 1


def test_a_savepoint_rolled_back_keeps_the_turn_of_its_block(centre: Centre, begun: DatabaseWrapper) -> None:
    with transaction.atomic():
        centre.execute(begun, "INSERT INTO written (writer, n) VALUES ('a', 1)")
        with pytest.raises(IntegrityError), transaction.atomic():
            centre.execute(begun, "INSERT INTO written (writer, n) VALUES ('a', 1)")
        assert not centre.is_free()
    assert centre.is_free()
    assert centre.count() == 1


def test_an_exception_gives_the_turn_back(centre: Centre, begun: DatabaseWrapper) -> None:
    def fail_halfway() -> None:
        with transaction.atomic():
            centre.execute(begun, "INSERT INTO written (n) VALUES (1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert centre.is_free()
    assert centre.count() == 0


def test_a_write_that_fails_gives_the_turn_back(centre: Centre) -> None:
    connection = centre.connect()
    with pytest.raises(DatabaseError):
        centre.execute(connection, "INSERT INTO nowhere VALUES (1)")
    assert centre.is_free()


def test_a_transaction_begun_and_ended_by_hand_holds_the_turn_between(centre: Centre) -> None:
    connection = centre.connect()
    centre.execute(connection, "BEGIN IMMEDIATE")
    assert not centre.is_free()
    centre.execute(connection, "COMMIT")
    assert centre.is_free()


def test_a_connection_without_autocommit_holds_the_turn_from_its_first_write(centre: Centre) -> None:
    connection = centre.connect()
    connection.set_autocommit(False)
    centre.execute(connection, "SELECT * FROM written")
    assert centre.is_free()
    centre.execute(connection, "INSERT INTO written (n) VALUES (1)")
    assert not centre.is_free()
    connection.commit()
    assert centre.is_free()
    assert centre.count() == 1


def test_closing_inside_a_block_gives_the_turn_back(centre: Centre, begun: DatabaseWrapper) -> None:
    with transaction.atomic():
        centre.execute(begun, "INSERT INTO written (n) VALUES (1)")
        begun.close()
        assert centre.is_free()
    assert centre.count() == 0


def test_a_thread_that_dies_in_a_transaction_does_not_keep_the_turn(centre: Centre) -> None:
    def begin_and_die() -> None:
        connection = centre.connect()
        connection.dec_thread_sharing()  # its own, as a thread's connection is in a centre
        centre.execute(connection, "BEGIN IMMEDIATE")
        centre.execute(connection, "INSERT INTO written (n) VALUES (1)")

    assert in_a_thread(begin_and_die) is None
    centre.execute(centre.connect(patience=5), "INSERT INTO written (n) VALUES (2)")
    assert centre.count() == 1


def test_a_connection_that_was_dropped_in_a_transaction_does_not_keep_the_turn(centre: Centre) -> None:
    with pytest.warns(ResourceWarning) if sys.version_info >= (3, 13) else nothing():
        centre.execute(centre.connect(), "BEGIN IMMEDIATE")
        centre.opened.pop()
        gc.collect()
    heir = centre.connect(patience=5)
    assert in_a_thread(lambda: centre.execute(heir, "INSERT INTO written (n) VALUES (2)")) is None


# --- waiting -------------------------------------------------------------------------------------------------------


def test_a_thread_that_would_wait_for_itself_is_told_at_once(centre: Centre) -> None:
    first, second = centre.connect(), centre.connect()
    centre.execute(first, "BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="this thread is already writing"):
        centre.execute(second, "INSERT INTO written (n) VALUES (1)")
    centre.execute(first, "ROLLBACK")
    centre.execute(second, "INSERT INTO written (n) VALUES (1)")


def test_two_files_have_two_turns(centre: Centre, tmp_path: Path) -> None:
    other = Centre(tmp_path / "other.sqlite3")
    first, second = centre.connect(), other.connect()
    centre.execute(first, "BEGIN IMMEDIATE")
    other.execute(second, "INSERT INTO written (n) VALUES (1)")
    assert other.count() == 1
    centre.execute(first, "ROLLBACK")
    for connection in other.opened:
        connection.close()


def test_the_turn_goes_to_the_thread_that_has_waited_longest(tmp_path: Path) -> None:
    turn, order = turns.Turn(tmp_path / "file"), list[int]()
    writer = DatabaseWrapper({"NAME": ":memory:"})
    first = turn.take(writer, 5)

    def wait_and_note(number: int) -> None:
        ticket = turn.take(writer, 5)
        order.append(number)
        turn.give_back(ticket)

    waiting = [threading.Thread(target=wait_and_note, args=(number,)) for number in range(8)]
    for number, thread in enumerate(waiting, 1):
        thread.start()
        while len(turn._waiting) < number:
            pass
    turn.give_back(first)
    for thread in waiting:
        thread.join()
    assert order == list(range(8))


def test_who_is_tired_of_waiting_leaves_the_queue(tmp_path: Path) -> None:
    turn = turns.Turn(tmp_path / "file")
    writer = DatabaseWrapper({"NAME": ":memory:"})
    ticket = turn.take(writer, 5)
    assert isinstance(in_a_thread(lambda: turn.take(writer, 0)), line.TooLong)
    turn.give_back(ticket)
    turn.give_back(turn.take(writer, 0))


def test_a_full_disk_keeps_no_other_process_waiting_once_the_turn_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    ours = line.Line(tmp_path / "turn")
    ours.enter(monotonic() + 5)
    ours.leave()
    monkeypatch.setattr(line.os, "pwrite", full)
    ours.enter(monotonic() + 5)
    ours.leave()
    monkeypatch.undo()
    ask = "from motcua.config.engine.line import Line; from pathlib import Path; import sys, time; "
    ask += "Line(Path(sys.argv[1])).enter(time.monotonic() + 5)"
    subprocess.run([sys.executable, "-c", ask, tmp_path / "turn"], check=True)


def test_a_folder_that_cannot_be_written_leaves_the_decision_to_sqlite(tmp_path: Path) -> None:
    turn = turns.Turn(tmp_path / "absent" / "file")
    turn.give_back(turn.take(DatabaseWrapper({"NAME": ":memory:"}), 0))


# --- processes ----------------------------------------------------------------------------------------------------


def writers(centre: Centre, name: str, threads: int, seconds: float) -> subprocess.Popen[str]:
    """A process with so many writing threads."""
    command = [sys.executable, str(WORKER), str(centre.path), name, str(threads), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize(("processes", "threads"), [(1, 64), (2, 32)])
def test_sixty_four_writers_all_get_their_turn_in_time(centre: Centre, processes: int, threads: int) -> None:
    running = [writers(centre, f"p{number}", threads, 3) for number in range(processes)]
    answers = [json.loads(process.communicate()[0]) for process in running]
    waits = [waits for answer in answers for waits in answer["waits"]]
    assert [fault for answer in answers for fault in answer["faults"]] == []
    assert len(waits) == 64
    assert max(max(of_one_thread) for of_one_thread in waits) <= 2
    # Nobody starves: the unluckiest thread wrote at least a quarter as often as the mean one.
    assert min(map(len, waits)) * 4 >= sum(map(len, waits)) / 64
    assert centre.count() == sum(map(len, waits))


def test_a_process_that_is_killed_while_it_writes_keeps_nobody_waiting(centre: Centre) -> None:
    killed = writers(centre, "killed", 4, 60)
    while centre.count() < 20:
        pass
    killed.kill()
    killed.communicate()
    centre.execute(centre.connect(patience=5), "INSERT INTO written (writer) VALUES ('survivor')")


def in_a_fork(act: Callable[[], object]) -> str:
    """Do it in a forked child, to the end; the fault in words if there was one."""
    answer, answering = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException as fault:
            os.write(answering, str(fault).encode())
        os._exit(0)
    os.close(answering)
    os.waitpid(child, 0)
    with os.fdopen(answer, "rb") as answered:
        return answered.read().decode()


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_parent_and_forked_child_both_write_over_connections_of_their_own(centre: Centre) -> None:
    connection = centre.connect()
    centre.execute(connection, "INSERT INTO written (writer) VALUES ('parent')")
    assert in_a_fork(lambda: centre.execute(connection, "INSERT INTO written (writer) VALUES ('child')")) == ""
    centre.execute(connection, "INSERT INTO written (writer) VALUES ('parent again')")
    assert centre.count() == 3


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_child_forked_in_the_middle_of_a_write_is_kept_from_harming_the_file(centre: Centre) -> None:
    connection = centre.connect()
    centre.execute(connection, "BEGIN IMMEDIATE")
    assert "forked" in in_a_fork(lambda: centre.execute(connection, "SELECT * FROM written"))
    centre.execute(connection, "INSERT INTO written (writer) VALUES ('parent')")
    centre.execute(connection, "COMMIT")
    assert centre.count() == 1

"""Copies: of one moment, proven by restoring them, complete in every place; harm to one is named and never believed."""

import errno
import fcntl
import shutil
import threading
from argparse import Namespace
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.urls import path

from motcua.config.backup import facts, layout, make, nightly, places, prove, restore
from motcua.config.backup.layout import Copy, Place
from motcua.config.checks.findings import fault
from motcua.config.cli import answering, database, static, update, words
from motcua.config.cli.troubles import CannotRun
from motcua.config.program import renewal
from motcua.config.program.renewal import Renewal
from motcua.dossiers import services
from motcua.dossiers.models import Dossier, Filing
from motcua.kernel import duties, files, ledger
from motcua.kernel.files import File
from tests import cast as casting
from tests.cast import CERTIFY, NOW, Cast
from tests.harm import unprotected

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _one_at_a_time_in_the_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """These tests make databases beside their own, which all workers of a run would see: they take turns."""
    with (tmp_path_factory.getbasetemp().parent / "backups.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@pytest.fixture
def _a_second_database_may_be_opened(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may not, lest they forget to empty it; the restored one is thrown away as a whole."""

    def connect(self: BaseDatabaseWrapper) -> None:
        if self.connection is None:
            with self.wrap_database_errors:
                self.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", connect)


@pytest.fixture
def town(
    _a_second_database_may_be_opened: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cast]:
    """A small centre at work in a data folder of its own, with two papers."""
    settings.MOTCUA_DATA, settings.FILES_FOLDER = tmp_path / "data", tmp_path / "data" / "files"
    settings.MOTCUA_DATA.mkdir()
    # What is thrown away need not survive a power cut.
    monkeypatch.setattr("os.sync", lambda: None)
    made = casting.make()
    made.file()
    made.returned()
    files.keep(b"one paper", type="application/pdf")
    files.keep(b"another paper", type="application/pdf")
    yield made
    casting.forget()


def step(done: int, total: int) -> None:
    """Nobody looks."""


def copied(at: datetime = NOW) -> Copy:
    return make.make(layout.ASKED, at, step)


def faults(copy: Copy, at: datetime = NOW) -> tuple[str, ...]:
    return prove.prove(copy, at, step, every_paper=True).faults


def paper(copy: Copy) -> Path:
    return copy.place.paper(next(copy.papers())[0])


# --- a copy ----------------------------------------------------------------------------------------------------------
def test_restored_for_trial_a_copy_is_the_same_in_every_respect_and_nothing_of_the_trial_is_left(town: Cast) -> None:
    copy = copied()
    assert faults(copy) == ()
    assert copy.proof is not None
    assert (copy.proof.ok, copy.proof.papers, copy.proof.papers_read) == (True, 2, 2)
    assert copy.manifest.facts["dossiers_dossier"] == "2"
    assert [each.folder.name for each in places.own().all()] == ["20261123-020000"]
    assert {path.name for path in places.own().root.iterdir()} == {"copies", "papers", "centre.json", "README.txt"}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'motcua_scratch%%'")
            assert cursor.fetchone()[0] == 0


def test_what_is_counted_and_what_is_copied_are_of_one_moment(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    count = facts.facts

    def count_and_be_disturbed(ask: facts.Ask, there: Collection[str]) -> dict[str, str]:
        found = count(ask, there)
        if "disturbed" not in done:
            done.append("disturbed")
            other = threading.Thread(target=file_and_close)
            other.start()
            other.join()
        return found

    def file_and_close() -> None:
        town.file()
        connections.close_all()

    done: list[str] = []
    monkeypatch.setattr(facts, "facts", count_and_be_disturbed)
    copy = copied()
    assert Dossier.objects.count() == 3
    assert copy.manifest.facts["dossiers_dossier"] == "2"
    assert faults(copy) == ()


@pytest.mark.sqlite_only
def test_what_was_erased_by_law_is_not_carried_along_in_free_pages(town: Cast) -> None:
    dossier = town.returned(CERTIFY)
    secret = Filing.objects.get(dossier=dossier).content[-60:].encode()
    assert secret in copied().database.read_bytes()
    services.erase_personal_data(dossier=dossier, by=town.here.leader, at=NOW, legal_source="Luật 91/2025/QH15")
    assert secret not in copied(NOW + timedelta(hours=1)).database.read_bytes()


@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_a_copy_that_was_interrupted_does_not_count_and_its_rest_goes(
    town: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(make, "_finish", lambda place, copy: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            copied()
    assert places.own().all() == []
    left = places.own().copies / ".part-20200101-000000"
    left.mkdir()
    copied()
    assert not left.exists()


@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_when_the_disk_is_full_the_copy_before_stays_and_nothing_half_made(
    town: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copied()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(make, "_write_list", full)
    with pytest.raises(OSError, match="No space"):
        copied(NOW + timedelta(days=1))
    assert [copy.manifest for copy in places.own().all()] == [before.manifest]
    assert [path.name for path in places.own().copies.iterdir()] == [before.folder.name]


# --- harm ------------------------------------------------------------------------------------------------------------
def _byte_changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()  # on this disk it is a hard link: only the copy is harmed
    path.write_bytes(content)


HARMS: list[tuple[Callable[[Copy], Path], Callable[[Path], None]]] = [
    (lambda copy: copy.database, _byte_changed),
    (lambda copy: copy.database, Path.unlink),
    (lambda copy: copy.folder / layout.PAPERS, _byte_changed),
    (lambda copy: copy.folder / layout.KEYS / make.SECRET, _byte_changed),
    (paper, _byte_changed),
    (paper, Path.unlink),
]


@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_one_changed_byte_or_missing_file_is_named(town: Cast) -> None:
    for hour, (which, harm) in enumerate(HARMS):
        copy = copied(NOW + timedelta(hours=hour))
        harm(which(copy))
        assert len(faults(copy)) == 1, hour
        assert copy.proof is not None
        assert not copy.proof.ok
        shutil.rmtree(places.own().papers)  # the next copy begins with good papers


def test_a_record_that_was_changed_before_the_copy_is_found_in_it(town: Cast) -> None:
    with unprotected():
        ledger.Event.objects.filter(type="dossiers.received").update(payload={"changed": True})
    assert any("does not follow" in fault for fault in faults(copied()))


def test_a_copy_that_says_other_counts_than_it_holds_is_not_believed(town: Cast) -> None:
    copy = copied()
    said = copy.manifest.written().replace('"dossiers_dossier": "2"', '"dossiers_dossier": "3"')
    (copy.folder / layout.MANIFEST).write_text(said)
    changed = layout.copy_at(copy.folder)
    assert changed is not None
    assert "dossiers_dossier" in faults(changed)[0]


@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_every_paper_is_read_again_whole_within_a_week(town: Cast) -> None:
    first = copied()
    faults(first)
    read = []
    for day in range(1, 8):
        copy = copied(NOW + timedelta(days=day))
        read.append(prove.prove(copy, NOW + timedelta(days=day), step).papers_read)
    assert sum(read) == File.objects.count() == 2


# --- other places ----------------------------------------------------------------------------------------------------
@pytest.fixture
def stick(town: Cast, tmp_path: Path) -> Place:
    """Another disk, prepared for the copies."""
    (tmp_path / "stick").mkdir()
    return places.use(tmp_path / "stick")


def night(at: datetime = NOW) -> list[tuple[Path, bool, str]]:
    return [(place.root, copy is not None, fault) for place, copy, fault in nightly.run(layout.NIGHTLY, at, step)]


def test_the_same_copy_lies_in_each_place_complete_and_proven(stick: Place) -> None:
    assert night() == [(places.own().root, True, ""), (stick.root, True, "")]
    (there,) = stick.all()
    assert there.manifest == places.own().all()[0].manifest
    shutil.rmtree(places.own().root)
    assert [path.is_file() for path in (paper(there), there.database)] == [True, True]
    assert places.brought_at(stick) == NOW


@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_a_disk_that_is_not_plugged_in_is_said_and_the_rest_is_done(stick: Place) -> None:
    stick.root.rename(stick.root.with_name("pulled"))
    stick.root.mkdir()  # the empty folder that a disk leaves behind
    (_, made, _), (other, brought, fault) = night()
    assert (made, other, brought) == (True, stick.root, False)
    assert fault
    assert list(stick.root.iterdir()) == []


@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_another_centres_disk_is_not_written_on(stick: Place, settings: Any) -> None:
    settings.CLAIM_KEYS = {"1": "of another centre"}
    assert not places.is_there(stick)
    with pytest.raises(places.NotOurs):
        places.use(stick.root.parent)


@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_a_damaged_paper_of_the_centre_does_not_take_the_place_of_a_good_one(stick: Place) -> None:
    night()
    sha256 = File.objects.earliest("sha256").sha256
    living = files.place_of(sha256)
    living.unlink()
    living.write_bytes(b"something else")
    (_, _, own), (_, _, other) = night(NOW + timedelta(days=1))
    assert (own, other) == ("", "")
    assert layout.digest_of(stick.paper(sha256)) == sha256


@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_a_place_is_forgotten_and_what_is_there_stays(stick: Place) -> None:
    night()
    places.forget(stick)
    assert places.others() == []
    assert len(stick.all()) == 1


# --- how many -----------------------------------------------------------------------------------------------------
@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_papers_go_with_the_last_copy_that_has_them(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "WEEKS", 0)
    monkeypatch.setattr(layout, "MONTHS", 0)
    monkeypatch.setattr(layout, "DAYS", 2)
    copied(NOW)
    first = File.objects.earliest("sha256")
    File.objects.filter(pk=first.pk).delete()
    for day in (1, 2):
        copied(NOW + timedelta(days=day))
    assert places.own().paper(first.sha256).exists()
    make.thin_out(places.own())
    assert len(places.own().all()) == 2
    assert not places.own().paper(first.sha256).exists()
    assert len(list(places.own().papers.rglob("*/*"))) == 1
    assert first.path.exists()


# --- restoring -------------------------------------------------------------------------------------------------------
@pytest.fixture
def another_machine(town: Cast, tmp_path: Path, settings: Any) -> Iterator[Callable[[], Path]]:
    """Moves to a machine on which nothing is yet."""
    living, new = connection.settings_dict["NAME"], tmp_path / "new"

    def move() -> Path:
        settings.MOTCUA_DATA, settings.FILES_FOLDER = new, new / "files"
        new.mkdir()
        (new / "secret-key").write_text("made at the first start\n")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("CREATE DATABASE motcua_new TEMPLATE template0")
        connection.close()
        connection.settings_dict["NAME"] = "motcua_new" if connection.vendor == "postgresql" else new / "motcua.sqlite3"
        return new

    yield move
    connection.close()
    connection.settings_dict["NAME"] = living
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS motcua_new")


def test_on_a_new_machine_everything_is_there_again(stick: Place, another_machine: Callable[[], Path]) -> None:
    night()
    numbers = sorted(map(str, Dossier.objects.values_list("matter__reference", flat=True)))
    new = another_machine()
    (copy,) = restore.found_in(stick.root.parent)
    assert not restore.holds_something()
    assert restore.restore(copy, NOW, step) == []
    assert sorted(map(str, Dossier.objects.values_list("matter__reference", flat=True))) == numbers
    assert list(ledger.breaks()) == []
    assert [file.is_whole for file in File.objects.all()] == [True, True]
    assert (new / "secret-key").read_text() == (copy.folder / layout.KEYS / make.SECRET).read_text()
    assert not list(new.glob("aside-*"))


def test_over_a_living_centre_the_old_one_is_kept_aside(town: Cast, another_machine: Callable[[], Path]) -> None:
    copy = copied()
    town.file()
    assert Dossier.objects.count() == 3
    new = another_machine()
    restore.restore(copy, NOW, step)
    restore.restore(copy, NOW + timedelta(hours=1), step)
    (aside,) = new.glob("aside-*")
    assert {"secret-key"} <= {path.name for path in aside.iterdir()}
    if connection.vendor == "sqlite":
        assert (aside / "motcua.sqlite3").stat().st_size > 100_000
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM aside_20261123_030000.dossiers_dossier")
            assert cursor.fetchone()[0] == 2
    assert Dossier.objects.count() == 2


@pytest.mark.postgres_only
def test_what_an_earlier_restore_put_aside_does_not_come_along(town: Cast, another_machine: Callable[[], Path]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA aside_earlier")
    copy = copied()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA aside_earlier")
    another_machine()
    restore.restore(copy, NOW, step)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'aside_earlier'")
        assert cursor.fetchone()[0] == 0
    assert Dossier.objects.count() == 2


def test_a_damaged_copy_is_refused_before_anything_is_touched(town: Cast, another_machine: Callable[[], Path]) -> None:
    copy = copied()
    _byte_changed(copy.database)
    new = another_machine()
    with pytest.raises(restore.CannotRestore):
        restore.restore(copy, NOW, step)
    assert not restore.holds_something()
    assert not list(new.glob("aside-*"))


@pytest.mark.sqlite_only  # whichever engine: it is about files
def test_a_paper_that_cannot_be_brought_back_is_named_and_the_rest_is_there(
    town: Cast, another_machine: Callable[[], Path]
) -> None:
    copy = copied()
    paper(copy).unlink()
    another_machine()
    (lost,) = restore.restore(copy, NOW, step)
    assert next(copy.papers())[0][:12] in lost
    assert Dossier.objects.count() == 2


def test_the_newest_proven_copy_is_chosen_before_a_newer_one(town: Cast) -> None:
    good = copied()
    faults(good)
    newer = copied(NOW + timedelta(days=1))
    assert restore.best_of(places.own().all()).folder == good.folder
    faults(newer)
    assert restore.best_of(places.own().all()).folder == newer.folder


@pytest.mark.sqlite_only
def test_without_room_nothing_is_begun(
    town: Cast, another_machine: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copied()
    another_machine()
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 1000}))
    with pytest.raises(restore.CannotRestore):
        restore.restore(copy, NOW, step)


# --- when ------------------------------------------------------------------------------------------------------------
def test_the_night_is_done_once_when_the_machine_is_on_and_again_within_the_hour_when_it_failed(town: Cast) -> None:
    morning = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # half past seven, local time
    assert nightly.last_moment(morning) == datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    due = nightly.since(morning)
    assert due is not None
    assert duties.take(nightly.DUTY, at=morning, since=due)
    duties.end(nightly.DUTY, at=morning)
    later = morning + timedelta(hours=2)
    assert not duties.take(nightly.DUTY, at=later, since=nightly.since(later) or later)
    assert duties.take(nightly.DUTY, at=morning + timedelta(days=1), since=due + timedelta(days=1))
    morning += timedelta(days=1)
    duties.end(nightly.DUTY, at=morning, failure="no room")
    soon, later = morning + timedelta(minutes=30), morning + timedelta(minutes=61)
    assert not duties.take(nightly.DUTY, at=soon, since=nightly.since(soon) or soon)
    assert duties.take(nightly.DUTY, at=later, since=nightly.since(later) or later)


def test_a_centre_that_was_just_opened_waits_for_its_first_night(town: Cast) -> None:
    assert nightly.since(NOW + timedelta(hours=1)) is None
    assert nightly.since(NOW + timedelta(days=1)) is not None


# --- updating --------------------------------------------------------------------------------------------------------
@pytest.fixture
def old_tables(town: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A centre whose tables are said to be older than the program."""
    monkeypatch.setattr(update, "_is_needed", lambda: True)
    monkeypatch.setattr(update, "run_checks", list)
    return town


def test_an_update_that_goes_wrong_is_taken_back_with_what_it_had_made(
    old_tables: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_done(*_: object, **__: object) -> None:
        old_tables.file()
        raise RuntimeError("a table cannot be changed")

    monkeypatch.setattr(update, "call_command", half_done)
    assert update.run(Namespace(source=None, step=None)) == 1
    assert Dossier.objects.count() == 2
    assert list(ledger.breaks()) == []
    if connection.vendor == "sqlite":
        (aside,) = Path(settings.MOTCUA_DATA).glob("aside-*")
        assert any(".sqlite3" in path.name for path in aside.iterdir())
    assert [copy.manifest.kind for copy in places.own().all()] == [layout.BEFORE_UPDATE]


@pytest.mark.sqlite_only  # whichever engine: it is about what is found
def test_an_update_that_breaks_a_promise_is_taken_back_and_one_that_finds_an_old_fault_is_not(
    old_tables: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(update, "run_checks", lambda: [fault("chains", "broken", ""), fault("disk", "full", "")])
    assert update._renewed(frozenset()) == "broken"
    assert update._renewed(frozenset({"chains"})) == ""
    assert update.run(Namespace(source=None, step=None)) == 1
    monkeypatch.setattr(update, "run_checks", list)
    assert update.run(Namespace(source=None, step=None)) == 0
    assert Dossier.objects.count() == 2


def step_of_update(step: str | None) -> int:
    return update.run(Namespace(source=None, step=step))


def the_renewal(settings: Any) -> Renewal:
    found = renewal.last(Path(settings.MOTCUA_DATA))
    assert found is not None
    return found


def test_an_update_that_was_cut_off_closes_the_tables_until_somebody_has_gone_back(
    old_tables: Cast, settings: Any
) -> None:
    assert step_of_update("prepare") == 0
    assert the_renewal(settings).state == renewal.COPIED
    with pytest.raises(CannotRun):
        database.prepare(NOW)
    renewal.enter(Path(settings.MOTCUA_DATA), the_renewal(settings), renewal.RENEWING)
    old_tables.file()  # stands for what the new version has done to the tables when the power fails
    with pytest.raises(CannotRun):
        database.prepare(NOW)
    assert step_of_update("back") == 0
    assert the_renewal(settings).state == renewal.BACK
    assert Dossier.objects.count() == 2
    assert list(ledger.breaks()) == []
    database.prepare(NOW)
    assert step_of_update("back") == 0


@pytest.mark.sqlite_only  # whichever engine: it is about the order of steps
def test_nothing_is_renewed_without_a_copy_and_before_its_copy_nothing_is_put_back(
    old_tables: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotRun):
        step_of_update("renew")
    step_of_update("prepare")
    old_tables.file()
    step_of_update("back")
    assert Dossier.objects.count() == 3
    with pytest.raises(CannotRun):
        step_of_update("renew")
    step_of_update("prepare")
    monkeypatch.setattr(update, "call_command", lambda *_, **__: None)
    assert step_of_update("renew") == 0
    assert the_renewal(settings).state == renewal.DONE
    assert step_of_update("back") == 0
    assert Dossier.objects.count() == 3


def test_a_program_that_is_older_than_the_tables_touches_nothing(town: Cast, settings: Any) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("kernel", "9999_of_a_later_version")
    try:
        with pytest.raises(CannotRun):
            step_of_update(None)
    finally:
        recorder.record_unapplied("kernel", "9999_of_a_later_version")
    assert renewal.last(Path(settings.MOTCUA_DATA)) is None
    assert places.own().all() == []


@pytest.mark.sqlite_only  # whichever engine: it is about pages
def test_a_program_whose_pages_fail_does_not_stand_its_tests(
    town: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(static, "collect", lambda: None)
    assert list(answering.faults()) == []

    def fail(request: object, exception: object = None) -> None:
        raise RuntimeError("no page can be made")

    failing = ModuleType("failing")
    failing.urlpatterns = [path("", fail)]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = failing
    monkeypatch.setitem(words._spoken, "words", NullTranslations())
    assert "the page / is answered by 500" in list(answering.faults())


def test_a_server_that_is_started_meanwhile_waits(town: Cast) -> None:
    order: list[str] = []

    def wait() -> None:
        with database.alone(patience=30):
            order.append("served")

    with database.alone():
        server = threading.Thread(target=wait)
        server.start()
        order.append("updated")
    server.join()
    assert order == ["updated", "served"]

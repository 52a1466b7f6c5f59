"""What the command does with a database before it uses it: copies, refusals, what is in it."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from motcua.config.cli import database, greeting, serve
from motcua.config.cli.database import State
from motcua.config.cli.troubles import CannotRun
from motcua.kernel import organisation
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.organisation import Installation, Office

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Path:
    settings.MOTCUA_DATA = tmp_path
    return tmp_path


def installed(*, demo: bool, ready: bool) -> None:
    province = organisation.open_office(code="68", kind="province", name="Tỉnh Mẫu", valid_from=AT.date())
    Installation.objects.create(province=province, demo=demo, ready_at=AT if ready else None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("demo", "ready", "state"),
    [(True, True, State.DEMO), (False, True, State.REAL), (True, False, State.HALF_MADE)],
)
def test_the_one_row_says_what_a_database_is(demo: bool, ready: bool, state: State) -> None:
    assert database.state() is State.EMPTY
    installed(demo=demo, ready=ready)
    assert database.state() is state


@pytest.mark.django_db
def test_an_empty_or_half_made_centre_is_not_served() -> None:
    with pytest.raises(CannotRun, match="motcua setup"):
        serve.there_is_a_centre()
    installed(demo=True, ready=False)
    with pytest.raises(CannotRun, match="motcua demo"):
        serve.there_is_a_centre()


@pytest.mark.django_db
def test_a_ready_database_needs_no_copy(data: Path) -> None:
    database.prepare(AT)
    assert not (data / "backups").exists()


@pytest.mark.django_db
def test_a_database_that_a_newer_version_used_is_left_alone() -> None:
    MigrationRecorder(connection).record_applied("kernel", "9999_from_the_future")
    with pytest.raises(CannotRun, match="9999_from_the_future"):
        database.prepare(AT)


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_copy_holds_everything_and_only_the_last_five_are_kept(data: Path) -> None:
    installed(demo=True, ready=True)
    for day in range(7):
        kept = database.keep_copy("0002_more", AT + timedelta(days=day))
    assert kept is not None
    assert kept.name == "before-0002_more-20261129-020000.sqlite3"
    assert len(list((data / "backups").iterdir())) == database.COPIES_KEPT
    with sqlite3.connect(kept) as copy:
        found = copy.execute("SELECT count(*) FROM kernel_office").fetchone()[0]
    copy.close()
    assert found == Office.objects.count() == 1


def test_a_folder_that_cannot_be_written_is_named(data: Path, settings: Any) -> None:
    blocked = data / "file"
    blocked.write_text("not a folder")
    settings.MOTCUA_DATA = blocked / "below"
    with pytest.raises(OSError, match="file"), database.alone():
        pass


def test_two_commands_do_not_make_the_same_centre() -> None:
    with database.alone(), pytest.raises(CannotRun, match="motcua"), database.alone():
        pass
    with database.alone():
        pass


@pytest.mark.django_db
def test_a_demonstration_says_who_can_be_tried_and_a_real_centre_does_not() -> None:
    installed(demo=True, ready=True)
    person = Person.objects.create(full_name="Người Mẫu")
    Account.objects.create_user("tiepnhan", person=person)
    role = Role.objects.create(code="intake", name_vi="Cán bộ tiếp nhận", name_en="Intake officer")
    Post.objects.create(person=person, role=role, office=Office.objects.get(), valid_from=AT.date())
    organisation.forget_installation()
    said = "\n".join(greeting.lines("127.0.0.1", 8000, AT.date()))
    assert "http://127.0.0.1:8000/desk/" in said
    assert "tiepnhan" in said
    Installation.objects.update(demo=False)
    organisation.forget_installation()
    assert "tiepnhan" not in "\n".join(greeting.lines("::1", 8000, AT.date()))
    organisation.forget_installation()

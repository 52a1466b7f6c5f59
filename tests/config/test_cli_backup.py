"""`motcua backup` and `motcua restore` as a person meets them, and what the checks say of copies."""

import os
from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from motcua.config.backup import layout, places, prove
from motcua.config.backup.layout import Copy, Manifest
from motcua.config.checks import copies
from motcua.config.checks.findings import Finding
from motcua.config.cli import backup, parser, presence, restore, words
from motcua.config.cli.troubles import CannotRun
from motcua.kernel import duties, organisation
from motcua.kernel.organisation import Installation
from tests.cast import Cast


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.MOTCUA_DATA = tmp_path / "data"
    settings.MOTCUA_DATA.mkdir()
    words.speak("en")
    with translation.override("en"):
        yield settings.MOTCUA_DATA


def a_copy(*, days_ago: float = 0, faults: tuple[str, ...] | None = ()) -> Copy:
    """A copy as its folder says of itself; what it holds is other tests' matter."""
    at = timezone.now() - timedelta(days=days_ago)
    folder = places.own().copies / layout.now_named(at)
    folder.mkdir(parents=True)
    manifest = Manifest(
        layout.now_named(at), at, "nightly", "Tỉnh Mẫu", "0", "sqlite", "database.sqlite3", 0, "", {}, 0, 0, "", {}
    )
    (folder / layout.MANIFEST).write_text(manifest.written())
    copy = Copy(folder, manifest)
    if faults is not None:
        (folder / layout.PROOF).write_text(layout.Proof(at, faults, 1, 0, 0).written())
    return copy


def the(check: Any) -> Finding:
    (finding,) = check()
    return finding


# --- what the checks say ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_centre_without_a_copy_is_at_fault_but_not_before_its_first_night(cast: Cast) -> None:
    Installation.objects.update(ready_at=timezone.now() - timedelta(hours=3))
    organisation.forget_installation()
    assert the(copies.copies).state == "ok"
    Installation.objects.update(ready_at=timezone.now() - timedelta(days=3))
    organisation.forget_installation()
    assert the(copies.copies).state == "fault"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days_ago", "faults", "state"),
    [
        (0.5, (), "ok"),
        (0.5, None, "warning"),
        (0.5, ("the paper abc is damaged",), "fault"),
        (2, (), "warning"),
        (5, (), "fault"),
    ],
)
def test_a_copy_is_good_when_it_is_of_last_night_and_was_proven(
    days_ago: float, faults: tuple[str, ...] | None, state: str
) -> None:
    a_copy(days_ago=days_ago, faults=faults)
    assert the(copies.copies).state == state


@pytest.mark.django_db
def test_what_kept_the_night_from_copying_is_said(cast: Cast) -> None:
    a_copy(days_ago=2)
    duties.take("night", at=timezone.now(), since=timezone.now())
    duties.end("night", at=timezone.now(), failure="No space left on device")
    assert "No space left on device" in str(the(copies.copies).advice)


@pytest.mark.django_db
def test_a_real_centre_wants_a_copy_elsewhere_and_a_demonstration_does_not(cast: Cast, tmp_path: Path) -> None:
    assert the(copies.elsewhere).state == "ok"
    Installation.objects.update(demo=False)
    organisation.forget_installation()
    assert the(copies.elsewhere).state == "warning"
    (tmp_path / "stick").mkdir()
    stick = places.use(tmp_path / "stick")
    assert the(copies.elsewhere).state == "warning"
    places.note_brought(stick, timezone.now() - timedelta(days=7))
    assert the(copies.elsewhere).state == "ok"
    places.note_brought(stick, timezone.now() - timedelta(days=9))
    assert the(copies.elsewhere).state == "warning"


# --- the commands ----------------------------------------------------------------------------------------------------
def typed(*words: str) -> Namespace:
    return parser.build().parse_args(words)


def test_a_disk_is_named_once_and_a_folder_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "stick").mkdir()
    for _ in range(2):
        assert backup.run(typed("backup", "use", str(tmp_path / "stick"))) == 0
    assert "same disk" in capsys.readouterr().out
    assert [place.root for place in places.others()] == [tmp_path / "stick" / places.INSIDE]
    readme = (tmp_path / "stick" / places.INSIDE / layout.README).read_text()
    assert "motcua restore" in readme
    with pytest.raises(CannotRun):
        backup.run(typed("backup", "use", str(tmp_path / "absent")))
    assert backup.run(typed("backup", "forget", str(tmp_path / "stick"))) == 0
    assert places.others() == []


def test_the_list_names_each_copy_with_its_proof(capsys: pytest.CaptureFixture[str]) -> None:
    places.prepare(places.own())
    for days_ago, faults in ((1, ()), (2, None), (3, ("the paper abc is damaged",))):
        a_copy(days_ago=days_ago, faults=faults)
    backup.run(typed("backup", "list"))
    said = capsys.readouterr().out
    assert "everything the same" in said
    assert "not yet tried" in said
    assert "abc is damaged" in said


def test_where_no_copy_is_the_command_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="motcua-backup"):
        restore.run(typed("restore", str(tmp_path)))


@pytest.mark.django_db
def test_a_living_centre_is_not_overwritten_by_mistake(cast: Cast) -> None:
    a_copy()
    with pytest.raises(CannotRun, match="--replace"):
        restore.run(typed("restore", str(places.own().root), "--yes"))
    with pytest.raises(CannotRun, match="--yes"):
        restore.run(typed("restore", str(places.own().root), "--replace"))


def test_nothing_is_restored_under_an_open_centre() -> None:
    a_copy()
    with presence.serving():
        assert presence.servers() == [os.getpid()]
        with pytest.raises(CannotRun, match="motcua serve"):
            restore.run(typed("restore", str(places.own().root), "--yes", "--replace"))
    assert presence.servers() == []


def test_what_a_server_left_that_died_does_not_count(data: Path) -> None:
    (data / "serving").mkdir()
    (data / "serving" / "999999").touch()
    assert presence.servers() == []
    assert list((data / "serving").iterdir()) == []


def test_a_proof_that_cannot_be_read_proves_nothing() -> None:
    copy = a_copy()
    (copy.folder / layout.PROOF).write_text("{}")
    assert copy.proof is None
    assert list(prove.of_the_copy(copy)) != []

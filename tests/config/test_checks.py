"""What `motcua check` finds: nothing on a healthy centre, and each harm in one sentence with whom to call."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone, translation
from pytest_django import Settings

from motcua.config import checks
from motcua.config.checks import machine
from motcua.config.engine import care, mounts
from motcua.kernel import health, protection
from motcua.kernel.health import Condition


@pytest.fixture(autouse=True)
def _as_safe_as_in_a_centre(transactional_db: None) -> Iterator[None]:
    """The databases of the tests are set to be quick; here they are set as a centre's."""
    safe, quick = {
        "sqlite": ("PRAGMA synchronous = FULL", "PRAGMA synchronous = OFF"),
        "postgresql": ("SELECT 1", "SELECT 1"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(safe)
        yield
        cursor.execute(quick)


@pytest.fixture(autouse=True)
def _speaking_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _durable_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """The throw-away server forgets at a power cut, as it should; a centre's does not."""
    ask = machine._answer
    monkeypatch.setattr(machine, "_answer", lambda question: ask(question).replace("off", "on"))


def found(name: str) -> checks.Finding:
    """The one finding of this name."""
    (finding,) = [finding for finding in checks.run_checks() if finding.name == name]
    return finding


def test_a_healthy_centre_is_well_in_every_respect() -> None:
    findings = checks.run_checks()
    assert [finding for finding in findings if finding.state != "ok"] == []
    assert {"data_folder", "disk", "engine", "migrations", "kept_rows", "chains", "clock"} <= {f.name for f in findings}


def test_every_harm_says_whom_to_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "missing", lambda connection: ["a_trigger"])
    finding = found("kept_rows")
    assert "a_trigger" in str(finding.sentence)
    assert finding.advice
    assert finding.call == "support"


def test_a_trigger_that_is_absent_or_lets_something_pass_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "unrefused", lambda connection: ["DELETE kernel_event"])
    assert found("kept_rows").state == "fault"
    assert "DELETE kernel_event" in str(found("kept_rows").sentence)


def test_lifted_triggers_are_found_by_themselves() -> None:
    with protection.lifted(connection):
        assert found("kept_rows").state == "fault"
    assert found("kept_rows").ok


def test_a_broken_chain_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.kernel.ledger.breaks", lambda: iter(["event 7 does not follow"]))
    assert "event 7 does not follow" in str(found("chains").sentence)


@pytest.mark.parametrize(("ahead", "state"), [(timedelta(seconds=30), "ok"), (timedelta(hours=1), "fault")])
def test_a_clock_behind_the_last_event_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, ahead: timedelta, state: str
) -> None:
    monkeypatch.setattr("motcua.kernel.ledger.last_moment", lambda: timezone.now() + ahead)
    assert found("clock").state == state


@pytest.mark.parametrize(("free", "state"), [(10**8, "fault"), (10**9, "warning"), (10**11, "ok")])
def test_a_disk_that_fills_up_is_told_in_time(monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=free))
    assert found("disk").state == state


def test_a_data_folder_that_cannot_be_written_is_a_fault(settings: Settings, tmp_path: Path) -> None:
    settings.MOTCUA_DATA = tmp_path / "absent"
    assert found("data_folder").state == "fault"


@pytest.mark.sqlite_only
def test_a_network_drive_is_no_place_for_a_database_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mounts, "kind_of_file_system", lambda folder: "nfs4")
    assert "nfs4" in str(next(machine.disk()).sentence)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("version", "journal", "state"),
    [((3, 40, 1), "wal", "fault"), ((3, 40, 1), "truncate", "warning"), ((3, 53, 0), "memory", "fault")],
)
def test_a_sqlite_that_can_lose_records_is_a_fault_and_a_slow_one_a_warning(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], journal: str, state: str
) -> None:
    monkeypatch.setattr(connection.Database, "sqlite_version_info", version)
    monkeypatch.setattr(machine, "_answer", lambda question: journal if "journal" in question else "2")
    assert machine._sqlite().state == state


@pytest.mark.sqlite_only
def test_a_sqlite_that_does_not_wait_for_the_disk_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_answer", lambda question: "wal" if "journal" in question else "1")
    assert machine._sqlite().state == "fault"


@pytest.mark.postgres_only
def test_a_postgresql_that_does_not_wait_for_the_disk_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_answer", lambda question: {"SHOW fsync": "off"}.get(question, "150004"))
    assert "fsync" in str(machine._postgresql().sentence)


@pytest.mark.postgres_only
def test_a_postgresql_that_is_too_old_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_answer", lambda question: "140011")
    assert machine._postgresql().state == "fault"


@pytest.mark.sqlite_only
def test_a_damaged_file_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_answer", lambda question: "row 3 missing from index")
    assert "row 3" in str(next(machine.database_file()).sentence)


def test_tables_of_an_older_version_are_a_fault_and_are_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.MigrationExecutor, "migration_plan", lambda self, targets: ["0002"])
    findings = {finding.name: finding for finding in checks.run_checks()}
    assert findings["migrations"].state == "fault"
    assert "chains" not in findings


def test_a_database_that_does_not_answer_is_a_finding_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_answer(*_: Any) -> list[str]:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(protection, "missing", no_answer)
    assert "disk I/O error" in str(found("kept_rows").sentence)


@pytest.mark.parametrize(
    ("clock", "boot", "jumped"),
    [(60, 60, False), (3600, 60, True), (-600, 60, True), (8 * 3600, 8 * 3600, False)],
)
def test_a_jump_of_the_clock_is_told_from_time_that_has_passed(clock: int, boot: int, jumped: bool) -> None:
    jumps, now = machine.Jumps(), timezone.now()
    assert jumps.of_the_hour(now, 100.0) is None
    later = now + timedelta(seconds=clock)
    assert bool(jumps.of_the_hour(later, 100.0 + boot)) is jumped
    assert bool(jumps.of_the_hour(later + timedelta(minutes=59), 100.0 + boot + 59 * 60)) is jumped
    assert jumps.of_the_hour(later + timedelta(minutes=61), 100.0 + boot + 61 * 60) is None


def test_what_is_free_is_measured_by_what_a_copy_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_size_of_the_database", lambda: 4 * 1024**3)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=7 * 1024**3))
    assert found("disk").state == "warning"


def test_what_is_found_is_kept_in_both_languages_and_a_state_keeps_its_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = timezone.now()
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=10**9))
    for minute in range(3):
        checks.run_pace("minute", now + timedelta(minutes=minute))
    kept = Condition.objects.get(name="disk")
    assert (kept.state, kept.since, kept.looked_at) == ("warning", now, now + timedelta(minutes=2))
    assert "free on the disk" in kept.sentence
    with translation.override("vi"):
        assert "Ổ đĩa" in kept.sentence
        assert kept.advice
    assert health.light(health.conditions(), now + timedelta(minutes=2)) == "amber"
    assert health.light(health.conditions(), now + timedelta(minutes=8)) == "dark"


def test_what_a_pace_no_longer_finds_is_forgotten_and_other_paces_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    health.note("hour", [health.Seen("hourly", "ok", {}, "")], now)
    health.note("minute", [health.Seen("one", "ok", {}, ""), health.Seen("two", "fault", {}, "")], now)
    assert health.light(health.conditions(), now) == "red"
    health.note("minute", [health.Seen("one", "ok", {}, "")], now)
    assert {condition.name for condition in health.conditions()} == {"hourly", "one"}
    assert health.light(health.conditions(), now) == "green"


def test_nobody_is_told_green_before_anybody_has_looked() -> None:
    assert health.light(health.conditions(), timezone.now()) == "dark"


# --- file systems and care -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/", "ext4"), ("/srv/data", "nfs4"), ("/srv/data/a b/c", "fuse.sshfs"), ("/srv/database", "ext4")],
)
def test_a_folder_is_of_the_kind_of_the_deepest_mount_that_holds_it(tmp_path: Path, folder: str, kind: str) -> None:
    table = tmp_path / "mounts"
    lines = ["none / rootfs", "/dev/a / ext4", "host:/x /srv/data nfs4", r"me@host /srv/data/a\040b fuse.sshfs"]
    table.write_text("".join(f"{line} rw 0 0\n" for line in lines))
    assert mounts.kind_of_file_system(Path(folder), table) == kind


@pytest.mark.parametrize(("kind", "network"), [("nfs", True), ("cifs", True), ("fuse.sshfs", True), ("fuseblk", False)])
def test_a_drive_over_the_network_is_told_from_one_that_is_plugged_in(kind: str, network: bool) -> None:
    assert mounts.is_over_a_network(kind) is network


def test_tending_a_database_leaves_it_as_it_was() -> None:
    care.tend(connection)
    assert found("migrations").ok

"""How many copies stay, and that what is no copy is not taken for one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from motcua.config.backup import layout

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_of_many_copies_a_week_of_days_a_month_of_weeks_and_half_a_year_of_months_stays() -> None:
    nights = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(320)]
    stays = sorted(layout.kept(nights), reverse=True)
    assert stays[:7] == nights[:-8:-1]
    assert len(stays) <= layout.DAYS + layout.WEEKS + layout.MONTHS
    assert (nights[-1] - stays[-1]).days > 120


def test_the_newest_copy_always_stays() -> None:
    assert layout.kept([NOW]) == {NOW}
    assert layout.kept([]) == set()


def test_a_folder_without_a_sound_manifest_is_no_copy(tmp_path: Path) -> None:
    assert layout.copy_at(tmp_path) is None
    for said in ("", "{}", "[]", '{"made_at": "2026-11-23T02:00:00+00:00"}', '{"made_at": 7}'):
        (tmp_path / layout.MANIFEST).write_text(said)
        assert layout.copy_at(tmp_path) is None, said


def test_half_of_a_file_is_never_seen(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"x" * 10)
    assert layout.copied(source, target) == layout.digest_of(target)
    assert {path.name for path in tmp_path.iterdir()} == {"source", "target"}

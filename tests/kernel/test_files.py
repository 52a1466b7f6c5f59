"""Bytes are kept once, whole, under the name of their digest."""

import hashlib
from pathlib import Path

import pytest

from motcua.kernel import files
from motcua.kernel.files import File

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: object) -> None:
    settings.FILES_FOLDER = tmp_path / "files"  # type: ignore[attr-defined]


def test_the_same_bytes_are_one_file(tmp_path: Path) -> None:
    first, second = files.keep(b"giay", type="text/plain"), files.keep(b"giay", type="text/plain")
    assert first.sha256 == second.sha256 == hashlib.sha256(b"giay").hexdigest()
    assert File.objects.count() == 1
    assert [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()] == [b"giay"]
    assert files.read(first.sha256) == b"giay"


def test_bytes_are_on_disk_before_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(files, "_write_durably", refuse)
    with pytest.raises(OSError, match="full"):
        files.keep(b"giay", type="text/plain")
    assert not File.objects.exists()


def test_a_writing_that_fails_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError("full")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="full"):
        files.keep(b"giay", type="text/plain")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_bytes_that_are_gone_are_missed() -> None:
    with pytest.raises(FileNotFoundError):
        files.read("0" * 64)

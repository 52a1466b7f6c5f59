"""`motcua catalogue sheets` writes what was asked for, and says in a sentence what is not there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from motcua.config import cli
from motcua.config.cli import troubles, words
from tests.cast import BIRTH, CERTIFY, NOW, TODAY, Cast
from tests.procedures.postings import change, hang


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.MOTCUA_DATA = tmp_path / "data"
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    yield
    words.speak("vi")
    translation.activate("vi")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run(commune: str, out: Path, *more: str) -> int:
    return cli.main(["catalogue", "sheets", "--commune", commune, "--out", str(out), "--english", *more])


def written(out: Path) -> set[str]:
    return {str(path.relative_to(out)) for path in out.rglob("*.pdf")}


def test_every_sheet_of_the_commune_is_written(cast: Cast, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(cast.here.slug, out) == 0
    assert len(written(out)) == 6
    assert {f"ho-tich/{BIRTH}.pdf", "ho-tich/danh-muc.pdf", f"chung-thuc/{CERTIFY}.pdf"} <= written(out)
    assert "Sheets written: 6" in capsys.readouterr().out


def test_a_field_is_written_alone(cast: Cast, out: Path) -> None:
    assert run(cast.here.slug, out, "--field", "ho-tich") == 0
    assert written(out) == {f"ho-tich/{BIRTH}.pdf", "ho-tich/danh-muc.pdf"}


def test_only_what_is_on_the_reprint_list_is_written_once(cast: Cast, out: Path) -> None:
    hang(cast, BIRTH, CERTIFY, "9.000002")
    hang(cast, BIRTH, place="Nơi mẫu")
    assert run(cast.here.slug, out, "--outdated") == 0
    assert written(out) == set()
    change(cast, BIRTH, "Quầy số 2.")
    assert run(cast.here.slug, out, "--outdated") == 0
    assert written(out) == {f"ho-tich/{BIRTH}.pdf"}
    assert run(cast.here.slug, out / "none", "--outdated", "--field", "chung-thuc") == 0
    assert not written(out / "none")


@pytest.mark.parametrize(("commune", "more"), [("khong-co", []), ("xa-mau-1", ["--field", "khong-co"])])
def test_what_is_not_there_is_named_with_what_is(
    cast: Cast, out: Path, commune: str, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(commune, out, *more) == troubles.WRONG_USE
    said = capsys.readouterr().err
    assert "khong-co" in said
    assert ("ho-tich" if more else "xa-mau-1") in said
    assert not out.exists()


def test_a_folder_that_cannot_be_made_is_a_sentence(cast: Cast, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out.write_text("a file stands here")
    assert run(cast.here.slug, out) == troubles.CANNOT_RUN
    assert len(capsys.readouterr().err.splitlines()) == 1

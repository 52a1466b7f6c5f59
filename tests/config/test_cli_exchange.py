"""`motcua exchange` and `motcua import`: said in sentences, done once, wrong words named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from motcua.config import cli
from motcua.config.cli import troubles, words
from motcua.dossiers.models import Arrival, CodeMeaning, Dossier, OutsidePaper, PartnerSystem, StatusOwner
from motcua.dossiers.services.exchange import folders
from tests.cast import BIRTH, NOW, TODAY, Cast
from tests.dossiers.foreign import PDF, message


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.MOTCUA_DATA = tmp_path / "data"
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    yield
    words.speak("vi")
    translation.activate("vi")


def run(*typed: str) -> int:
    return cli.main([*typed, "--english"])


def add(cast: Cast, *more: str) -> int:
    return run("exchange", "add", "dvcqg", "--name", "Cổng", "--commune", cast.here.slug, *more)


def test_a_system_is_made_known_given_a_key_and_told_what_codes_mean(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(cast, "--files", "tep.vidu.example") == 0
    assert run("exchange", "key", "dvcqg") == 0
    key = capsys.readouterr().out.split()[-1]
    system = PartnerSystem.objects.get()
    assert len(key) > 40
    assert key not in system.key_hash
    assert run("exchange", "mean", "dvcqg", "procedure", "KS-01", BIRTH) == 0
    assert run("exchange", "status", "dvcqg", "received", "TN") == 0
    assert run("exchange", "owner", "dvcqg", BIRTH, "there") == 0
    assert run("exchange", "list") == 0
    assert "has a key" in capsys.readouterr().out
    system.refresh_from_db()
    assert (system.statuses, CodeMeaning.objects.get().ours) == ({"received": "TN"}, BIRTH)
    assert StatusOwner.objects.get().system == system


def test_wrong_words_are_named(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("exchange", "key", "nobody") == troubles.WRONG_USE
    assert run("exchange", "add", "x", "--name", "X", "--commune", "nowhere") == troubles.WRONG_USE
    add(cast)
    assert run("exchange", "owner", "dvcqg", "9.999999", "there") == troubles.WRONG_USE
    assert "9.999999" in capsys.readouterr().err


def test_what_lies_in_a_folder_is_taken_once_with_its_papers(cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "den"
    folder.mkdir()
    papers = [{"TepDinhKemId": "1", "TenTepDinhKem": "Giấy chứng sinh", "DuongDanTaiTepTin": "giay.pdf"}]
    written = json.dumps(message(cast, TaiLieuNop=[*papers, {"TenTepDinhKem": "../secret-key"}]))
    (folder / "a.json").write_text(written)
    (folder / "giay.pdf").write_bytes(PDF)
    (folder / "b.json").write_bytes(b"\xff not json")
    add(cast, "--folder", str(folder))
    assert folders.take_all(at=NOW + 2 * folders.ON_ITS_WAY) >= 1
    dossier = Dossier.objects.get()
    kept = OutsidePaper.objects.filter(dossier=dossier, kept_at__isnull=False)
    assert [each.name for each in kept] == ["Giấy chứng sinh"]
    assert sorted(each.name for each in (folder / "da-nhan").iterdir())[:1] == ["a.json"]
    (folder / "again.json").write_text(written)
    assert run("exchange", "take", "dvcqg", str(folder)) == 0
    assert Dossier.objects.count() == 1


def test_what_cannot_be_read_in_a_folder_is_work_and_no_line_in_a_log(cast: Cast, tmp_path: Path) -> None:
    add(cast, "--folder", str(tmp_path / "den"))
    (tmp_path / "den").mkdir()
    (tmp_path / "den" / "b.json").write_bytes(b"\xff not json")
    later = timezone.localtime().replace(year=2100)
    assert folders.take_all(at=later) == 1
    waiting = Arrival.objects.get()
    assert (waiting.faults, waiting.outcome) == (["unreadable"], "waiting")


def test_a_list_is_tried_then_carried_over_and_each_row_is_said(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "danh-sach.csv"
    rows = ["Số hồ sơ,Mã thủ tục,Họ tên người nộp", f"A-1,{BIRTH},Mẫu Một", "A-2,9.999999,Mẫu Hai"]
    file.write_text("\n".join(rows))
    typed = ("import", "dossiers", str(file), "--commune", cast.here.slug)
    assert run(*typed, "--dry-run") == troubles.FAULTS_FOUND
    assert not Dossier.objects.exists()
    assert run(*typed) == troubles.FAULTS_FOUND
    assert Dossier.objects.get().number == "A-1"
    said = capsys.readouterr().out
    assert "row 3, A-2: not carried over" in said
    assert "Mã thủ tục: " in said
    assert run("import", "template", str(tmp_path / "mau.xlsx")) == 0
    assert run("import", "dossiers", str(tmp_path / "none.xlsx"), "--commune", cast.here.slug) == troubles.WRONG_USE

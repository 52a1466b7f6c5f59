"""Papers from the scanner's folder, a phone and the counter: never lost, never attached twice, never trusted."""

from __future__ import annotations

import io
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier, Paper, Scan
from motcua.dossiers.services import ComponentData, FileData, phones, scans, uploads
from motcua.kernel import files
from motcua.kernel.ledger import Event
from tests.cast import CERTIFY, NOW, TODAY, Cast

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SHEET = f"/desk/counter/{CERTIFY}/"
OP = "counter-scans"


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, settings: Any) -> None:
    settings.SCANS_FOLDER = tmp_path / "scans"
    settings.FILES_FOLDER = tmp_path / "files"


@pytest.fixture
def folder(cast: Cast) -> Path:
    town = cast.here
    post = town.administrator.posts.get()
    services.set_scan_folder(office=town.commune, folder="quay-1", by=town.administrator, post=post, at=NOW)
    return Path(settings.SCANS_FOLDER) / "quay-1"


@pytest.fixture
def officer(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    client.force_login(cast.here.intake.account)
    return client


def jpeg(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def put(folder: Path, name: str, content: bytes, at: datetime = NOW - timedelta(minutes=1)) -> Path:
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def _typed(**changes: Any) -> dict[str, Any]:
    return {"op_id": OP, "who-full_name": "Đỗ Thị Mẫu", "who-citizen_id": "003190000001"} | changes


def lying(cast: Cast, op_id: str = OP) -> list[Scan]:
    return queries.tray(cast.here.commune, op_id)


# --- the scanner's folder --------------------------------------------------------------------------------------
def test_a_finished_file_is_taken_in_once_and_leaves_the_folder(cast: Cast, folder: Path) -> None:
    path = put(folder, "scan1.pdf", PDF)
    assert scans.pick_up(at=NOW) == 1
    assert scans.pick_up(at=NOW) == 0
    (scan,) = lying(cast)
    assert (scan.name, scan.source, scan.file.is_whole if scan.file else None) == ("scan1.pdf", "folder", True)
    assert not path.exists()
    assert list(folder.iterdir()) == []


def test_a_file_that_is_still_written_waits(cast: Cast, folder: Path) -> None:
    put(folder, "now.pdf", PDF, at=NOW - timedelta(seconds=1))
    put(folder, "half.pdf", PDF[:20])
    put(folder, "begun.jpg", b"")
    put(folder, "some.pdf.part", PDF)
    put(folder, ".hidden.pdf", PDF)
    assert scans.pick_up(at=NOW) == 0
    assert lying(cast) == []
    put(folder, "half.pdf", PDF)
    assert scans.pick_up(at=NOW + timedelta(seconds=10)) == 2
    assert [each.name for each in lying(cast)] == ["half.pdf", "now.pdf"]


def test_what_is_not_taken_stays_in_the_folder_and_the_counter_says_why(cast: Cast, folder: Path) -> None:
    old = NOW - timedelta(hours=1)
    bad = [
        put(folder, "a.exe", b"MZ\x90\x00", old),
        put(folder, "b.pdf", b"", old),
        put(folder, "c.pdf", PDF[:20], old),
        put(folder, "d.jpg", jpeg()[:-2], old),
    ]
    assert scans.pick_up(at=NOW) == 0
    assert scans.pick_up(at=NOW) == 0
    assert [(each.name, each.refused, each.file_id) for each in lying(cast)] == [
        ("a.exe", "type", None),
        ("b.pdf", "empty", None),
        ("c.pdf", "broken", None),
        ("d.jpg", "broken", None),
    ]
    assert all(each.exists() for each in bad)


def test_a_link_in_the_folder_leads_nowhere(cast: Cast, folder: Path, tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.pdf", PDF)
    (folder / "link.pdf").symlink_to(secret)
    (folder / "deep").mkdir()
    assert scans.pick_up(at=NOW) == 0
    assert secret.exists()
    assert lying(cast) == []


def test_a_machine_that_stops_after_the_row_loses_nothing_and_takes_nothing_twice(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(folder, "scan1.pdf", PDF)
    with monkeypatch.context() as patch:
        patch.setattr(scans, "_remove", lambda *given: None)
        assert scans.pick_up(at=NOW) == 1
    assert path.exists()
    scans.pick_up(at=NOW)
    assert not path.exists()
    assert Scan.objects.count() == 1


def test_the_same_name_again_is_another_paper(cast: Cast, folder: Path) -> None:
    put(folder, "scan.pdf", PDF)
    scans.pick_up(at=NOW)
    put(folder, "scan.pdf", PDF + b"\n", at=NOW - timedelta(seconds=30))
    scans.pick_up(at=NOW)
    assert len(lying(cast)) == 2


def test_each_counter_sees_its_own_folder(cast: Cast, folder: Path) -> None:
    put(folder, "scan1.pdf", PDF)
    scans.pick_up(at=NOW)
    assert queries.tray(cast.there.commune, OP) == []
    assert scans.pick_up(at=NOW, office=cast.there.commune) == 0


def test_a_file_that_is_too_large_is_never_read_whole(cast: Cast, folder: Path) -> None:
    put(folder, "big.pdf", b"%PDF-" + b" " * (uploads.LARGEST + 5))
    assert scans.pick_up(at=NOW) == 0
    assert [each.refused for each in lying(cast)] == ["too_large"]


@pytest.mark.parametrize("name", ["../../etc", "/etc", "a b", "A", "a/b", "-a", "."])
def test_a_folder_is_a_name_and_no_way_to_other_files(cast: Cast, name: str) -> None:
    town = cast.here
    with pytest.raises(services.NotAFolder):
        services.set_scan_folder(
            office=town.commune, folder=name, by=town.administrator, post=town.administrator.posts.get(), at=NOW
        )


def test_two_counters_never_share_a_folder(cast: Cast, folder: Path) -> None:
    town = cast.there
    given = {"by": town.administrator, "post": town.administrator.posts.get(), "at": NOW}
    with pytest.raises(services.NotAFolder):
        services.set_scan_folder(office=town.commune, folder="quay-1", **given)
    services.set_scan_folder(office=town.commune, folder="", **given)
    assert Event.objects.filter(type="dossiers.scan_folder_set").count() == 2


def test_what_nobody_attached_is_removed_after_a_month_with_its_bytes(cast: Cast, folder: Path) -> None:
    put(folder, "scan1.pdf", PDF)
    scans.pick_up(at=NOW)
    (scan,) = lying(cast)
    place = files.place_of(str(scan.file_id))
    scans.remove_old(at=NOW + timedelta(days=29))
    assert place.exists()
    assert scans.remove_old(at=NOW + timedelta(days=31)) == 1
    assert not place.exists()


# --- at the counter --------------------------------------------------------------------------------------------
def test_a_scan_is_attached_to_the_paper_that_was_chosen(officer: Client, cast: Cast, folder: Path) -> None:
    put(folder, "scan1.pdf", PDF)
    looked = officer.post(SHEET, _typed(look="1"))
    assert "scan1.pdf" in looked.content.decode()
    (scan,) = lying(cast)
    sent = _typed(**{f"scan-{scan.pk}": "original"})
    done = officer.post(SHEET, sent)
    dossier = done.context["filed"].dossier
    assert Paper.objects.get(filing__dossier=dossier).sid == "original"
    scan.refresh_from_db()
    assert (scan.dossier, scan.attached_at) == (dossier, NOW)
    assert lying(cast, "counter-next") == []
    assert officer.post(SHEET, sent).context["filed"].number == dossier.number


def test_a_scan_for_which_no_paper_was_chosen_stays(officer: Client, cast: Cast, folder: Path) -> None:
    put(folder, "scan1.pdf", PDF)
    scans.pick_up(at=NOW)
    officer.post(SHEET, _typed(**{"paper-original-there": "on"}))
    assert len(lying(cast, "counter-next")) == 1
    assert not Paper.objects.exists()


def test_one_scan_is_never_attached_to_two_dossiers(cast: Cast, folder: Path) -> None:
    put(folder, "scan1.pdf", PDF)
    scans.pick_up(at=NOW)
    (scan,) = lying(cast)
    assert scan.file is not None
    paper = ComponentData("original", (FileData(scan.file.sha256, scan.file.size, scan.name),))
    cast.take_in(components=(paper,), scans=[scan.pk])
    with pytest.raises(services.ScanTaken):
        cast.take_in(components=(paper,), scans=[scan.pk])
    assert Dossier.objects.count() == 1


def test_a_scan_that_was_taken_meanwhile_is_said_and_nothing_is_taken_in(
    officer: Client, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "scan1.pdf", PDF)
    scans.pick_up(at=NOW)
    (scan,) = lying(cast)
    taken = scans.attach

    def late(**given: Any) -> None:
        Scan.objects.filter(pk=scan.pk).update(put_away_at=NOW)
        taken(**given)

    monkeypatch.setattr(scans, "attach", late)
    answer = officer.post(SHEET, _typed(**{f"scan-{scan.pk}": "original"}))
    assert answer.status_code == 409
    assert not Dossier.objects.exists()


def test_a_scan_that_is_not_needed_is_put_away(officer: Client, cast: Cast, folder: Path) -> None:
    put(folder, "scan1.pdf", PDF)
    scans.pick_up(at=NOW)
    (scan,) = lying(cast)
    officer.post(SHEET, _typed(put_away=str(scan.pk)))
    assert lying(cast) == []


def test_a_file_chosen_at_the_counter_is_kept_though_something_is_missing(officer: Client, cast: Cast) -> None:
    photo = SimpleUploadedFile("giay.jpg", jpeg(), "image/jpeg")
    wrong = officer.post(SHEET, _typed(**{"who-full_name": "", "files-original": photo}))
    assert wrong.status_code == 422
    (scan,) = lying(cast)
    assert (scan.sid, scan.source) == ("original", "counter")
    assert '<option value="original" selected lang="vi"' in wrong.content.decode()
    done = officer.post(SHEET, _typed(**{f"scan-{scan.pk}": "original"}))
    assert Paper.objects.get(filing__dossier=done.context["filed"].dossier).name == "giay.jpg"


def test_a_double_press_with_a_file_is_one_dossier(officer: Client) -> None:
    def press() -> Any:
        return officer.post(SHEET, _typed(**{"files-original": SimpleUploadedFile("giay.jpg", jpeg(), "image/jpeg")}))

    first, second = press(), press()
    assert first.context["filed"].number == second.context["filed"].number
    assert Scan.objects.count() == Paper.objects.count() == 1


def test_a_hostile_file_is_refused_at_its_place(officer: Client) -> None:
    bad = SimpleUploadedFile("virus.pdf", b"<html><script>", "application/pdf")
    answer = officer.post(SHEET, _typed(**{"files-original": bad}))
    assert answer.status_code == 422
    assert "virus.pdf" in answer.content.decode()
    assert not Scan.objects.exists()
    assert not Dossier.objects.exists()


def test_a_scan_is_looked_at_by_its_own_counter_only(officer: Client, cast: Cast, folder: Path, client: Client) -> None:
    put(folder, "scan1.pdf", PDF)
    scans.pick_up(at=NOW)
    (scan,) = lying(cast)
    assert officer.get(f"/desk/counter/scans/{scan.pk}/").content == PDF
    client.force_login(cast.there.intake.account)
    assert client.get(f"/desk/counter/scans/{scan.pk}/").status_code == 404
    client.force_login(cast.here.case.account)
    assert client.get(f"/desk/counter/scans/{scan.pk}/").status_code == 403


def test_erasure_takes_the_scan_too(cast: Cast, folder: Path) -> None:
    put(folder, "scan1.pdf", PDF)
    scans.pick_up(at=NOW)
    (scan,) = lying(cast)
    assert scan.file is not None
    paper = ComponentData("original", (FileData(scan.file.sha256, scan.file.size, scan.name),))
    dossier = cast.take_in(components=(paper,), scans=[scan.pk]).dossier
    dossier = services.settle_dossier(dossier=dossier, by=cast.here.approver, at=NOW, result_name="Bản sao")
    dossier = services.return_result(
        dossier=dossier, by=cast.here.intake, at=NOW, method="counter", receiver="Người Mẫu Một"
    )
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source="Luật 91/2025/QH15")
    scan.refresh_from_db()
    assert (scan.name, scan.file_id) == ("", None)


# --- a phone ---------------------------------------------------------------------------------------------------
def paired(cast: Cast, at: datetime = NOW) -> str:
    link = services.pair_phone(op_id=OP, title="Chứng thực", office=cast.here.commune, by=cast.here.intake, at=at)
    return phones.token_of(link)


def send(client: Client, token: str, content: bytes = b"", name: str = "anh.jpg") -> Any:
    photo = SimpleUploadedFile(name, content or jpeg(), "image/jpeg")
    return client.post(f"/phone/{token}/", {"photo": photo})


def test_a_phone_sends_a_photo_to_the_sheet_without_signing_in(officer: Client, cast: Cast) -> None:
    shown = officer.post(SHEET, _typed(phone="1"))
    assert "/phone/" in shown.context["phone_address"]
    phone = Client()
    token = shown.context["phone_address"].rstrip("/").rpartition("/")[2]
    assert phone.get(f"/phone/{token}/").status_code == 200
    assert send(phone, token).status_code == 302
    (scan,) = lying(cast)
    assert (scan.source, scan.op_id) == ("phone", OP)
    assert lying(cast, "counter-another") == []
    assert f'data-scan="{scan.pk}"' in officer.get(f"{SHEET}scans/", {"op_id": OP}).content.decode()
    done = officer.post(SHEET, _typed(**{f"scan-{scan.pk}": "original"}))
    assert Paper.objects.filter(filing__dossier=done.context["filed"].dossier).count() == 1


def test_the_page_of_a_phone_says_nothing_of_the_person(officer: Client, cast: Cast) -> None:
    officer.post(SHEET, _typed(phone="1"))
    page = Client().get(f"/phone/{paired(cast)}/").content.decode()
    assert "Đỗ Thị Mẫu" not in page
    assert "003190000001" not in page


def test_the_page_closes_after_a_short_while(officer: Client, cast: Cast) -> None:
    token = paired(cast, NOW - phones.LASTS)
    assert send(Client(), token).status_code == 404
    assert lying(cast) == []


def test_the_officer_closes_the_page_and_a_new_one_has_another_address(officer: Client, cast: Cast) -> None:
    token = paired(cast)
    officer.post(SHEET, _typed(phone_close="1"))
    assert Client().get(f"/phone/{token}/").status_code == 404
    assert paired(cast) != token


def test_the_page_closes_when_the_dossier_was_taken_in(officer: Client, cast: Cast) -> None:
    token = paired(cast)
    officer.post(SHEET, _typed())
    assert send(Client(), token).status_code == 404


def test_a_token_cannot_be_guessed_and_is_not_stored(officer: Client, cast: Cast) -> None:
    token = paired(cast)
    assert len(token) >= 43
    for wrong in ("x", token[:-1], token + "A"):
        assert Client().get(f"/phone/{wrong}/").status_code == 404
    link = queries.phone_link_of(OP, NOW)
    assert link is not None
    assert token not in (str(link.pk), link.token_hash)


def test_a_phone_is_told_what_is_wrong_with_its_file(officer: Client, cast: Cast) -> None:
    token = paired(cast)
    assert send(Client(), token, b"not a picture at all").status_code == 422
    assert Client().post(f"/phone/{token}/", {}).status_code == 422
    assert lying(cast) == []


def test_one_sheet_takes_only_so_many_photos(officer: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phones, "MOST", 1)
    token = paired(cast)
    assert send(Client(), token).status_code == 302
    assert send(Client(), token, jpeg("red")).status_code == 422
    assert len(lying(cast)) == 1

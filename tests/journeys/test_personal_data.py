"""Personal data: opened with a purpose, on record for the applicant, restricted, handed out, archived, destroyed."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser

from motcua.dossiers import packs
from motcua.dossiers.models import DisposalItem
from tests import cast as casting
from tests.browser import axe
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, CERTIFY, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site: str) -> Cast:
    return casting.make()


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str, *, citizen: bool = False) -> None:
        picture(shown, f"personal-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=citizen)

    return at


def test_a_province_opens_with_a_purpose_and_the_applicant_reads_who(page, town, look) -> None:
    filed = town.file(BIRTH, at=timezone.now())
    leader = casting.leader_of(town.province)
    shown = page(f"/desk/dossiers/{filed.number}/", width=360, account=leader.account)
    look(shown, "purpose")
    shown.get_by_role("button", name="Mở hồ sơ").click()
    look(shown, "purpose-errors")
    shown.get_by_label("Trả lời phản ánh").check()
    shown.locator("[name=words]").fill("Trả lời đơn phản ánh ngày 20/11/2026.")
    shown.get_by_role("button", name="Mở hồ sơ").click()
    shown.get_by_text("đọc hồ sơ theo mục đích").wait_for()
    look(shown, "overseen")
    shown = page(f"/desk/dossiers/{filed.number}/", width=1280, account=town.here.leader.account)
    shown.get_by_role("link", name="Ai đã mở hồ sơ này").click()
    look(shown, "accesses")
    shown = page(f"/status/?number={filed.number}", width=360)
    shown.locator("#claim_code").fill(filed.claim_code)
    shown.locator("#claim_code").press("Enter")
    shown.locator("summary", has_text="Ai đã mở hồ sơ này").click()
    assert "Trả lời phản ánh" in shown.inner_text("main")
    assert "Người Mẫu Tỉnh" not in shown.inner_text("main")
    look(shown, "status", citizen=True)


def test_data_is_restricted_erased_by_request_and_closed_dossiers_are_archived(page, town, look) -> None:
    at = timezone.now()
    asked, kept = town.returned(CERTIFY, at=at), town.returned(CERTIFY, at=at)
    leader = town.here.leader.account
    shown = page(f"/desk/dossiers/{asked.number}/?act=restrict", width=360, account=leader)
    look(shown, "restrict")
    shown.locator("[name=reason]").fill("Người dân cho rằng ngày sinh bị ghi sai.")
    shown.locator("[name=legal_source]").fill("Luật mẫu 1/2026, Điều 4")
    shown.locator("#act button[data-key=F12]").click()
    shown = page(f"/desk/dossiers/{asked.number}/?act=ask-erasure", width=1280, account=town.here.intake.account)
    shown.locator("[name=reason]").fill("Không muốn lưu nữa.")
    shown.locator("#act button[data-key=F12]").click()
    shown = page(f"/desk/dossiers/{asked.number}/?act=decide-erasure", width=1280, account=leader)
    look(shown, "decide-erasure")
    shown.get_by_label("Xóa dữ liệu cá nhân ngay bây giờ").check()
    shown.locator("[name=legal_source]").fill("Luật mẫu 1/2026, Điều 4")
    shown.locator("#act button[data-key=F12]").click()
    shown.get_by_text("Dữ liệu cá nhân đã được xóa").first.wait_for()
    look(shown, "erased")
    for width in (360, 1280):
        shown = page("/desk/archive/", width=width, account=leader)
        look(shown, "archive")
    shown.get_by_label(kept.number).check()
    shown.locator("[name=receiver]").fill("Lưu trữ xã mẫu, bà Mẫu")
    shown.get_by_role("button", name="Nộp vào lưu trữ").click()
    look(shown, "list")
    said = {"due_on": timezone.localdate(at), "legal_source": "Danh mục mẫu", "office": town.here.commune}
    DisposalItem.objects.create(dossier=kept, proposed_at=at, **said)
    shown = page("/desk/archive/due/", width=1280, account=leader)
    shown.get_by_label(kept.number).check()
    shown.get_by_label("Giữ tiếp").check()
    shown.locator("form button[data-key=F12]").click()
    look(shown, "due-errors")
    shown.locator("[name=reason]").fill("Còn vụ kiện.")
    shown.locator("[name=keep_until]").fill("31/12/2035")
    shown.get_by_label(kept.number).check()
    shown.locator("form button[data-key=F12]").click()
    shown.get_by_text("Đã quyết định 1 hồ sơ").wait_for()
    look(shown, "due")


def test_what_is_taken_out_says_what_for(page, town, look) -> None:
    number = town.returned(CERTIFY, at=timezone.now()).number
    leader = town.here.leader.account
    shown = page(f"/desk/dossiers/{number}/", width=1280, account=leader)
    shown.get_by_role("link", name="Toàn bộ, phục vụ kiểm tra").click()
    shown.locator("form button[data-key=F12]").click()
    look(shown, "pack-errors")
    shown.locator("[name=words]").fill("Kiểm tra theo Quyết định mẫu số 15.")
    with shown.expect_download() as taken:
        shown.locator("form button[data-key=F12]").click()
    assert taken.value.suggested_filename == f"ho-so-{number}.zip"
    look(page("/desk/pack/", width=360, account=leader), "pack-period")
    shown = page("/desk/person/", width=360, account=town.here.intake.account)
    look(shown, "person")
    shown.locator("[name=citizen_id]").fill("003190000001")
    with shown.expect_download() as taken:
        shown.locator("form button[data-key=F12]").click()
    assert taken.value.suggested_filename.startswith("du-lieu-ca-nhan-")


def test_a_stranger_tries_a_pack_from_a_saved_file_without_a_network(
    town: Cast, site: str, chromium: Browser, tmp_path: Path
) -> None:
    at = timezone.now()
    dossier = town.returned(CERTIFY, at=at)
    made = packs.written([dossier], {"kind": "inspection"}, origin="https://dvc.vidu.example")
    with made.file, zipfile.ZipFile(made.file) as zipped:
        zipped.extractall(tmp_path / "pack")
    saved = tmp_path / "kiem-tra.html"
    saved.write_bytes(Client(headers={"host": "127.0.0.1"}).get("/verify/pack.html").content)
    context = chromium.new_context(viewport={"width": 360, "height": 740}, offline=True)
    shown = context.new_page()
    shown.goto(saved.as_uri())
    assert not list(axe.findings(shown))
    shown.locator("#folder").set_input_files(tmp_path / "pack")
    shown.get_by_text("còn nguyên như khi lập").wait_for()
    assert made.manifest_sha256 in shown.inner_text("#out")
    shutil.copytree(tmp_path / "pack", tmp_path / "changed")
    clock = tmp_path / "changed" / dossier.number / "clock.json"
    clock.write_text(clock.read_text("utf-8").replace("seq", "sed"), "utf-8")
    shown.locator("#folder").set_input_files(tmp_path / "changed")
    shown.get_by_text(f"{dossier.number}/clock.json đã bị sửa").wait_for()
    context.close()

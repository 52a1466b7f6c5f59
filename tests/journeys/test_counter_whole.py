"""One person, two matters: earlier data with a yes, papers from scanner, phone and camera, another commune."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from motcua.dossiers import services
from motcua.dossiers.models import Dossier, Paper, PhoneLink
from motcua.dossiers.services import phones
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, CERTIFY, Cast

pytestmark = pytest.mark.browser
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SHEET = f"/desk/counter/{CERTIFY}/"


@pytest.fixture
def town(site: str, settings, tmp_path: Path) -> Cast:
    settings.SCANS_FOLDER, settings.FILES_FOLDER = tmp_path / "scans", tmp_path / "files"
    return casting.make()


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str, *, citizen: bool = False) -> None:
        picture(shown, f"whole-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=citizen)

    return at


def photo(path: Path, colour: str = "ivory") -> Path:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(out, "JPEG")
    path.write_bytes(out.getvalue())
    return path


def scanned(folder: Path) -> None:
    """The scanner has finished a file a minute ago."""
    path, moment = folder / "quet-001.pdf", time.time() - 60
    path.write_bytes(PDF)
    os.utime(path, (moment, moment))


def press(shown, name: str) -> None:
    with shown.expect_navigation():
        shown.get_by_role("button", name=name).click()


def test_one_person_two_matters_and_every_way_for_a_paper(page, town, look, tmp_path) -> None:
    town.take_in(BIRTH, applicant=casting.applicant(citizen_id="003190000077"))
    administrator = town.here.administrator
    settings_page = page(f"/desk/settings/{town.here.commune.code}/scanner/", width=1280, account=administrator.account)
    look(settings_page, "scanner-none")
    settings_page.get_by_label("Tên thư mục").fill("Quầy 1")
    press(settings_page, "Lưu")
    look(settings_page, "scanner-wrong")
    settings_page.get_by_label("Tên thư mục").fill("quay-1")
    press(settings_page, "Lưu")
    look(settings_page, "scanner-set")
    scanned(tmp_path / "scans" / "quay-1")

    shown = page(SHEET, width=1280, account=town.here.intake.account)
    shown.locator("#id_who-full_name").fill("Ka Să H'Oanh Niê Kdăm Mẫu")
    shown.locator("#id_who-citizen_id").fill("003190000077")
    press(shown, "Người nộp đồng ý: xem thông tin đã có")
    look(shown, "known")
    assert shown.locator("#id_who-phone").input_value() == ""
    shown.get_by_label("0300000001").check()
    press(shown, "Điền những điều đã đánh dấu")
    assert shown.locator("#id_who-phone").input_value() == "0300000001"
    press(shown, "Xem bản quét mới")
    assert shown.get_by_role("link", name="quet-001.pdf").is_visible()

    press(shown, "Ảnh từ điện thoại")
    look(shown, "phone-paired")
    link = services.pair_phone(
        op_id=shown.locator("[name=op_id]").input_value(),
        title="",
        office=town.here.commune,
        by=town.here.intake,
        at=timezone.now(),
    )
    phone = page(f"/phone/{phones.token_of(link)}/", width=360)
    look(phone, "phone", citizen=True)
    press(phone, "Gửi ảnh")
    look(phone, "phone-nothing", citizen=True)
    phone.locator("#photo").set_input_files(photo(tmp_path / "giay.jpg"))
    press(phone, "Gửi ảnh")
    look(phone, "phone-sent", citizen=True)
    row = shown.get_by_role("row", name="giay.jpg")
    row.wait_for()
    row.get_by_role("combobox").select_option("original")
    look(shown, "tray")

    shown.get_by_role("button", name="Máy ảnh của máy tính này").first.click()
    shown.locator("dialog video").wait_for()
    for _ in range(100):
        if shown.evaluate("() => document.querySelector('dialog video').videoWidth"):
            break
        shown.wait_for_timeout(50)
    look(shown, "camera")
    shown.get_by_role("button", name="Chụp", exact=True).click()
    shown.locator("dialog").wait_for(state="hidden")
    assert shown.evaluate("() => document.getElementById('files-original').files.length") == 1
    shown.get_by_role("checkbox", name="Bản chính").check()
    with shown.expect_navigation():
        shown.keyboard.press("F9")
    look(shown, "first-done")
    first = Dossier.objects.get(procedure_code=CERTIFY)
    assert Paper.objects.filter(filing__dossier=first).count() == 2
    look(page(phone.url, width=360, expect=404), "phone-over", citizen=True)

    with shown.expect_navigation():
        shown.keyboard.press("F7")
    look(shown, "same-person")
    shown.get_by_text("Hồ sơ thuộc thẩm quyền xã khác").click()
    shown.get_by_label("Xã có thẩm quyền giải quyết").select_option(town.there.slug)
    shown.locator("#procedure").fill("khai sinh")
    with shown.expect_navigation():
        shown.keyboard.press("Enter")
    assert shown.locator("#id_who-full_name").input_value() == "Ka Să H'Oanh Niê Kdăm Mẫu"
    look(shown, "elsewhere")
    with shown.expect_navigation():
        shown.keyboard.press("F9")
    look(shown, "second-done")
    second = Dossier.objects.exclude(pk=first.pk).get(competent_office=town.there.commune)
    assert second.receiving_office == town.here.centre
    look(page(f"/desk/dossiers/{second.number}/", width=1280, account=town.there.case.account), "at-the-other")
    look(page("/desk/reports/", width=1280, account=town.here.leader.account), "reports")


def test_on_a_small_screen_and_without_scripts_everything_is_a_button(page, town, look, tmp_path) -> None:
    post = town.here.administrator.posts.get()
    services.set_scan_folder(
        office=town.here.commune, folder="quay-1", by=town.here.administrator, post=post, at=timezone.now()
    )
    folder = tmp_path / "scans" / "quay-1"
    scanned(folder)
    (folder / "la.txt").write_bytes(b"x")
    os.utime(folder / "la.txt", (time.time() - 600, time.time() - 600))
    shown = page(SHEET, width=360, account=town.here.intake.account)
    press(shown, "Xem bản quét mới")
    assert shown.get_by_text("Tệp không phải là ảnh").first.is_visible()
    look(shown, "small")
    plain = page(SHEET, width=360, javascript=False, account=town.here.intake.account)
    press(plain, "Ảnh từ điện thoại")
    (code,) = PhoneLink.objects.all()
    phone = page(f"/phone/{phones.token_of(code)}/", width=360, javascript=False)
    phone.locator("#photo").set_input_files(photo(tmp_path / "giay.jpg"))
    press(phone, "Gửi ảnh")
    press(plain, "Xem ảnh mới")
    assert plain.get_by_role("row", name="giay.jpg").is_visible()
    press(plain, "Đóng trang cho điện thoại")
    assert plain.get_by_role("button", name="Ảnh từ điện thoại").is_visible()
    page(phone.url, width=360, javascript=False, expect=404)

"""A stranger tries a receipt: on our page at 360 px, and from a saved file that reaches no network at all."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from motcua.dossiers import slips
from motcua.dossiers.queries import sealed
from motcua.dossiers.services import Filed
from tests import cast as casting
from tests.browser.fixtures import absent
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site: str) -> Cast:
    return casting.make()


@pytest.fixture
def photo(tmp_path: Path) -> Any:
    """A slip as somebody would photograph it: a picture of the whole sheet, with the other code on it too."""
    if shutil.which("pdftoppm") is None:
        absent("No slip was photographed: pdftoppm is not installed here (apt install poppler-utils).")

    def of(filed: Filed) -> str:
        paper = tmp_path / "slip.pdf"
        paper.write_bytes(slips.filing_confirmation(filed.dossier, filed.claim_code, origin="https://dvc.vidu.example"))
        subprocess.run(["pdftoppm", "-r", "200", "-jpeg", "-singlefile", paper, tmp_path / "slip"], check=True)
        return str(tmp_path / "slip.jpg")

    return of


def alone(chromium: Browser, saved: Path) -> Page:
    """The saved file in a browser that is off the network and lets nothing pass."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, offline=True)
    shown = context.new_page()
    shown.on("pageerror", lambda error: pytest.fail(str(error)))
    shown.goto(saved.as_uri())
    return shown


def test_a_receipt_is_tried_on_our_page_and_without_a_network(
    page: Any, town: Cast, photo: Any, nu_checker: Any, picture: Any, chromium: Browser, tmp_path: Path
) -> None:
    filed = town.file(BIRTH)
    slip, kept = photo(filed), json.dumps(sealed.receipt_file(filed.dossier), ensure_ascii=False)

    shown = page("/verify/receipt/", width=360)
    with shown.expect_navigation():
        shown.set_input_files("#photo", slip)
    assert "Biên nhận này đúng" in shown.inner_text("main")
    assert filed.number in shown.inner_text("main")
    picture(shown, "receipt-holds-360")
    assert_sound(shown, nu_checker, citizen=True)

    shown = page("/verify/receipt/", width=360, javascript=False)
    shown.fill("#text", "xin chào")
    with shown.expect_navigation():
        shown.get_by_role("button", name="Kiểm tra").click()
    assert "Không có biên nhận nào trong đó" in shown.inner_text("main")
    picture(shown, "receipt-none-360")

    saved = tmp_path / "kiem-tra.html"
    saved.write_bytes(shown.request.get("/verify/receipt/offline.html").body())
    offline = alone(chromium, saved)
    offline.set_input_files("#photo", slip)
    offline.get_by_text("Biên nhận này đúng").wait_for()
    assert filed.number in offline.inner_text("#out")
    offline.fill("#text", kept)
    offline.click("#check")
    assert "đúng là nội dung đã nộp" in offline.inner_text("#out")
    picture(offline, "receipt-offline-360")
    offline.fill("#text", kept.replace("Đỗ", "Đổ", 1))
    offline.click("#check")
    assert "đã bị sửa" in offline.inner_text("#out")
    offline.context.close()

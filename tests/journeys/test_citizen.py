"""A birth registration on a phone, with and without JavaScript; each page is looked at, filled and with errors.

axe itself is a script that waits: without JavaScript only the ruler and the Nu checker look, with it axe does too.
"""

from __future__ import annotations

import functools
import re

import pytest
from PIL import Image

from motcua.dossiers import services
from motcua.dossiers.models import Dossier
from tests import cast as casting
from tests.browser import axe
from tests.browser.sound import assert_sound
from tests.cast import NOW, Cast
from tests.dossiers import birth

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site: str) -> Cast:
    made = casting.make()
    birth.publish(made)
    return made


@pytest.fixture
def look(nu_checker, picture):
    """Asks everything of a page that can be asked, and keeps its picture."""

    def at(shown, name: str, *, javascript: bool) -> None:
        picture(shown, f"citizen-{name}-{shown.viewport_size['width']}{'' if javascript else '-plain'}")
        if javascript:
            assert_sound(shown, nu_checker)
            return
        found = [*axe.small_targets(shown), *nu_checker.errors_of(shown)]
        assert not found, f"{shown.url}\n" + "\n".join(found)
        assert axe.sideways(shown) <= 0

    return at


def go_on(shown) -> None:
    shown.get_by_role("button", name="Tiếp tục", exact=True).last.click()


def date(shown, sid: str, *parts: str) -> None:
    for part, value in zip(("day", "month", "year"), parts, strict=True):
        shown.locator(f"[name={sid}-{part}]").fill(value)


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (360, True), (1280, True)])
def test_a_birth_is_registered_with_and_without_javascript(page, town, look, tmp_path, width, javascript) -> None:
    look = functools.partial(look, javascript=javascript)
    start = f"/{town.here.slug}/apply/{birth.CODE}/"
    shown = page(f"{start}applicant/", width=width, javascript=javascript, expect=404)
    look(shown, "absent")
    shown.get_by_role("button", name="Bắt đầu hồ sơ mới").click()
    look(shown, "applicant")
    shown.locator("#phone").fill("12")
    go_on(shown)
    look(shown, "applicant-errors")
    assert shown.locator("#phone").input_value() == "12"
    shown.locator("#full_name").fill("Ka Să H'Oanh Niê Kdăm Mẫu")
    date(shown, "birth_date", "24", "11", "1990")
    shown.locator("#phone").fill("0300 000 001")
    go_on(shown)
    look(shown, "child")
    shown.locator("#child_name").fill("Đỗ Mẫu An")
    date(shown, "born", "3", "11", "2026")
    go_on(shown)
    look(shown, "papers")
    go_on(shown)
    look(shown, "papers-errors")
    photo = tmp_path / "giay-chung-sinh.jpg"
    Image.new("RGB", (40, 30), "white").save(photo)
    shown.locator("#birth_paper").set_input_files(photo)
    shown.get_by_role("button", name="Thêm các tệp đã chọn").last.click()
    shown.get_by_role("button", name="Bỏ tệp").wait_for()  # with a script the photo goes first, in pieces
    look(shown, "papers-filled")
    go_on(shown)
    look(shown, "check")
    shown.get_by_role("button", name="Gửi hồ sơ").click()
    look(shown, "sent")
    number, code = (each.inner_text() for each in shown.locator(".mc-panel__number").all())
    shown.reload()
    assert number in shown.content()
    shown.get_by_role("link", name="Xem hồ sơ đang ở bước nào").click()
    look(shown, "status-form")
    shown.get_by_role("button", name="Xem", exact=True).click()
    look(shown, "status-form-errors")
    shown.locator("#claim_code").fill(code)
    shown.get_by_role("button", name="Xem", exact=True).click()
    look(shown, "status")


def forward(shown) -> None:
    """The page's one way on."""
    shown.locator(
        "main form button[type=submit]:not(.govuk-button--secondary):not(.govuk-visually-hidden)"
    ).last.click()


def test_the_whole_way_can_be_gone_in_english(page, town, look, tmp_path) -> None:
    look = functools.partial(look, javascript=True)
    shown = page(f"/en/{town.here.slug}/procedures/{birth.CODE}/")
    look(shown, "english-procedure")
    forward(shown)
    look(shown, "english-applicant")
    forward(shown)
    look(shown, "english-applicant-errors")
    assert "Enter" in shown.locator(".govuk-error-summary").inner_text()
    shown.locator("#full_name").fill("Đỗ Thị Mẫu")
    date(shown, "birth_date", "24", "11", "1990")
    shown.locator("#phone").fill("0300 000 001")
    forward(shown)
    shown.locator("#child_name").fill("Đỗ Mẫu An")
    date(shown, "born", "3", "11", "2026")
    forward(shown)
    photo = tmp_path / "birth.jpg"
    Image.new("RGB", (40, 30), "white").save(photo)
    shown.locator("#birth_paper").set_input_files(photo)
    look(shown, "english-papers")
    forward(shown)
    shown.wait_for_url("**/check/")  # the photo goes first, in pieces
    look(shown, "english-check")
    forward(shown)
    look(shown, "english-sent")
    assert shown.get_by_role("link", name="Save this confirmation as a PDF file").is_visible()
    number, code = (each.inner_text() for each in shown.locator(".mc-panel__number").all())
    shown.goto(f"/en/status/?number={number}")
    shown.locator("#claim_code").fill(code)
    forward(shown)
    look(shown, "english-status")
    assert "An officer looks at the dossier" in shown.locator("main").inner_text()


def test_somebody_who_was_refused_reads_why_and_what_to_do(page, town, look) -> None:
    filed = town.file()
    dossier = Dossier.objects.get(pk=filed.dossier.pk)
    services.refuse_dossier(
        dossier=dossier,
        by=town.here.intake,
        at=NOW,
        reason_code="incomplete",
        reason="Ảnh giấy chứng sinh bị mờ.",
        advice="Chụp lại ảnh rồi gửi hồ sơ mới.",
    )
    shown = page(f"/status/?number={filed.number}")
    shown.locator("#claim_code").fill(re.sub("(.....)", r"\1 ", filed.claim_code).lower())
    shown.get_by_role("button", name="Xem", exact=True).click()
    look(shown, "status-refused", javascript=True)
    assert "Chụp lại ảnh" in shown.content()

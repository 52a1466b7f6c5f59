"""Papers are missing: an officer points at them with the keyboard, the applicant mends them on a phone without
JavaScript, the clock says that it stood; messages and a withdrawal on the way. Every page and state is looked at.
"""

from __future__ import annotations

import re

import pytest
import time_machine
from PIL import Image

from motcua.dossiers import services
from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Person
from tests import cast as casting
from tests.browser import axe
from tests.browser.sound import assert_sound
from tests.cast import Cast
from tests.dossiers import asked, birth

pytestmark = pytest.mark.browser
ANSWERS = {"child_name": "Đỗ Mẫu An", "born": "2026-11-03", "with_father": False}


@pytest.fixture
def town(site: str) -> Cast:
    made = casting.make()
    birth.publish(made)
    return made


@pytest.fixture
def look(nu_checker, picture):
    """Asks everything of a page that can be asked without JavaScript or with it, and keeps its picture."""

    def at(shown, name: str, *, javascript: bool = True, citizen: bool = True) -> None:
        width = shown.viewport_size["width"]
        picture(shown, f"supplement-{name}-{width}{'' if javascript else '-plain'}")
        if javascript:
            assert_sound(shown, nu_checker, citizen=citizen)
            return
        found = [*axe.small_targets(shown), *nu_checker.errors_of(shown)]
        assert not found, f"{shown.url}\n" + "\n".join(found)
        assert axe.sideways(shown) <= 0

    return at


@pytest.fixture
def photo(tmp_path):
    made = tmp_path / "giay-chung-sinh.jpg"
    Image.new("RGB", (40, 30), "white").save(made)
    return made


def desk(page, person: Person, number: str, rest: str = "", width: int = 1280):
    return page(f"/desk/dossiers/{number}/{rest}", width=width, account=person.account)


def status(page, filed, **options):
    """The status page as the claim code opens it."""
    shown = page(f"/status/?number={filed.number}", **options)
    shown.locator("#claim_code").fill(re.sub("(.....)", r"\1 ", filed.claim_code).lower())
    press(shown, "Xem")
    return shown


def press(shown, name: str) -> None:
    shown.get_by_role("button", name=name, exact=True).last.click()


def key(shown, name: str) -> None:
    with shown.expect_navigation():
        shown.keyboard.press(name)


def test_an_officer_asks_a_citizen_mends_and_the_clock_says_that_it_stood(page, town, look, photo) -> None:
    filed = town.file(birth.CODE, answers=ANSWERS, components=[asked.photo()])
    services.receive_dossier(dossier=filed.dossier, by=town.here.intake, at=casting.NOW)
    with time_machine.travel(casting.NOW + asked.HOUR):
        _asks(desk(page, town.here.approver, filed.number), look)
    with time_machine.travel(casting.NOW + 3 * asked.DAY):
        citizen = status(page, filed, width=360, javascript=False)
        _mends(citizen, look, photo)
        assert "cộng 2 ngày làm việc tạm dừng tính hạn" in citizen.inner_text("main")
        officer = desk(page, town.here.approver, filed.number)
        look(officer, "beside", citizen=False)
    assert "13/11/2026" in officer.inner_text("main")


def _asks(officer, look) -> None:
    """With the keyboard, after forgetting to tick anything."""
    key(officer, "F7")
    look(officer, "ask", citizen=False)
    key(officer, "F9")
    look(officer, "ask-errors", citizen=False)
    officer.get_by_label("Ngày sinh của trẻ").focus()
    officer.keyboard.press("Space")
    officer.get_by_label("Giấy chứng sinh").check()
    key(officer, "F9")
    look(officer, "ask-why", citizen=False)
    assert officer.evaluate("document.activeElement.name") == "field-born-reason_code"
    officer.get_by_label("Lý do", exact=True).first.select_option("missing")
    assert "Xin ghi" in officer.locator("[name=field-born-remedy]").input_value()
    officer.locator("[name=field-born-note]").fill("Giấy chứng sinh ghi ngày 13.")
    key(officer, "F12")
    look(officer, "asked", citizen=False)


def _mends(citizen, look, photo) -> None:
    """Page by page, with a mistake on each."""
    look(citizen, "status", javascript=False)
    assert "Giấy chứng sinh ghi ngày 13." in citizen.content()
    citizen.get_by_role("button", name="Bổ sung ngay").click()
    look(citizen, "page", javascript=False)
    assert citizen.locator("[name=child_name]").count() == 0
    citizen.locator("[name=born-day]").fill("45")
    press(citizen, "Tiếp tục")
    look(citizen, "page-errors", javascript=False)
    assert citizen.locator("[name=born-day]").input_value() == "45"
    citizen.locator("[name=born-day]").fill("13")
    press(citizen, "Tiếp tục")
    press(citizen, "Tiếp tục")
    look(citizen, "papers-errors", javascript=False)
    citizen.locator("#birth_paper").set_input_files(photo)
    press(citizen, "Tiếp tục")
    look(citizen, "check", javascript=False)
    press(citizen, "Gửi phần bổ sung")
    look(citizen, "sent", javascript=False)
    citizen.get_by_role("link", name="Xem hồ sơ đang ở bước nào").click()
    look(citizen, "status-after", javascript=False)


def test_a_further_request_is_decided_on_and_messages_go_both_ways(page, town, look) -> None:
    filed = town.file(casting.BIRTH, components=[asked.photo()])
    services.receive_dossier(dossier=filed.dossier, by=town.here.intake, at=casting.NOW)
    asked.ask(filed.dossier, town.here.case, casting.NOW)
    asked.answer(filed.dossier, casting.NOW)
    asked.ask(filed.dossier, town.here.case, casting.NOW, asked.PAPER, repeat_reason="Ảnh mới vẫn mờ.")
    approver = desk(page, town.here.approver, filed.number)
    key(approver, "Alt+Q")
    look(approver, "decide", citizen=False)
    approver.get_by_label("Không gửi").check()
    key(approver, "F12")
    look(approver, "decide-errors", citizen=False)
    approver.locator("[name=note]").fill("Ảnh đọc được.")
    key(approver, "F12")

    citizen = status(page, filed, width=360)
    look(citizen, "talk")
    press(citizen, "Gửi tin nhắn")
    look(citizen, "talk-errors")
    citizen.locator("#text").fill("Khi nào tôi nhận được kết quả?\nTôi đi làm xa.")
    press(citizen, "Gửi tin nhắn")
    look(citizen, "talk-written")
    intake = desk(page, town.here.intake, filed.number)
    key(intake, "F6")
    look(intake, "reply", citizen=False)
    intake.locator("[name=text]").fill("Dạ, chiều thứ Sáu ạ.")
    key(intake, "F12")
    look(intake, "replied", citizen=False)
    citizen.reload()
    assert "chiều thứ Sáu" in citizen.inner_text("main")
    citizen.get_by_role("link", name="Rút hồ sơ").click()
    look(citizen, "withdraw")
    press(citizen, "Đồng ý, rút hồ sơ")
    look(citizen, "withdraw-asked")
    intake.reload()
    look(intake, "confirm", citizen=False)
    key(intake, "Alt+X")
    assert Dossier.objects.get(pk=filed.dossier.pk).state == "withdrawn"
    citizen.reload()
    look(citizen, "withdrawn")


def test_what_is_brought_to_the_counter_is_entered_with_the_keyboard(page, town, look) -> None:
    filed = town.file(casting.BIRTH, components=[asked.photo()])
    asked.ask(filed.dossier, town.here.intake, casting.NOW)
    intake = desk(page, town.here.intake, filed.number)
    key(intake, "Alt+B")
    look(intake, "enter", citizen=False)
    intake.locator("[name=full_name]").fill("")
    key(intake, "F12")
    look(intake, "enter-errors", citizen=False)
    intake.locator("[name=full_name]").fill("Ka Să H'Oanh Niê Kdăm Mẫu")
    intake.get_by_label("Đã nộp bản giấy tại quầy").check()
    key(intake, "F12")
    look(intake, "entered", citizen=False)
    assert "Ka Să H'Oanh Niê Kdăm Mẫu" in intake.inner_text("main")
    citizen = status(page, filed, width=1280)
    look(citizen, "status-entered")

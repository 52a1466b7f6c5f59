"""Officers settle a dossier with the keyboard alone, and the citizen reads each step; every page is looked at."""

from __future__ import annotations

import itertools

import pytest
from PIL import Image

from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Person
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import OPEN_LIMIT, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site: str) -> Cast:
    return casting.make()


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str) -> None:
        picture(shown, f"desk-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=False)

    return at


def opened(page, person: Person, **options):
    """The first dossier of the office's list, reached from the search box by two keys."""
    shown = page("/desk/", width=1280, account=person.account, **options)
    assert shown.evaluate("document.activeElement.id") == "desk-search"
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Enter")
    shown.wait_for_url("**/desk/dossiers/**")
    return shown


def press(shown, key: str) -> None:
    """A key of the page that leads on, and the page behind it."""
    with shown.expect_navigation():
        shown.keyboard.press(key)


def test_a_birth_is_settled_with_the_keyboard_alone(page, town, look, tmp_path) -> None:
    filed = town.file()
    intake, case, signer = town.here.intake, town.here.case, town.here.approver
    look(page("/desk/", width=1280, account=intake.account), "inbox")
    shown = opened(page, intake)
    look(shown, "submitted")
    press(shown, "F9")
    assert "Đã tiếp nhận" in shown.inner_text("main")
    look(shown, "received")

    shown = opened(page, case)
    press(shown, "F9")
    assert "Đã chuyển hồ sơ sang bước tiếp theo" in shown.inner_text("main")

    scan = tmp_path / "giay-khai-sinh.png"
    Image.new("RGB", (40, 30), "white").save(scan)
    shown = opened(page, signer)
    press(shown, "F10")
    assert shown.evaluate("document.activeElement.name") == "result_name"
    look(shown, "settle")
    press(shown, "F12")
    look(shown, "settle-errors")
    shown.locator("[name=result_name]").focus()
    shown.keyboard.type("Giấy khai sinh")
    shown.locator("[name=file]").set_input_files(scan)
    press(shown, "F12")
    look(shown, "settled")

    shown = opened(page, intake)
    press(shown, "F9")
    shown.locator("[name=receiver]").focus()
    shown.keyboard.type("Đỗ Thị Mẫu")
    look(shown, "return")
    press(shown, "F12")
    assert "Đỗ Thị Mẫu" in shown.inner_text("main")
    look(shown, "returned")

    status = page(f"/status/?number={filed.number}")
    status.locator("#claim_code").fill(filed.claim_code)
    status.locator("#claim_code").press("Enter")
    status.get_by_text("Đã trả kết quả").first.wait_for()
    dossier = Dossier.objects.get(pk=filed.dossier.pk)
    assert dossier.state == "returned"


def test_an_open_limit_is_asked_for_before_the_clock_starts(page, town, look) -> None:
    dossier = town.file(OPEN_LIMIT, channel="direct").dossier
    shown = opened(page, town.here.intake)
    press(shown, "F9")
    assert shown.evaluate("document.activeElement.name") == "value"
    press(shown, "F12")
    look(shown, "limit-errors")
    shown.locator("[name=value]").fill("3")
    shown.locator("[name=legal_source]").fill("Nghị định mẫu 1/2026")
    press(shown, "F12")
    assert Dossier.objects.get(pk=dossier.pk).due_at is not None
    assert "ngày làm việc" in shown.inner_text("main")


def test_a_refusal_says_why_and_gives_form_03(page, town, look) -> None:
    town.file()
    shown = opened(page, town.here.intake)
    press(shown, "Alt+k")
    look(shown, "refuse")
    shown.locator("[name=reason]").fill("Ảnh giấy chứng sinh bị mờ.")
    press(shown, "F12")
    look(shown, "refused")
    assert shown.get_by_role("button", name="In mẫu số 03").get_attribute("href")


@pytest.mark.parametrize("width", [360, 1280])
def test_lists_are_sound_with_nothing_and_with_many(page, town, look, width) -> None:
    account = town.here.intake.account
    look(page("/desk/?queue=mine", width=width, account=account), "nothing")
    look(page("/desk/find/?q=xyzxyz", width=width, account=account), "not-found")
    for _ in range(60):
        town.file()
    for name, path in {"many": "/desk/", "found": "/desk/find/?q=do+thi+mau", "english": "/en/desk/"}.items():
        look(page(path, width=width, account=account), name)


def test_a_dossier_is_sound_on_a_telephone_and_in_english(page, town, look) -> None:
    number = town.file().number
    account = town.here.intake.account
    for width, (language, act) in itertools.product((360,), (("", "give"), ("/en", "refuse"), ("/en", "remark"))):
        shown = page(f"{language}/desk/dossiers/{number}/?act={act}", width=width, account=account)
        look(shown, f"act-{act}{language.strip('/')}")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_first_page_and_the_sign_in_of_a_demonstration_are_sound(page, town, nu_checker, picture, width) -> None:
    pages = {"first": "/", "first-nothing": "/?q=xyzxyz", "sign-in": "/accounts/login/"}
    for name, path in {**pages, "cast": "/accounts/demo/", "tour": "/tour/"}.items():
        shown = page(path, width=width)
        picture(shown, f"front-{name}-{width}")
        assert_sound(shown, nu_checker, citizen=name != "sign-in")

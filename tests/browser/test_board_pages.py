"""The leader's pages: looked at empty and filled, narrow and wide, and walked from a number to a dossier."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, CERTIFY

pytestmark = pytest.mark.browser
BOARD = "/desk/board/"


@pytest.fixture
def town(site):
    yield casting.make()
    casting.forget()


def some(town) -> None:
    now = timezone.now()
    for days in (40, 20, 9, 0):
        town.take_in(BIRTH, at=now - timedelta(days=days))
    town.file(BIRTH, at=now)
    town.settled(CERTIFY, at=now)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_board_is_sound_and_leads_to_a_dossier(page, town, nu_checker, picture, width) -> None:
    account = town.here.leader.account
    empty = page(BOARD, width=width, account=account)
    assert_sound(empty, nu_checker, citizen=False)
    some(town)
    shown = page(BOARD, width=width, account=account, javascript=width > 360)
    picture(shown, f"board-{width}")
    if width > 360:
        assert_sound(shown, nu_checker, citizen=False)
    shown.locator(".mc-tile--stop .mc-tile__number a").click()
    shown.get_by_role("heading", name="Đang giải quyết, quá hạn: ").wait_for()
    picture(shown, f"board-list-{width}")
    shown.get_by_text("Chọn hồ sơ khác").click()
    shown.get_by_label("Cách nộp").select_option("Trực tiếp")
    shown.get_by_role("button", name="Xem").click()
    if width > 360:
        assert_sound(shown, nu_checker, citizen=False)
    shown.locator("[data-row]").first.click()
    shown.get_by_role("heading", name="Đăng ký khai sinh").first.wait_for()
    assert_sound(page(f"/en{BOARD}", width=width, account=account, scheme="dark"), nu_checker, citizen=False)


@pytest.mark.parametrize("width", [360, 1280])
def test_index_and_reports_are_sound_and_the_book_opens_a_dossier(page, town, nu_checker, picture, width) -> None:
    some(town)
    index = page("/desk/index/", width=width, account=town.here.leader.account)
    picture(index, f"index-{width}")
    assert_sound(index, nu_checker, citizen=False)
    shown = page("/desk/reports/", width=width, account=town.here.leader.account, scheme="dark")
    picture(shown, f"reports-{width}")
    assert_sound(shown, nu_checker, citizen=False)
    shown.get_by_role("link", name="Mở Sổ theo dõi hồ sơ").click()
    shown.get_by_role("heading", name="Sổ theo dõi hồ sơ: ").wait_for()
    picture(shown, f"register-{width}")
    assert_sound(shown, nu_checker, citizen=False)
    shown.locator("tbody a").first.click()
    shown.get_by_role("heading", name="Đăng ký khai sinh").first.wait_for()

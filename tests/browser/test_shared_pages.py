"""The pages that belong to no room: a wrong address, signing in."""

import itertools

import pytest

from tests.browser import wire
from tests.browser.sound import assert_sound

pytestmark = pytest.mark.browser
VIEWS = list(itertools.product((360, 1280), ("light", "dark")))


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_the_page_of_a_wrong_address_is_sound(page, nu_checker, picture, width, scheme) -> None:
    shown = page("/no/such/page", width=width, scheme=scheme, expect=404)
    picture(shown, f"404-{width}-{scheme}")
    assert_sound(shown, nu_checker)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_the_page_of_signing_in_is_sound_empty_and_refused(page, nu_checker, picture, width, scheme) -> None:
    shown = page("/accounts/login/", width=width, scheme=scheme)
    picture(shown, f"sign-in-{width}-{scheme}")
    assert_sound(shown, nu_checker, citizen=False)
    shown.get_by_label("Tên đăng nhập").fill("nobody")
    shown.get_by_label("Mật khẩu").fill("wrong-wrong")
    shown.get_by_role("button", name="Đăng nhập", exact=True).click()
    shown.wait_for_selector(".govuk-error-summary")
    picture(shown, f"sign-in-refused-{width}-{scheme}")
    assert_sound(shown, nu_checker, citizen=False)


def test_a_wrong_address_can_be_read_in_english(page) -> None:
    shown = page("/no/such/page?a=1", expect=404)
    shown.get_by_role("link", name="English").click()
    assert shown.url.endswith("/en/no/such/page?a=1")
    assert shown.locator("html").get_attribute("lang") == "en"


def test_the_letters_that_arrive_are_ours(page) -> None:
    shown = page("/no/such/page", expect=404)
    loaded = """async () => { await document.fonts.ready;
        return [...document.fonts].filter((face) => face.status == "loaded").map((face) => face.family) }"""
    assert any("Be Vietnam Pro" in family for family in shown.evaluate(loaded))


def test_the_shared_files_leave_room_for_a_page(page, site) -> None:
    fresh = page("/no/such/page?first", expect=404)
    spent = wire.sizes(fresh, f"{site}/no/such/page?again")
    assert wire.without_letters(spent) < 15_000

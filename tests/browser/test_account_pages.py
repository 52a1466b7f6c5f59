"""The pages that come with the sign-in package speak Vietnamese in our layout, from the first sign-in to a passkey."""

import pytest

from motcua.kernel.identity import Account, Person
from tests.browser.sound import assert_sound

pytestmark = pytest.mark.browser
PASSWORD = "mot-mat-khau-dai-cho-thu"
PAGES = {
    "two-steps": "/accounts/2fa/",
    "authenticator-app": "/accounts/2fa/totp/activate/",
    "passkeys": "/accounts/2fa/webauthn/",
    "passkey-new": "/accounts/2fa/webauthn/add/",
    "password": "/accounts/password/change/",
    "devices": "/accounts/sessions/",
    "sign-out": "/accounts/logout/",
}


@pytest.fixture
def signed_in(site, page, nu_checker, picture):
    person = Person.objects.create(full_name="Ka Să H'Oanh Niê Kdăm")
    Account.objects.create_user("h.oanh", PASSWORD, person=person)

    def at(width: int):
        shown = page("/accounts/login/?next=/accounts/2fa/", width=width)
        shown.get_by_label("Tên đăng nhập").fill("h.oanh")
        shown.get_by_label("Mật khẩu").fill(PASSWORD)
        shown.get_by_role("button", name="Đăng nhập", exact=True).click()
        shown.wait_for_url("**/accounts/2fa/")
        # What changes how one signs in asks for the password once more.
        shown.goto(PAGES["authenticator-app"])
        picture(shown, f"account-once-more-{width}")
        assert_sound(shown, nu_checker, citizen=False)
        shown.get_by_label("Mật khẩu").fill(PASSWORD)
        shown.get_by_role("button", name="Xác nhận").click()
        shown.wait_for_url("**/totp/activate/")
        return shown

    return at


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_an_account_are_sound(signed_in, nu_checker, picture, width) -> None:
    shown = signed_in(width)
    for name, address in PAGES.items():
        shown.goto(address)
        picture(shown, f"account-{name}-{width}")
        assert_sound(shown, nu_checker, citizen=False)


def test_a_wrong_answer_on_an_accounts_page_is_said_in_words(signed_in, nu_checker, picture) -> None:
    shown = signed_in(360)
    shown.goto(PAGES["authenticator-app"])
    shown.get_by_role("button", name="Bật").click()
    shown.wait_for_selector(".govuk-error-summary")
    picture(shown, "account-refused-360")
    assert_sound(shown, nu_checker, citizen=False)


def test_no_page_of_an_account_falls_back_to_english(signed_in) -> None:
    shown = signed_in(1280)
    for address in PAGES.values():
        shown.goto(address)
        text = shown.locator("main").inner_text()
        assert not {"Sign", "Password", "Security", "Change", "Add", "Session", "Name"} & set(text.split()), address

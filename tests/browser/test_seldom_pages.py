"""Pages that are seldom seen, looked at all the same: what went wrong, what is not here, whom to be in a trial."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import CERTIFY, Cast
from tests.dossiers import birth

pytestmark = pytest.mark.browser
WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture
def town(site):
    yield casting.make()
    casting.forget()


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str, *, citizen: bool = True) -> None:
        picture(shown, f"seldom-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=citizen)

    return at


@WIDTHS
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "500"])
def test_what_went_wrong_is_said_on_a_sound_page(page, town, look, width, name) -> None:
    html = render_to_string(f"{name}.html", {"reference": "a1b2c3"}, RequestFactory().get("/"))
    shown = page("/", width=width)
    shown.route("**/went/wrong", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    shown.goto("/went/wrong")
    look(shown, name)


@WIDTHS
def test_a_demonstration_lets_one_be_anybody(page, town, look, width) -> None:
    shown = page("/accounts/demo/", width=width)
    look(shown, "try-out")
    look(page("/en/accounts/demo/", width=width), "try-out-english")


@WIDTHS
def test_what_is_not_filed_here_and_what_was_begun_before(page, town: Cast, look, width) -> None:
    shown = page(f"/{town.here.slug}/procedures/{CERTIFY}/", width=width)
    shown.evaluate("(address) => { const form = document.createElement('form'); form.method = 'post';"
                   " form.action = address; document.body.append(form); form.submit(); }",
                   f"/{town.here.slug}/apply/{CERTIFY}/")  # fmt: skip
    shown.wait_for_url(f"**/apply/{CERTIFY}/")
    look(shown, "not-here")
    way = birth.publish(town)
    shown = page(f"{way}applicant/", width=width, expect=404)
    shown.locator("main form button").click()
    shown.locator("#phone").fill("0300 000 001")
    shown.locator("main form button[type=submit]").last.click()
    shown.locator(".govuk-error-summary").wait_for()
    shown.goto(way)
    look(shown, "unfinished")
    shown.get_by_role("button", name="Làm tiếp hồ sơ này").click()
    assert shown.locator("#phone").input_value() == "0300 000 001"


@WIDTHS
def test_everyday_expressions_are_kept_on_sound_pages(page, town, look, width) -> None:
    shown = page("/desk/procedures/synonyms/", width=width, account=town.here.procedure_manager.account)
    look(shown, "synonyms", citizen=False)
    shown.goto("/desk/procedures/synonyms/change/")
    look(shown, "synonym-change", citizen=False)
    shown.locator("main form button[type=submit]").last.click()
    shown.locator(".govuk-error-summary").wait_for()
    look(shown, "synonym-errors", citizen=False)


@WIDTHS
def test_what_was_handed_over_and_what_is_done_for_many_at_once(page, town, look, width) -> None:
    account = town.here.intake.account
    look(page("/desk/handover/", width=width, account=account), "handover-nothing", citizen=False)
    look(page("/desk/many/receive/", width=width, account=account), "many-nothing", citizen=False)
    for _ in range(3):
        town.file()
    shown = page("/desk/many/receive/", width=width, account=account)
    look(shown, "many", citizen=False)
    for tick in shown.locator("main input[type=checkbox]").all():
        tick.check()
    shown.locator("main form button[type=submit]").last.click()
    look(shown, "many-done", citizen=False)
    shown.goto("/desk/handover/")
    look(shown, "handover", citizen=False)

"""Every shared part is sound, whatever the width and the light, and the desk's keys do what they say."""

import itertools

import pytest

from motcua.kernel.identity import Account, Person
from tests.browser import axe
from tests.browser.sound import assert_sound

pytestmark = pytest.mark.browser
VIEWS = list(itertools.product((360, 1280), ("light", "dark")))


@pytest.fixture(autouse=True)
def _pattern_pages(settings) -> None:
    settings.ROOT_URLCONF = "tests.browser.patterns"


@pytest.fixture
def officer(site) -> Account:
    return Account.objects.create_user("h.oanh", person=Person.objects.create(full_name="Ka Să H'Oanh Niê Kdăm"))


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("name", ["citizen", "done"])
def test_what_citizens_read_is_sound(page, nu_checker, picture, name, width, scheme) -> None:
    shown = page(f"/patterns/{name}/", width=width, scheme=scheme)
    picture(shown, f"{name}-{width}-{scheme}")
    assert_sound(shown, nu_checker)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_a_form_of_the_desk_is_sound_empty_and_with_errors(page, nu_checker, picture, officer, width, scheme) -> None:
    shown = page("/patterns/form/", width=width, scheme=scheme, account=officer)
    assert_sound(shown, nu_checker, citizen=False)
    shown.keyboard.press("F9")
    shown.wait_for_selector(".govuk-error-summary")
    picture(shown, f"form-{width}-{scheme}")
    assert_sound(shown, nu_checker, citizen=False)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_a_list_of_the_desk_is_sound(page, nu_checker, picture, officer, width, scheme) -> None:
    shown = page("/patterns/rows/", width=width, scheme=scheme, account=officer)
    picture(shown, f"rows-{width}-{scheme}")
    assert_sound(shown, nu_checker, citizen=False)


def test_every_error_of_the_summary_leads_to_a_control(page, officer) -> None:
    shown = page("/patterns/form/", width=1280, account=officer)
    shown.keyboard.press("F9")
    shown.wait_for_selector(".govuk-error-summary")
    links = shown.locator(".govuk-error-summary a")
    assert links.count() == 4
    for link in links.all():
        link.click()
        assert shown.evaluate("document.activeElement.matches('input, select, textarea')"), link.inner_text()


def test_the_search_box_waits_for_the_scanner_and_the_arrows_go_from_it_into_the_list(page, officer) -> None:
    shown = page("/patterns/rows/", width=1280, account=officer)
    focused = "document.activeElement.textContent.trim() || document.activeElement.id"
    assert shown.evaluate(focused) == "desk-search"
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowDown")
    assert shown.evaluate(focused) == "H36.24-261123-0002"
    shown.keyboard.press("End")
    assert shown.evaluate(focused) == "H36.24-261123-0005"
    shown.keyboard.press("Enter")
    shown.wait_for_url("**/?H36.24-261123-0005")


def test_an_act_answers_to_the_key_on_its_button_and_not_to_a_bare_letter(page, officer) -> None:
    shown = page("/patterns/rows/", width=1280, account=officer)
    shown.evaluate(
        "window.done = []; document.querySelectorAll('.mc-acts button').forEach("
        "(button) => button.addEventListener('click', () => done.push(button.dataset.key)))"
    )
    shown.keyboard.press("t")
    shown.keyboard.press("F9")
    shown.keyboard.press("Alt+t")
    assert shown.evaluate("window.done") == ["F9", "Alt+T"]


def test_at_twice_the_size_nothing_is_cut_off(page) -> None:
    # 1280 pixels at 200 % are 640, at 400 % 320 (WCAG 1.4.10).
    for width in (640, 320):
        assert axe.sideways(page("/patterns/citizen/", width=width)) <= 0


def test_a_page_prints_without_its_navigation(page, tmp_path) -> None:
    shown = page("/patterns/done/")
    assert shown.get_by_text("In trang này").is_visible()
    shown.emulate_media(media="print")
    assert not shown.locator(".mc-header").is_visible()
    assert shown.get_by_text("H36.24-261123-0007").is_visible()


def test_a_lost_connection_is_said_in_words(page) -> None:
    shown = page("/patterns/citizen/")
    shown.context.set_offline(True)
    shown.get_by_text("Mất kết nối mạng").wait_for()
    shown.context.set_offline(False)
    shown.get_by_text("Mất kết nối mạng").wait_for(state="hidden")

"""One person after another at the counter, with a card reader and a keyboard: few keys, and every page looked at."""

from __future__ import annotations

import pytest

from motcua.dossiers.models import Dossier
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import OPEN_LIMIT, Cast

pytestmark = pytest.mark.browser
CARD = "003190000077||Ka Să H'Oanh Niê Kdăm Mẫu|24111990|Nữ|Buôn Mẫu 1|02012022"
# The measure: keys beyond what is typed as data, from one person to the next, the print dialogue's included.
MOST_KEYS = 12


@pytest.fixture
def town(site: str) -> Cast:
    return casting.make()


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str) -> None:
        picture(shown, f"counter-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=False)

    return at


class Keys:
    """Presses keys and counts them; data is typed, and a reader's own Enter is no key of the officer."""

    def __init__(self, shown) -> None:
        self.shown, self.pressed = shown, 0

    def press(self, key: str, *, leads_on: bool = False) -> None:
        self.pressed += 1
        if not leads_on:
            self.shown.keyboard.press(key)
            return
        with self.shown.expect_navigation():
            self.shown.keyboard.press(key)

    def scan(self, card: str) -> None:
        self.shown.keyboard.insert_text(card)
        with self.shown.expect_navigation():
            self.shown.keyboard.press("Enter")


def test_a_certified_copy_takes_few_keys_from_one_person_to_the_next(page, town, look) -> None:
    shown = page("/desk/", width=1280, account=town.here.intake.account)
    keys = Keys(shown)
    keys.press("F4", leads_on=True)
    look(shown, "start")
    assert shown.evaluate("document.activeElement.id") == "procedure"
    shown.keyboard.type("chứng thực bản sao")
    keys.press("Enter", leads_on=True)
    look(shown, "sheet")
    assert shown.evaluate("document.activeElement.id") == "scan"
    keys.scan(CARD)
    look(shown, "scanned")
    keys.press("Alt+1")
    assert shown.locator("#id_paper-original-there").is_checked()
    keys.press("F9", leads_on=True)
    look(shown, "taken-in")
    shown.evaluate("() => { document.addEventListener('paper-printed', () => { window.printed = true; }); }")
    keys.press("F8")
    for _ in range(100):  # the page's policy forbids the waiting that evaluates a string
        if shown.evaluate("() => window.printed"):
            break
        shown.wait_for_timeout(50)
    assert shown.evaluate("() => window.printed")
    keys.press("Enter")  # of the print dialogue, which a browser without a screen does not show
    keys.press("F10", leads_on=True)
    assert shown.url.endswith("/desk/counter/")
    assert keys.pressed <= MOST_KEYS
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.applicant.full_name) == ("received", "Ka Să H'Oanh Niê Kdăm Mẫu")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_counter_is_sound_when_something_is_missing_or_doubtful(page, town, look, width) -> None:
    account, sheet = town.here.intake.account, f"/desk/counter/{OPEN_LIMIT}/"
    shown = page("/desk/counter/?q=xyzxyz", width=width, account=account)
    look(shown, "nothing-found")
    shown = page(sheet, width=width, account=account)
    look(shown, "open-limit")
    shown.keyboard.press("F9")
    shown.locator(".govuk-error-summary").wait_for()
    look(shown, "errors")
    shown.get_by_role("link", name="Nhập họ tên người nộp hồ sơ như trên thẻ căn cước.").click()
    assert shown.evaluate("document.activeElement.id") == "id_who-full_name"
    keys = Keys(shown)
    keys.press("F3")
    keys.scan(CARD.replace("Niê", "Ni?E"))
    look(shown, "doubtful")


def test_a_second_dossier_of_the_same_matter_is_asked_about(page, town, look) -> None:
    filed = town.take_in(applicant=casting.applicant(citizen_id="003190000077"))
    shown = page(f"/en/desk/counter/{casting.CERTIFY}/", width=1280, account=town.here.intake.account)
    shown.locator("#id_who-full_name").fill("Đỗ Thị Mẫu")
    shown.locator("#id_who-citizen_id").fill("003190000077")
    keys = Keys(shown)
    keys.press("F9", leads_on=True)
    look(shown, "alike-english")
    assert shown.get_by_role("link", name=filed.number).is_visible()
    keys.press("F9", leads_on=True)
    assert Dossier.objects.count() == 2

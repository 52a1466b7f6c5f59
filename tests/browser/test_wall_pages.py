"""The pages of the wall: looked at in every state, and a sheet's way from the reprint list to the public page."""

import pytest
from django.utils import timezone

from motcua.kernel import gate
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, CERTIFY, Cast
from tests.procedures.postings import HALL, VILLAGE, photo

pytestmark = pytest.mark.browser
WALL = "/desk/procedures/wall/"


@pytest.fixture
def town(site):
    made = casting.make()
    hang(made, "first", HALL, BIRTH, CERTIFY, "ho-tich")
    hang(made, "second", VILLAGE, BIRTH)
    catalogue.make_overlay(
        office=made.here.commune,
        procedure=procedures.procedure(BIRTH),
        doc={"notes": "Xin mang theo giấy tờ gốc."},
        legal_source="",
        at=timezone.now(),
        by=made.here.procedure_manager,
        effective_from=timezone.localdate(),
    )
    yield made
    casting.forget()


def hang(cast: Cast, op_id: str, place: str, *keys: str) -> None:
    at = timezone.now()
    catalogue.post_sheets(
        office=cast.here.commune,
        keys=keys,
        place=place,
        posted_date=timezone.localdate(at),
        by=cast.here.procedure_manager,
        at=at,
        op_id=op_id,
        photo=catalogue.keep_photo(gate.take_picture(photo())),
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_sound_empty_filled_and_refused(page, town, nu_checker, picture, width) -> None:
    account = town.here.procedure_manager.account
    first = procedures.postings_of(town.here.commune)[0]
    paths = {
        "hanging": WALL,
        "field": f"{WALL}?sector=ho-tich",
        "reprint": f"{WALL}reprint/",
        "posting": f"{WALL}{first.pk}/",
        "quarter": f"{WALL}quarter/",
        "record": f"{WALL}record/?of=never",
    }
    # What differs by its words only is looked at once.
    once = {"nothing": f"{WALL}?sector=thu-nghiem", "quarter-before": f"/en{WALL}quarter/?quarter=2026-1"}
    for name, path in ((once if width == 360 else {}) | paths).items():
        shown = page(path, width=width, account=account)
        picture(shown, f"wall-{name}-{width}")
        assert_sound(shown, nu_checker, citizen=False)
    shown.get_by_role("button", name="Ghi nhận đã niêm yết").click()
    shown.wait_for_selector(".govuk-error-summary")
    picture(shown, f"wall-refused-{width}")
    assert_sound(shown, nu_checker, citizen=False)
    public = page(f"/{town.here.slug}/procedures/{BIRTH}/", width=width)
    picture(public, f"wall-public-{width}")
    assert_sound(public, nu_checker)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_sheet_is_changed_at_one_place_with_a_photo_and_the_public_page_says_it(page, town, javascript) -> None:
    shown = page(f"{WALL}reprint/", width=360, account=town.here.procedure_manager.account, javascript=javascript)
    assert shown.locator("tbody tr").count() == 3
    shown.get_by_role("button", name="Ghi nhận đã niêm yết").first.click()
    assert shown.get_by_label("Nơi niêm yết").input_value() == HALL
    shown.get_by_label("Ảnh chụp").set_input_files({"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    shown.get_by_role("button", name="Ghi nhận đã niêm yết").click()
    shown.get_by_text("Đã ghi nhận.").wait_for()
    shown.get_by_role("link", name="Đăng ký khai sinh").first.click()
    shown.get_by_text("Đúng bản đang áp dụng").wait_for()
    assert shown.locator("img.mc-proof").evaluate("async image => (await image.decode(), image.naturalWidth)") == 1600
    public = page(f"/{town.here.slug}/procedures/{BIRTH}/", javascript=javascript).locator("main").inner_text()
    assert f"tại {HALL}.\n" in public
    assert f"tại {VILLAGE}. Tờ đó là bản trước" in public

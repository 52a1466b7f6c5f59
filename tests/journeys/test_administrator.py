"""An administrator adds a colleague, who chooses a password and signs in; a day off moves a date, and says so.

Every settings page is looked at: empty, filled, with errors, on a telephone and at a desk.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.kernel import schedule
from motcua.kernel.identity import Post
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import OPEN_LIMIT, Cast

pytestmark = pytest.mark.browser
PASSWORD = "mot-mat-khau-dai-cho-thu"


@pytest.fixture
def town(site: str) -> Cast:
    made = casting.make()
    for person in (made.here.administrator, made.here.intake):
        person.account.set_password(PASSWORD)
        person.account.save()
    return made


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str) -> None:
        picture(shown, f"settings-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=False)

    return at


def press(shown, name: str) -> None:
    with shown.expect_navigation():
        shown.locator("main").get_by_role("button", name=name).first.click()


def fill(shown, **typed: str) -> None:
    for name, text in typed.items():
        shown.locator(f"[name={name}]").fill(text)


def next_working_day(town: Cast):
    calendar = schedule.calendar_for(town.here.commune)
    return calendar.next_working_day(timezone.localdate())


def sent_in(town: Cast):
    """Somebody brings a dossier at this very moment; three working days."""
    return town.take_in(OPEN_LIMIT, limit=casting.limit(3), at=timezone.now()).dossier


def test_a_colleague_comes_and_a_day_off_moves_a_date(page, town, look) -> None:
    before = sent_in(town)
    shown = page("/desk/settings/", width=1280, account=town.here.administrator.account)
    look(shown, "office")
    shown.get_by_role("link", name="Người làm việc và vị trí").click()
    look(shown, "people")
    press(shown, "Thêm người làm việc")
    press(shown, "Thêm")
    look(shown, "new-errors")
    fill(shown, full_name="Ka Să H'Oanh Niê Kdăm Mẫu", username="hoanh")
    shown.locator("[name=role]").select_option("intake_officer")
    shown.locator("[name=office]").select_option(town.here.centre.code)
    press(shown, "Thêm")
    look(shown, "link")
    link = shown.locator("#link").input_value()
    press(shown, "Đã giao đường dẫn")
    press(shown, "Giao vị trí")
    shown.locator("[name=role]").select_option("leader")
    shown.locator("[name=office]").select_option(town.here.commune.code)
    shown.get_by_label("Tạm thay").check()
    fill(shown, last_date=f"{timezone.localdate() + timedelta(days=30):%d/%m/%Y}")
    press(shown, "Giao vị trí này")
    look(shown, "person")

    theirs = page(link, width=360)
    look(theirs, "choose")
    fill(theirs, password=PASSWORD, again="khac")
    press(theirs, "Lưu mật khẩu")
    look(theirs, "choose-errors")
    fill(theirs, password=PASSWORD, again=PASSWORD)
    press(theirs, "Lưu mật khẩu")
    theirs.get_by_label("Tên đăng nhập").fill("hoanh")
    theirs.get_by_label("Mật khẩu").fill(PASSWORD)
    theirs.get_by_role("button", name="Đăng nhập", exact=True).click()
    theirs.wait_for_url("**/desk/")
    assert before.number in theirs.content()

    day = next_working_day(town)
    shown.goto(f"/desk/settings/{town.here.commune.code}/days/")
    press(shown, "Thêm một ngày")
    fill(shown, date=f"{day:%d/%m/%Y}", name="Ngày hội mẫu", source="TB 12/UBND")
    shown.get_by_label("Ngày lễ hoặc ngày nghỉ").check()
    press(shown, "Lưu")
    look(shown, "days-filled")
    assert "trước khi thay đổi hẹn trả" in shown.locator("main").inner_text()

    after = sent_in(town)
    assert after.due_at > before.due_at
    shown = page(f"/desk/dossiers/{after.number}/", width=1280, account=town.here.intake.account)
    assert "Ngày hội mẫu" in shown.locator("main").inner_text()
    shown.goto(f"/desk/dossiers/{before.number}/")
    assert "Ngày hội mẫu" not in shown.locator("main").inner_text()


PAGES = {
    "people-new": "people/new/",
    "hours": "hours/",
    "days": "days/",
    "day-new": "days/new/",
    "numbers": "numbers/",
    "contacts": "contacts/",
    "history": "history/",
    "people-none": "people/?name=zz",
}


@pytest.mark.parametrize("width", [360, 1280])
def test_every_settings_page_is_sound(page, town, look, width) -> None:
    start = f"/desk/settings/{town.here.commune.code}/"
    shown = page(start, width=width, account=town.here.administrator.account)
    look(shown, "office")
    for name, address in PAGES.items():
        shown.goto(start + address)
        look(shown, name)
    person = town.here.intake
    end = f"posts/{Post.objects.get(person=person).pk}/end/"
    for name in ("", "change/", "leave/", "link/", "account/", "posts/new/", end):
        shown.goto(f"{start}people/{person.pk}/{name}")
        look(shown, f"person-{name.replace('/', '-')}")
    shown.goto("/accounts/password/reset/")
    look(shown, "password-ask")
    shown = page("/accounts/password/new/nothing/", width=width, expect=404)
    look(shown, "password-dead")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_refusal_is_sound_and_stands_at_its_field(page, town, look, width) -> None:
    start = f"/desk/settings/{town.here.commune.code}/"
    me = town.here.administrator
    shown = page(f"{start}hours/", width=width, account=me.account)
    fill(shown, day_0="bảy giờ", valid_from="31/2/2027")
    press(shown, "Lưu")
    look(shown, "hours-errors")
    assert shown.locator("[name=day_0]").input_value() == "bảy giờ"
    shown.goto(f"{start}days/new/")
    press(shown, "Lưu")
    look(shown, "day-new-errors")
    shown.goto(f"{start}numbers/")
    fill(shown, agency_code="H 36", number_pattern="{n}")
    press(shown, "Lưu")
    look(shown, "numbers-errors")
    shown.goto(f"{start}contacts/")
    fill(shown, phone="gọi tôi")
    press(shown, "Lưu")
    look(shown, "contacts-errors")
    shown.goto(f"{start}people/{me.pk}/posts/{Post.objects.get(person=me).pk}/end/")
    press(shown, "Lưu ngày cuối")
    look(shown, "last-administrator")
    assert "không còn ai thay đổi được cài đặt" in shown.locator("main").inner_text()

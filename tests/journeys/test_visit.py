"""A delegation concludes, and what it asks of two communes is followed until it is there: conclusion, directives,
report, sent back with what is missing, approved, and the matrix. Every page is looked at, on a desk and on a telephone.
"""

from __future__ import annotations

from typing import Any

import pytest

from motcua.oversight.models import Conclusion, Directive
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.oversight import departments, directing
from tests.oversight.departments import World

pytestmark = pytest.mark.browser


@pytest.fixture
def world(site: str) -> World:
    return departments.make(casting.make())


@pytest.fixture
def look(nu_checker: Any, picture: Any) -> Any:
    def at(shown: Any, name: str) -> None:
        picture(shown, f"visit-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=False)

    return at


def press(shown: Any, key: str) -> None:
    """A key of the page that leads on, and the page behind it."""
    with shown.expect_navigation():
        shown.keyboard.press(key)


def test_what_is_concluded_is_followed_until_it_is_there(page: Any, world: World, look: Any) -> None:
    shown = page("/desk/conclusions/new/", width=1280, account=world.governor.account)
    shown.locator("[name=title]").fill("Làm việc tại hai xã")
    shown.locator("[name=text]").fill(directing.TEXT)
    for name, value in (("number", "12/TB-MAU"), ("dated", "23/11/2026"), ("signer", "Người Mẫu Tỉnh")):
        shown.locator(f"[name={name}]").fill(value)
    look(shown, "draft")
    press(shown, "F12")
    press(shown, "F9")
    conclusion = Conclusion.objects.get()
    shown.goto(shown.url + "paragraphs/4/")
    shown.locator("[name=result]").fill("Hết hồ sơ quá hạn")
    shown.get_by_label("Tất cả các xã").check()
    shown.locator("[name=due_date]").fill("23/12/2099")
    look(shown, "give")
    press(shown, "F12")
    assert conclusion.reference in shown.inner_text("main")
    look(shown, "conclusion")

    directive = Directive.objects.select_related("matter").get(office=world.here.commune)
    here = f"/desk/directives/{directive.reference}/"
    shown = page(f"{here}?act=report", width=360, account=world.here.leader.account)
    shown.locator("[name=text]").fill("Đã xong 12 hồ sơ.")
    look(shown, "report")
    press(shown, "F12")
    shown = page(f"{here}?act=send_back", width=1280, account=world.governor.account)
    shown.locator("[name=missing]").fill("Thiếu danh sách.")
    press(shown, "F12")
    look(shown, "sent-back")
    shown = page(f"{here}?act=report", width=1280, account=world.here.leader.account)
    shown.locator("[name=text]").fill("Kèm danh sách.")
    press(shown, "F12")
    shown = page(f"{here}?act=approve", width=1280, account=world.governor.account)
    press(shown, "F12")
    assert "Xong đúng hạn" in shown.inner_text("main")
    look(shown, "done")
    for width in (1280, 360):
        shown = page("/desk/directives/matrix/", width=width, account=world.governor.account)
        assert "Xong đúng hạn" in shown.inner_text("table")
        look(shown, "matrix")
        shown = page("/desk/directives/", width=width, account=world.governor.account)
        look(shown, "list")
        shown = page(f"/desk/conclusions/{conclusion.reference}/", width=width, account=world.governor.account)
        look(shown, "issued")

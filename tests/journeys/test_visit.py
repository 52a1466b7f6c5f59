"""A delegation visits two communes: the plan, the pack, the checklist on a telephone, what was found, minutes, the
conclusion. What it asks of both is followed until it is there: directives, report, sent back with what is missing,
approved, and the table of who stands where. Every page is looked at, on a desk and on a telephone.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from motcua.oversight.models import Conclusion, Directive, Visit
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH
from tests.oversight import departments
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


def picture_of_a_board() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return out.getvalue()


def fill(shown: Any, **given: str) -> None:
    for name, value in given.items():
        shown.locator(f"[name={name}]").fill(value)


def test_a_delegation_visits_concludes_and_what_it_asks_for_is_followed(page: Any, world: World, look: Any) -> None:
    world.cast.file(BIRTH)
    world.raised()
    _planned(page, world, look)
    visit = Visit.objects.select_related("matter").get()
    here = f"/desk/visits/{visit.reference}/"
    for width in (1280, 360):
        shown = page(f"{here}pack/", width=width, account=world.governor.account)
        assert "Vướng mắc chưa được trả lời (1)" in shown.inner_text("main")
        look(shown, "pack")
    _looked_at(page, world, look, here)
    _found(page, world, look, here)
    conclusion = Conclusion.objects.get()
    assert "Niêm yết đủ." in conclusion.text
    _issued_and_given(page, world, look, conclusion)
    _followed(page, world, look, Directive.objects.select_related("matter").get(office=world.here.commune))
    for width in (1280, 360):
        for where, name in (
            ("/desk/directives/matrix/", "matrix"),
            ("/desk/directives/", "list"),
            (f"/desk/conclusions/{conclusion.reference}/", "issued"),
            ("/desk/conclusions/", "conclusions"),
            ("/desk/visits/", "visits"),
            (here, "visit"),
        ):
            look(page(where, width=width, account=world.governor.account), name)


def _planned(page: Any, world: World, look: Any) -> None:
    shown = page("/desk/visits/new/", width=1280, account=world.governor.account)
    fill(shown, title="Làm việc tại hai xã", day="23/12/2099", begins="8:00", ends="11:30")
    fill(shown, delegates="Người Mẫu Tỉnh; Trưởng đoàn", agenda="Nghe báo cáo")
    for commune in (world.here.commune, world.there.commune):
        shown.get_by_label(commune.name).check()
    shown.get_by_label(world.justice.office.name).check()
    look(shown, "plan")
    press(shown, "F12")
    assert "Người Mẫu Tỉnh" in shown.inner_text("main")


def _looked_at(page: Any, world: World, look: Any, here: str) -> None:
    """By somebody of the department that goes along, on a telephone."""
    shown = page(f"{here}communes/{world.here.slug}/", width=360, account=world.justice.officer.account)
    posted = shown.locator("section", has=shown.locator("#check-posted"))
    posted.get_by_label("Tốt").check()
    posted.locator("textarea").fill("Niêm yết đủ.")
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture_of_a_board()}
    posted.locator("input[type=file]").set_input_files([photo])
    look(shown, "checklist")
    with shown.expect_navigation():
        shown.get_by_role("button", name="Lưu kết quả kiểm tra").click()
    assert "Ảnh 1" in shown.inner_text("main")


def _found(page: Any, world: World, look: Any, here: str) -> None:
    shown = page(here, width=1280, account=world.governor.account)
    for label, text in (("Điều làm tốt", "Niêm yết đủ."), ("Điều yêu cầu", "Hai xã giải quyết hết hồ sơ quá hạn.")):
        shown.get_by_label(label).check()
        shown.locator("[name=text]").fill(text)
        with shown.expect_navigation():
            shown.get_by_role("button", name="Ghi lại").click()
    fill(shown, minutes="Đã làm việc với hai xã.")
    look(shown, "found")
    with shown.expect_navigation():
        shown.get_by_role("button", name="Lưu biên bản").click()
    with shown.expect_navigation():
        shown.get_by_role("button", name="Soạn kết luận").click()
    fill(shown, number="12/TB-MAU", dated="23/11/2026", signer="Người Mẫu Tỉnh", signer_title="Phó Chủ tịch")
    look(shown, "draft")
    press(shown, "F12")
    press(shown, "F9")


def _issued_and_given(page: Any, world: World, look: Any, conclusion: Conclusion) -> None:
    asked = conclusion.paragraphs.get(text__startswith="Hai xã giải quyết").no
    where = f"/desk/conclusions/{conclusion.reference}/paragraphs/{asked}/"
    shown = page(where, width=1280, account=world.governor.account)
    press(shown, "F12")
    assert shown.get_by_role("alert").count()
    look(shown, "give-lacks")
    shown.get_by_label("Tất cả các xã").check()
    fill(shown, result="Hết hồ sơ quá hạn", due_date="23/12/2099")
    press(shown, "F12")
    assert "NV-" in shown.inner_text("main")


def _followed(page: Any, world: World, look: Any, directive: Directive) -> None:
    """Reported, sent back with what is missing, reported again, approved."""
    here, leader, governor = f"/desk/directives/{directive.reference}/", world.here.leader, world.governor
    shown = page(f"{here}?act=report", width=360, account=leader.account)
    fill(shown, text="Đã xong 12 hồ sơ.")
    look(shown, "report")
    press(shown, "F12")
    shown = page(f"{here}?act=send_back", width=1280, account=governor.account)
    fill(shown, missing="Thiếu danh sách.")
    press(shown, "F12")
    shown = page(f"{here}?act=report", width=1280, account=leader.account)
    assert "Thiếu danh sách." in shown.inner_text("main")
    fill(shown, text="Kèm danh sách.")
    press(shown, "F12")
    shown = page(f"{here}?act=approve", width=1280, account=governor.account)
    press(shown, "F12")
    assert "Xong đúng hạn" in shown.inner_text("main")
    look(shown, "done")

"""Somebody at home says on a telephone what is wrong; the counter looks, the leader answers and makes it public, and
whoever wrote reads it and says that it helps. Every page is looked at, on a desk and on a telephone.
"""

from __future__ import annotations

from typing import Any

import pytest

from motcua.dossiers import services as dossiers
from motcua.dossiers.online import faces
from motcua.oversight import services
from motcua.oversight.models import Feedback
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import NOW
from tests.oversight import departments
from tests.oversight.departments import World
from tests.oversight.feedback import PERSON, TEXT, published, sent

pytestmark = pytest.mark.browser


@pytest.fixture
def world(site: str) -> World:
    return departments.make(casting.make())


@pytest.fixture
def look(nu_checker: Any, picture: Any) -> Any:
    def at(shown: Any, name: str, *, citizen: bool = False) -> None:
        picture(shown, f"feedback-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=citizen)

    return at


def press(shown: Any, key: str) -> None:
    with shown.expect_navigation():
        shown.keyboard.press(key)


def send(shown: Any) -> None:
    with shown.expect_navigation():
        shown.get_by_role("button", name="Gửi").click()


def test_from_a_telephone_at_home_to_the_public_answer(page: Any, world: World, look: Any) -> None:
    at = f"/{world.here.slug}/feedback/"
    shown = page(f"/{world.here.slug}/", width=360)
    shown.get_by_role("link", name="Phản ánh, kiến nghị").click()
    look(shown, "new", citizen=True)
    send(shown)
    look(shown, "new-error", citizen=True)
    shown.get_by_label("Quy định hoặc thủ tục hành chính").check()
    shown.locator("[name=text]").fill(TEXT)
    for name, value in PERSON.items():
        shown.locator(f"[name={name}]").fill(value)
    send(shown)
    feedback = Feedback.objects.select_related("matter").get()
    assert services.claim_code_of(feedback) in shown.inner_text("main")
    look(shown, "sent", citizen=True)

    desk = _handled(page, world, feedback, look)
    assert "Đã trả lời, đã công khai" in desk.inner_text("main")

    shown = page(f"{at}status/", width=360)
    look(shown, "status-form", citizen=True)
    shown.locator("[name=number]").fill(feedback.number)
    shown.locator("[name=claim_code]").fill(services.claim_code_of(feedback).lower())
    with shown.expect_navigation():
        shown.get_by_role("button", name="Xem").click()
    with shown.expect_navigation():
        shown.get_by_role("button", name="Giúp được", exact=True).click()
    assert "Xin cảm ơn" in shown.inner_text("main")
    look(shown, "status", citizen=True)
    shown = page(f"{at}answers/", width=360)
    assert PERSON["name"] not in shown.inner_text("main")
    look(shown, "answers", citizen=True)


def _handled(page: Any, world: World, feedback: Feedback, look: Any) -> Any:
    """The counter accepts it from the one inbox, the leader answers and publishes: with the keyboard alone."""
    shown = page("/desk/", width=1280, account=world.here.intake.account)
    look(shown, "inbox")
    shown.keyboard.press("ArrowDown")
    press(shown, "Enter")
    press(shown, "F9")
    look(shown, "accept")
    press(shown, "F12")
    shown = page(f"/desk/feedback/{feedback.number}/", width=1280, account=world.here.leader.account)
    press(shown, "F9")
    shown.locator("[name=text]").fill("Từ nay chỉ ghi một lần.")
    press(shown, "F12")
    press(shown, "F9")
    look(shown, "publish")
    press(shown, "F12")
    look(shown, "one")
    return shown


def test_every_page_of_feedback_is_sound(page: Any, world: World, look: Any) -> None:
    published(world)
    asked = sent(world)
    leader = world.here.leader.account
    for width in (1280, 360):
        for name, where in (
            ("list", "/desk/feedback/"),
            ("take", "/desk/feedback/new/"),
            ("pass-on", f"/desk/feedback/{asked.number}/?act=pass_on"),
            ("guide", f"/desk/feedback/{asked.number}/?act=guide"),
        ):
            look(page(where, width=width, account=leader), name)


def test_one_tap_says_how_satisfied_somebody_is_and_the_leader_hears_it(page: Any, world: World, look: Any) -> None:
    cast, leader = world.cast, world.here.leader.account
    number = cast.returned().number
    shown = page(f"/desk/dossiers/{number}/", width=1280, account=world.here.intake.account)
    shown.get_by_role("link", name="Mời người dân").click()
    look(shown, "kiosk", citizen=True)
    with shown.expect_navigation():
        shown.get_by_role("button", name="Rất hài lòng").click()
    look(shown, "kiosk-thanks", citizen=True)
    look(page(faces.address(number), width=360), "kiosk", citizen=True)

    filed = cast.take_in()
    dossier = dossiers.settle_dossier(dossier=filed.dossier, by=world.here.approver, at=NOW, result_name="Kết quả")
    dossiers.return_result(dossier=dossier, by=world.here.intake, at=NOW, method="counter", receiver="Người Mẫu")
    shown = page(f"/status/?number={dossier.number}", width=360)
    shown.locator("[name=claim_code]").fill(filed.claim_code)
    with shown.expect_navigation():
        shown.get_by_role("button", name="Xem").click()
    with shown.expect_navigation():
        shown.get_by_role("button", name="Rất không hài lòng").click()
    shown.locator("[name=sentence]").fill("Chờ lâu, không ai giải thích")
    with shown.expect_navigation():
        shown.locator("#faces").get_by_role("button", name="Gửi").click()
    look(shown, "faces", citizen=True)

    shown = page("/desk/?queue=to_hear", width=1280, account=leader)
    shown.keyboard.press("ArrowDown")
    press(shown, "Enter")
    look(shown, "rating")
    shown.locator("[name=note]").fill("Đã gọi xin lỗi.")
    press(shown, "F12")
    assert "Đã gọi xin lỗi." in shown.inner_text("main")
    for width in (1280, 360):
        look(page("/desk/satisfaction/", width=width, account=leader), "satisfaction")
    counted = f"/desk/feedback/counted/?office={world.here.commune.code}&from=2026-11-01&to=2026-11-30&what=all"
    sent(world)
    look(page(counted, width=1280, account=leader), "counted")


def test_without_scripts_it_is_sent_and_followed_all_the_same(page: Any, world: World, picture: Any) -> None:
    shown = page(f"/{world.here.slug}/feedback/", width=360, javascript=False)
    shown.get_by_label("Thái độ, cách làm việc của cán bộ").check()
    shown.locator("[name=text]").fill("Chờ lâu, không ai giải thích")
    for name, value in PERSON.items():
        shown.locator(f"[name={name}]").fill(value)
    shown.get_by_role("button", name="Gửi").click()
    shown.get_by_role("link", name="Xem tình trạng").click()
    assert "Mới đến" in shown.inner_text("main")
    picture(shown, "feedback-plain")

"""An officer hits an error while receiving, says so in a sentence, the department answers, and the answer stands at
that step in the other commune. Somebody without an account says it too. Every page is looked at, on a desk and on a
telephone.
"""

from __future__ import annotations

from typing import Any

import pytest

from motcua.kernel.identity import Person
from motcua.oversight import services
from motcua.oversight.models import Difficulty
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, NOW
from tests.oversight import departments
from tests.oversight.departments import World
from tests.oversight.test_guidance import document

pytestmark = pytest.mark.browser


@pytest.fixture
def world(site: str) -> World:
    return departments.make(casting.make())


@pytest.fixture
def look(nu_checker: Any, picture: Any) -> Any:
    def at(shown: Any, name: str, *, citizen: bool = False) -> None:
        picture(shown, f"difficulty-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=citizen)

    return at


def press(shown: Any, key: str) -> None:
    """A key of the page that leads on, and the page behind it."""
    with shown.expect_navigation():
        shown.keyboard.press(key)


def broken(**_given: object) -> None:
    raise RuntimeError("a fault nobody expected")


def test_an_error_becomes_an_answer_at_that_step_in_the_other_commune(
    page: Any, world: World, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = world.cast.file(BIRTH).number
    monkeypatch.setattr("motcua.dossiers.services.receive_dossier", broken)
    shown = page(f"/desk/dossiers/{number}/", width=1280, account=world.here.intake.account)
    press(shown, "F9")
    assert "Mã lỗi này" in shown.inner_text("main")
    look(shown, "error")
    monkeypatch.undo()

    with shown.expect_navigation():
        shown.get_by_role("link", name="Có vướng mắc ở đây").click()
    shown.locator("[name=text]").fill("Bấm tiếp nhận thì trang báo lỗi")
    look(shown, "new")
    press(shown, "F12")
    assert "VM-" in shown.inner_text("main")
    difficulty = Difficulty.objects.select_related("matter").get()
    assert difficulty.error_reference
    look(shown, "sent")

    shown = _answered(page, world.justice.officer, look)
    with shown.expect_navigation():
        shown.get_by_role("button", name="Đưa trả lời thành hướng dẫn").click()
    look(shown, "guidance")

    theirs = world.cast.file(BIRTH, world.there).number
    for width in (1280, 360):
        shown = page(f"/desk/dossiers/{theirs}/", width=width, account=world.there.intake.account)
        assert "Tải lại trang rồi bấm lại." in shown.inner_text(".mc-guidance")
        look(shown, "at-the-step")


def _answered(page: Any, officer: Person, look: Any) -> Any:
    """The department takes it from the one inbox and answers, with the keyboard alone."""
    shown = page("/desk/", width=1280, account=officer.account)
    look(shown, "inbox")
    shown.keyboard.press("ArrowDown")
    press(shown, "Enter")
    press(shown, "F10")
    press(shown, "F9")
    shown.locator("[name=text]").fill("Tải lại trang rồi bấm lại.")
    look(shown, "answering")
    press(shown, "F12")
    assert "Đã trả lời" in shown.inner_text("main")
    look(shown, "answered")
    return shown


def test_every_page_of_difficulties_and_guidance_is_sound(page: Any, world: World, look: Any) -> None:
    answered, other = world.answered(), world.raised(world.there)
    services.ask_back(difficulty=other, question="Ở bước nào?", by=world.justice.officer, at=NOW)
    entry = services.publish_answer(difficulty=answered, by=world.justice.officer, at=NOW)
    kept = document(world, replaces=[document(world, "1/HD-MAU")])
    officer, case = world.justice.officer.account, world.there.case.account
    for width in (1280, 360):
        for name, where, account in (
            ("list", "/desk/difficulties/", officer),
            ("alike", f"/desk/difficulties/new/?procedure={BIRTH}&step=sign", case),
            ("clarify", f"/desk/difficulties/{other.number}/?act=clarify", case),
            ("join", f"/desk/difficulties/{other.number}/?act=join", officer),
            ("pass-on", f"/desk/difficulties/{world.raised().number}/?act=pass_on", officer),
            ("guidance-list", "/desk/guidance/", case),
            ("guidance-one", f"/desk/guidance/{entry.reference}/", officer),
            ("guidance-new", "/desk/guidance/new/", officer),
            ("gaps", "/desk/guidance/gaps/", officer),
            ("documents", "/desk/documents/", case),
            ("document", f"/desk/documents/{kept.reference}/", case),
            ("document-new", "/desk/documents/new/", officer),
        ):
            look(page(where, width=width, account=account), name)


@pytest.mark.parametrize("javascript", [True, False])
def test_anybody_says_it_on_a_telephone(page: Any, world: World, look: Any, picture: Any, javascript: bool) -> None:
    # What looks at a page needs its scripts; without them only the way is tried.
    seen = look if javascript else lambda shown, name, **_options: picture(shown, f"{name}-plain")
    shown = page(f"/{world.here.slug}/procedures/{BIRTH}/", javascript=javascript)
    shown.get_by_role("link", name="Có vướng mắc ở đây").click()
    seen(shown, "public", citizen=True)
    shown.get_by_role("button", name="Gửi").click()
    seen(shown, "public-error", citizen=True)
    shown.locator("[name=text]").fill("Không biết nộp giấy nào")
    shown.get_by_role("button", name="Gửi").click()
    assert "VM-" in shown.inner_text("main")
    seen(shown, "public-sent", citizen=True)
    assert Difficulty.objects.get().procedure_code == BIRTH

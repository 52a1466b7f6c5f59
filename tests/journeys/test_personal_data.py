"""Personal data: opened with a purpose, on record for the applicant, restricted, handed out, archived, destroyed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site: str) -> Cast:
    return casting.make()


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str, *, citizen: bool = False) -> None:
        picture(shown, f"personal-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=citizen)

    return at


def test_a_province_opens_with_a_purpose_and_the_applicant_reads_who(page, town, look) -> None:
    filed = town.file(BIRTH, at=timezone.now())
    leader = casting.leader_of(town.province)
    shown = page(f"/desk/dossiers/{filed.number}/", width=360, account=leader.account)
    look(shown, "purpose")
    shown.get_by_role("button", name="Mở hồ sơ").click()
    look(shown, "purpose-errors")
    shown.get_by_label("Trả lời phản ánh").check()
    shown.locator("[name=words]").fill("Trả lời đơn phản ánh ngày 20/11/2026.")
    shown.get_by_role("button", name="Mở hồ sơ").click()
    shown.get_by_text("đọc hồ sơ theo mục đích").wait_for()
    look(shown, "overseen")
    shown = page(f"/desk/dossiers/{filed.number}/", width=1280, account=town.here.leader.account)
    shown.get_by_role("link", name="Ai đã mở hồ sơ này").click()
    look(shown, "accesses")
    shown = page(f"/status/?number={filed.number}", width=360)
    shown.locator("#claim_code").fill(filed.claim_code)
    shown.locator("#claim_code").press("Enter")
    shown.locator("summary", has_text="Ai đã mở hồ sơ này").click()
    assert "Trả lời phản ánh" in shown.inner_text("main")
    assert "Người Mẫu Tỉnh" not in shown.inner_text("main")
    look(shown, "status", citizen=True)

"""A commune's leader reports upward on a telephone: drafted, changed, sent; the province finds it in the inbox and
acknowledges it. Every page is looked at.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from motcua.oversight.models import SituationReport
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import CERTIFY
from tests.oversight import departments
from tests.oversight.departments import World

pytestmark = pytest.mark.browser


@pytest.fixture
def world(site: str) -> Any:
    yield departments.make(casting.make())
    casting.forget()


@pytest.fixture
def look(nu_checker: Any, picture: Any) -> Any:
    def at(shown: Any, name: str) -> None:
        picture(shown, f"situation-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=False)

    return at


def press(shown: Any, key: str) -> None:
    """A key of the page that leads on, and the page behind it."""
    with shown.expect_navigation():
        shown.keyboard.press(key)


def test_a_report_is_drafted_changed_sent_and_acknowledged(page: Any, world: World, look: Any) -> None:
    now = timezone.now()
    world.cast.take_in(CERTIFY, at=now - timedelta(days=3))
    world.raised(at=now - timedelta(hours=2), text="Máy in hỏng")
    shown = page("/desk/report-upward/", width=360, account=world.here.leader.account)
    look(shown, "new")
    press(shown, "F12")
    assert "Máy in hỏng" in shown.inner_text("main")
    look(shown, "draft")
    shown.locator("[name=section_requests]").fill("Đề nghị tỉnh cấp máy in.")
    press(shown, "F9")
    assert "Đề nghị tỉnh cấp máy in." in shown.inner_text("main")
    assert shown.locator("textarea").count() == 0
    look(shown, "sent")
    report = SituationReport.objects.get()

    shown = page("/desk/?queue=situation_reports", width=1280, account=world.governor.account)
    shown.get_by_role("link", name=report.reference).first.click()
    shown.locator("[name=remark]").fill("Đã rõ.")
    look(shown, "read")
    press(shown, "F9")
    assert "Đã rõ." in shown.inner_text("main")
    look(shown, "acknowledged")
    shown = page("/desk/situation/", width=360, account=world.governor.account)
    assert "Đã đọc" in shown.inner_text("table")
    look(shown, "list")

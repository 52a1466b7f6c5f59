"""The crooked roads at the desk: late, stopped, handed elsewhere, undone, asked about; every page is looked at."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from motcua.dossiers import services
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import Filed
from motcua.kernel import schedule
from motcua.kernel.calendar import Day
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, CERTIFY, OPEN_LIMIT, Cast, limit

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site: str) -> Cast:
    return casting.make()


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str, *, citizen: bool = False) -> None:
        picture(shown, f"crooked-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=citizen)

    return at


def press(shown, key: str) -> None:
    """A key of the page that leads on, and the page behind it."""
    with shown.expect_navigation():
        shown.keyboard.press(key)


def opened(page, number: str, person: Person, width: int = 1280, act: str = ""):
    return page(f"/desk/dossiers/{number}/{f'?act={act}' if act else ''}", width=width, account=person.account)


def at_work(days: int = 0) -> datetime:
    """Nine in the morning of a working day so many days ago or before; the last one that has been, before nine."""
    calendar = schedule.calendar_for(Office.objects.get(kind="province"))
    day = timezone.localdate(timezone.now() - timedelta(hours=9))
    day -= timedelta(days=days)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return calendar.at(day, datetime.min.time()).replace(hour=9)


def late(town: Cast) -> Filed:
    return town.take_in(OPEN_LIMIT, limit=limit(1), at=at_work(12))


def test_a_late_dossier_is_apologised_for_with_the_keyboard_alone(page, town, look) -> None:
    filed = late(town)
    now = timezone.now()
    services.escalate_late_work(at=now)
    approver, leader = town.here.approver, town.here.leader
    look(page("/desk/?queue=overdue", width=1280, account=approver.account), "overdue")
    look(page("/desk/?queue=to_oversee", width=1280, account=leader.account), "to-oversee")
    shown = opened(page, filed.number, approver)
    look(shown, "late")
    press(shown, "Alt+h")
    look(shown, "extend")
    press(shown, "F12")
    look(shown, "extend-errors")
    shown.locator("[name=reason]").fill("Cần xác minh thực địa tại thôn, dự kiến xong trong tuần sau.")
    calendar = schedule.calendar_for(town.here.commune)
    day = calendar.add_working_days(timezone.localdate(), 5)
    shown.locator("[name=day]").fill(f"{day:%d/%m/%Y}")
    press(shown, "F12")
    assert f"{day:%d/%m/%Y}" in shown.inner_text("main")
    look(shown, "extended")
    status = page(f"/status/?number={filed.number}")
    status.locator("#claim_code").fill(filed.claim_code)
    status.locator("#claim_code").press("Enter")
    status.get_by_text("Chúng tôi xin lỗi").first.wait_for()
    look(status, "apology", citizen=True)


def test_what_is_stopped_is_taken_up_again(page, town, look) -> None:
    number = town.take_in(CERTIFY).number
    shown = opened(page, number, town.here.approver)
    look(shown, "acts")
    shown.locator("details.govuk-details summary", has_text="Việc khác").click()
    look(shown, "other-acts")
    press(shown, "Alt+r")
    shown.locator("[name=reason]").fill("Tòa án đang giải quyết tranh chấp.")
    shown.locator("[name=legal_basis]").fill("Nghị định mẫu 1/2026, Điều 2")
    look(shown, "stop")
    press(shown, "F12")
    assert "Dừng giải quyết" in shown.inner_text("main")
    look(shown, "stopped")
    press(shown, "Alt+z")
    look(shown, "undo")
    shown.locator("[name=reason]").fill("Bấm nhầm hồ sơ.")
    press(shown, "F12")
    assert Dossier.objects.get().state == "received"
    look(shown, "undone")


def test_the_wrong_office_and_the_wrong_procedure_are_corrected(page, town, look) -> None:
    number = town.take_in(CERTIFY).number
    shown = opened(page, number, town.here.approver)
    press(shown, "Alt+e")
    shown.locator("[name=procedure]").fill("khai sinh")
    shown.locator("[name=reason]").fill("Bấm nhầm thủ tục khi tiếp nhận.")
    press(shown, "F12")
    look(shown, "which-procedure")
    shown.locator(f"[name=chosen][value='{BIRTH}']").check()
    press(shown, "F12")
    assert Dossier.objects.get().procedure_code == BIRTH
    look(shown, "corrected")
    press(shown, "Alt+j")
    look(shown, "transfer")
    shown.locator("[name=office]").select_option(label=town.there.commune.name)
    shown.locator("[name=reason]").fill("Người nộp cư trú ở xã bên.")
    press(shown, "F12")
    look(shown, "transferred")
    look(opened(page, number, town.there.leader, 360), "transferred-there")


def test_an_opinion_is_asked_and_given_and_nobody_knows_who_is_competent(page, town, look) -> None:
    dossier = town.take_in(BIRTH).dossier
    shown = opened(page, dossier.number, town.here.case)
    press(shown, "Alt+i")
    look(shown, "ask-opinion")
    shown.locator("[name=office]").select_option(label=town.there.commune.name)
    shown.locator("[name=question]").fill("Người này có đăng ký thường trú tại xã không?")
    press(shown, "F12")
    look(shown, "asked")
    shown = opened(page, dossier.number, town.there.leader)
    look(shown, "asked-there")
    press(shown, "Alt+y")
    shown.locator("[name=answer]").fill("Có, từ năm 2020.")
    press(shown, "F12")
    look(shown, "answered")
    other = town.file(BIRTH).dossier
    services.doubt_competence(dossier=other, by=town.here.intake, at=timezone.now(), reason="Chưa rõ nơi cư trú.")
    look(page("/desk/?queue=unassigned", width=1280, account=town.here.intake.account), "unassigned")
    look(opened(page, other.number, town.here.intake, act="competence"), "competence")


def test_a_moved_appointment_and_the_settings_around_it(page, town, look) -> None:
    begun = at_work()
    dossier = town.take_in(OPEN_LIMIT, limit=limit(5), at=begun).dossier
    calendar = schedule.calendar_for(town.here.commune)
    day = calendar.add_working_days(timezone.localdate(begun), 2)
    administrator = town.here.administrator
    schedule.set_day(office=town.here.commune, day=Day(day, "off", "Nghỉ mẫu"), at=timezone.now(), by=administrator)
    assert services.recount_due_moments(at=timezone.now()) == 1
    look(opened(page, dossier.number, town.here.approver), "moved")
    base = f"/desk/settings/{town.here.commune.code}"
    for width in (360, 1280):
        look(page(f"{base}/late/", width=width, account=administrator.account), "settings-late")
        one = f"{base}/people/{town.here.case.pk}"
        look(page(f"{one}/absence/", width=width, account=administrator.account), "settings-absence")
        look(page(f"{one}/", width=width, account=administrator.account), "settings-person")

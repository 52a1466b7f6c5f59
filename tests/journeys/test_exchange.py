"""A portal's dossiers at the desk: matched, taken in, told and told again; and a list carried over."""

from __future__ import annotations

import pytest
from django.utils import timezone

from motcua.dossiers.models import Arrival, Dossier
from motcua.kernel import outbox
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, Cast
from tests.dossiers.foreign import message, other_side, send, system
from tests.dossiers.test_carrying import FILED, RECEIVED, sheet

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site: str) -> Cast:
    return casting.make()


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str) -> None:
        picture(shown, f"exchange-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=False)

    return at


def test_what_fits_nothing_is_matched_and_what_is_not_told_is_seen_to(page, town, look) -> None:
    intake = town.here.intake.account
    papers = [{"TepDinhKemId": "1", "TenTepDinhKem": "Giấy chứng sinh.pdf"}]
    odd = {"MaTTHC": "KS-01", "ChuHoSo": "Ka Să H'Oanh Niê Kdăm Mẫu", "TaiLieuNop": papers}
    with other_side() as there:
        there.answer = (400, b"")
        portal = system(town, endpoint=f"{there.address}/status")
        send(portal, message(town, **odd))
        send(portal, message(town, MaHoSo="G15-2", MaTTHC="9.999999"))
        inbox = page("/desk/?queue=to_match", width=1280, account=intake)
        look(inbox, "inbox")
        first = Arrival.objects.earliest("pk")
        look(page(f"/desk/arrivals/{first.pk}/", width=360, account=intake), "arrival")
        shown = page(f"/desk/arrivals/{first.pk}/", width=1280, account=intake)
        shown.fill("#id_procedure", "9.999999")
        shown.keyboard.press("F9")
        shown.wait_for_selector(".govuk-error-summary")
        look(shown, "wrong")
        assert shown.input_value("#id_full_name") == odd["ChuHoSo"]
        shown.fill("#id_procedure", BIRTH)
        shown.check("#id_remember")
        with shown.expect_navigation():
            shown.keyboard.press("F9")
        shown.wait_for_url("**/desk/dossiers/**")
        look(shown, "dossier")
        with shown.expect_navigation():
            shown.keyboard.press("F9")
        outbox.run_due(timezone.now())
        shown.reload()
        look(shown, "not-told")
        assert "Hệ thống kia chưa biết việc này" in shown.inner_text("main")
        there.answer = (200, b'{"error_code": "00"}')
        with shown.expect_navigation():
            shown.click("button[value=again]")
        outbox.run_due(timezone.now())
        assert there.told[-1]["TrangThaiHoSo"] == "2"
    other = page(f"/desk/arrivals/{Arrival.objects.latest('pk').pk}/", width=1280, account=intake)
    other.click("text=Không phải của trung tâm này")
    other.fill("#id_aside-reason", "Hồ sơ gửi thử")
    with other.expect_navigation():
        other.click("details button")
    look(page(f"/desk/dossiers/{Dossier.objects.get().number}/", width=360, account=intake), "dossier-small")


def test_a_list_of_an_earlier_system_is_tried_mended_and_carried_over(page, town, look, tmp_path) -> None:
    file = tmp_path / "danh-sach.xlsx"
    file.write_bytes(sheet(RECEIVED, FILED | {"procedure": "1.01", "filed_at": "hôm nào"}))
    shown = page("/desk/carry-over/", width=1280, account=town.here.administrator.account)
    look(shown, "list")
    shown.set_input_files("#id_file", file)
    with shown.expect_navigation():
        shown.click("text=Kiểm tra danh sách")
    look(shown, "list-tried")
    assert not Dossier.objects.exists()
    file.write_bytes(sheet(RECEIVED, FILED))
    shown.set_input_files("#id_file", file)
    with shown.expect_navigation():
        shown.click("button[value=take]")
    look(shown, "list-taken")
    assert Dossier.objects.count() == 2
    number = RECEIVED["number"]
    look(page(f"/desk/dossiers/{number}/", width=1280, account=town.here.case.account), "carried")
    small = page("/desk/carry-over/", width=360, account=town.here.administrator.account)
    look(small, "list-small")

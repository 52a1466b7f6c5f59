"""An outage from beginning to end: slips are reserved and printed, one is entered, one is asked about, one is void."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.dossiers import services
from motcua.dossiers.models import BlankSlip, SlipBlock
from motcua.dossiers.queries import blanks
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import CERTIFY

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site):
    yield casting.make()
    casting.forget()


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str, *, citizen: bool = False) -> None:
        picture(shown, f"outage-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker, citizen=citizen)

    return at


@pytest.mark.parametrize("width", [360, 1280])
def test_an_outage_from_the_printing_to_the_last_slip(page, town, look, width) -> None:
    account = town.here.intake.account
    shown = page("/desk/outage/", width=width, account=account)
    look(shown, "none")
    shown.locator("#id_counter").fill("Quầy 1")
    shown.locator("#id_count").fill("12")
    shown.get_by_role("button", name="Dành sẵn số").click()
    shown.wait_for_url("**/desk/outage/SLIPS-*/")
    look(shown, "reserved")
    block = SlipBlock.objects.get()
    now = timezone.now()
    # Printed an hour ago, so that the moment on the slip lies after it at any hour.
    services.note_slips_printed(block=block, by=town.here.intake, at=now)
    SlipBlock.objects.filter(pk=block.pk).update(printed_at=now - timedelta(days=1))
    first, second = BlankSlip.objects.order_by("place")[:2]

    # The code in the corner of the slip is scanned into the counter's box.
    shown.goto("/desk/counter/")
    shown.locator("#procedure").fill(f"https://vidu.example/status/?number={first.number}")
    shown.locator("#procedure").press("Enter")
    shown.wait_for_url(f"**/desk/counter/?slip={first.number}")
    look(shown, "counter")
    shown.goto(f"/desk/counter/{CERTIFY}/?slip={first.number}")
    look(shown, "sheet")
    shown.locator("#id_who-full_name").fill("Ka Să H'Oanh Niê Kdăm Mẫu")
    shown.locator("#id_paper-original-there").check()
    shown.get_by_role("button", name="Tiếp nhận").last.click()
    shown.locator(".govuk-error-summary").wait_for()
    look(shown, "sheet-errors")
    written = timezone.localtime(now - timedelta(hours=1))
    shown.locator("#id_slip-day").fill(f"{written:%d/%m/%Y}")
    shown.locator("#id_slip-time").fill(f"{written:%H:%M}")
    shown.get_by_role("button", name="Tiếp nhận").last.click()
    shown.locator(".mc-panel").wait_for()
    assert first.number in shown.locator(".mc-panel").inner_text()
    look(shown, "entered")

    # Somebody at home asks about a slip that lies in the drawer.
    other = page("/status/", width=width)
    other.locator("#number").fill(second.number)
    other.locator("#claim_code").fill(blanks.claim_code_of(second))
    other.locator("main form button").click()
    other.get_by_role("heading", name=second.number).wait_for()
    look(other, "asked", citizen=True)
    other.goto(f"/verify/receipt/?r={blanks.line_of(second)}")
    look(other, "verified", citizen=True)

    shown.goto(f"/desk/outage/{block.matter.reference}/")
    shown.locator("#id_last").fill("3")
    shown.get_by_role("button", name="Đây là phiếu cuối cùng").click()
    shown.locator("#id_slip").fill("3")
    shown.locator("#id_note").fill("Viết sai, đã xé cả hai liên")
    shown.get_by_role("button", name="Hủy phiếu này").click()
    shown.get_by_text("Đã hủy phiếu.").wait_for()
    look(shown, "block")
    shown.goto("/desk/outage/")
    look(shown, "blocks")

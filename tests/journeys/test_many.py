"""Several dossiers at once, the daily list, and checking a result: looked at on a desk and on a telephone."""

import pytest

from motcua.dossiers import services
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import NOW, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site: str) -> Cast:
    return casting.make()


def test_pages_for_many_and_the_page_of_checking_are_sound(page, town, nu_checker, picture) -> None:
    signed = town.take_in().dossier
    said = {"result_name": "Giấy xác nhận", "document_number": "15/UBND", "verify_code": "ACDEFGHJKPQRTWXY"}
    services.settle_dossier(dossier=signed, by=town.here.approver, at=NOW, **said)
    town.take_in()
    places = {
        "many": ("/desk/many/return/", town.here.intake.account),
        "many-none": ("/desk/many/advance/", town.here.intake.account),
        "handover": ("/desk/handover/?day=2026-11-23", town.here.intake.account),
        "verify": ("/verify/result/ACDEFGHJKPQRTWXY/", None),
        "verify-none": ("/verify/result/AAAA/", None),
    }
    for name, (address, account) in places.items():
        for width in (1280, 360):
            shown = page(address, width=width, account=account, expect=404 if name == "verify-none" else 200)
            picture(shown, f"{name}-{width}")
            assert_sound(shown, nu_checker, citizen=account is None)
    shown = page("/desk/many/return/", width=1280, account=town.here.intake.account)
    shown.check(f"input[value='{signed.number}']")
    with shown.expect_navigation():
        shown.keyboard.press("F12")
    assert "Đã xong" in shown.inner_text("main")
    assert_sound(shown, nu_checker, citizen=False)

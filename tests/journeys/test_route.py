"""The picture of a forked route, with a table that says the same, on a desk and on a telephone."""

import pytest

from motcua.dossiers import services
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import NOW, Cast
from tests.dossiers.forked import FORKED, publish

pytestmark = pytest.mark.browser


@pytest.fixture
def town(site: str) -> Cast:
    return casting.make()


def test_an_officer_sees_where_a_dossier_is_on_a_forked_route(page, town, nu_checker, picture) -> None:
    publish()
    filed = town.file(FORKED, answers={"wants_survey": False})
    services.receive_dossier(dossier=filed.dossier, by=town.here.intake, at=NOW)
    services.complete_step(dossier=filed.dossier, by=town.here.case, at=NOW, step="register")
    for width in (1280, 360):
        shown = page(f"/desk/dossiers/{filed.number}/route/", width=width, account=town.here.intake.account)
        picture(shown, f"desk-route-{width}")
        assert_sound(shown, nu_checker, citizen=False)
    rows = [row.inner_text() for row in shown.query_selector_all("tbody tr")]
    assert [("Đang ở đây" in row, "Không cần" in row) for row in rows] == [
        (False, False), (False, False), (False, True), (True, False), (False, False), (False, False),
    ]  # fmt: skip

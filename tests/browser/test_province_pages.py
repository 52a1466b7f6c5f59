"""All communes at once: looked at by who leads the province and by a commune, narrow and wide, walked into a list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from motcua.kernel import identity
from motcua.kernel.identity import Role
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, CERTIFY
from tests.oversight import departments
from tests.oversight.departments import World

pytestmark = pytest.mark.browser
PAGE = "/desk/province/"


@pytest.fixture
def world(site: str) -> Any:
    made = departments.make(casting.make())
    Role.objects.filter(code="province_leader").update(capabilities=[identity.LEAD, identity.OVERSEE])
    yield made
    casting.forget()


def some(world: World) -> None:
    now = timezone.now()
    for days in (40, 20, 9):
        world.cast.take_in(BIRTH, at=now - timedelta(days=days))
    world.cast.file(BIRTH, world.there, at=now - timedelta(days=3))
    world.cast.settled(CERTIFY, world.there, at=now - timedelta(days=8))
    world.raised(at=now - timedelta(hours=1))


def test_all_communes_are_seen_at_once_and_a_number_leads_to_its_dossiers(
    page: Any, world: World, nu_checker: Any, picture: Any
) -> None:
    some(world)
    for width in (360, 1280):
        shown = page(PAGE, width=width, account=world.governor.account)
        picture(shown, f"province-{width}")
        assert_sound(shown, nu_checker, citizen=False)
        # The page itself never scrolls sideways; the table does.
        assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shown.locator("thead a").first.click()
    assert shown.locator("th[aria-sort=ascending]").count() == 1
    shown.locator("tbody tr", has_text=world.here.commune.name).first.get_by_role("link").first.click()
    shown.wait_for_url("**/desk/board/list/**")
    assert_sound(shown, nu_checker, citizen=False)
    own = page(f"/en{PAGE}", width=1280, account=world.here.leader.account, scheme="dark")
    picture(own, "province-own")
    assert_sound(own, nu_checker, citizen=False)
    assert world.there.commune.name not in own.inner_text("main")
    for address in ("/desk/routing/", "/desk/routing/route/", "/desk/routing/limit/"):
        shown = page(address, width=360, account=world.governor.account)
        picture(shown, "routing-" + address.strip("/").rpartition("/")[2])
        assert_sound(shown, nu_checker, citizen=False)

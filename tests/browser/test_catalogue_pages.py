"""A commune's home and a procedure's page, looked at on a telephone and on a desk, in light and dark."""

import itertools
from datetime import UTC, datetime

import pytest

from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.browser.sound import assert_sound

pytestmark = pytest.mark.browser
VIEWS = list(itertools.product((360, 1280), ("light", "dark")))


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_home_search_and_procedures_are_sound(page, nu_checker, picture, width, scheme) -> None:
    town = f"/{casting.make().here.slug}/"
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=datetime(2026, 7, 2, tzinfo=UTC))
    for name, path in {
        "home": town,
        "nothing": f"{town}?q=xyzxyz",
        "birth": f"{town}procedures/1.001193/",
        "copies": f"/en{town}procedures/2.000815/",
    }.items():
        shown = page(path, width=width, scheme=scheme)
        picture(shown, f"catalogue-{name}-{width}-{scheme}")
        assert_sound(shown, nu_checker)
    casting.forget()

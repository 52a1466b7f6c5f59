"""The public pages of the catalogue, looked at on a telephone and on a desk, in light and dark."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from motcua.procedures import services as catalogue
from motcua.procedures import strict_yaml
from tests import cast as casting
from tests.browser import wire
from tests.browser.sound import assert_sound

pytestmark = pytest.mark.browser
PAGES = {
    "home": "",
    "found": "?q=m%E1%BA%A5t%20khai%20sinh",
    "near": "?q=%C4%91%C4%83ngk%C3%BDkhaisinhh%20quyzz",
    "nothing": "?q=xyzxyz",
    "field": "fields/ho-tich/",
    "everything": "procedures/",
    "birth": "procedures/1.001193/",
    "bare": "procedures/1.013821/",
    "police": "procedures/1.004222/",
}
LONGEST = 10


@pytest.fixture
def town(site: str) -> Iterator[str]:
    """A commune that offers the whole shipped catalogue."""
    slug = casting.make().here.slug
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=datetime(2026, 7, 2, tzinfo=UTC))
    yield f"/{slug}/"
    casting.forget()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_public_page_is_sound(page, nu_checker, picture, town, width) -> None:
    for name, path in PAGES.items():
        shown = page(town + path, width=width)
        picture(shown, f"catalogue-{name}-{width}")
        assert_sound(shown, nu_checker)


def test_pages_are_sound_in_the_dark_and_in_english(page, nu_checker, town) -> None:
    for path in ("", "procedures/1.001193/", "procedures/2.000815/", "fields/ho-tich/"):
        assert_sound(page(town + path, scheme="dark"), nu_checker)
        assert_sound(page(f"/en{town}{path}"), nu_checker)


def test_the_longest_procedures_are_sound_on_a_telephone(page, nu_checker, picture, town) -> None:
    """Whatever is folded is opened, so that all of it is looked at."""
    longest = sorted(catalogue.SHIPPED.rglob("[0-9]*.yaml"), key=lambda path: -path.stat().st_size)[:LONGEST]
    for code in (strict_yaml.loaded(path)["code"] for path in longest):
        shown = page(f"{town}procedures/{code}/")
        picture(shown, f"catalogue-longest-{code}")
        shown.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert_sound(shown, nu_checker)


def test_the_whole_list_and_a_first_visit_are_small(page, town, site) -> None:
    fresh = page(town)
    assert wire.without_letters(wire.sizes(fresh, f"{site}{town}procedures/")) < 80_000
    assert wire.without_letters(wire.sizes(page("/no", expect=404), f"{site}{town}procedures/1.001193/")) < 60_000


def test_a_first_visit_to_a_procedure_is_small_and_the_next_page_smaller(page, site, nu_checker) -> None:
    town = f"{site}/{casting.make().here.slug}/"
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=datetime(2026, 7, 2, tzinfo=UTC))
    context = page.browser.new_context(viewport={"width": 360, "height": 740})
    shown = context.new_page()
    first = wire.sizes(shown, f"{town}procedures/1.001193/")
    later = wire.sizes(shown, f"{town}procedures/1.004873/")
    print(f"\nprocedure page, first visit: {first.total()} bytes, without letters {wire.without_letters(first)};"
          f" the next procedure: {later.total()} bytes")  # fmt: skip
    assert wire.without_letters(first) <= 60_000
    assert first.total() <= 160_000
    assert later.total() <= 15_000
    context.close()
    casting.forget()

"""Everything that must hold of every page, in one call."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser import axe, nu, seen


def complaints(page: Page, checker: nu.Checker | None, *, citizen: bool = True) -> Iterator[str]:
    """What axe, the Nu checker and a ruler say."""
    yield from axe.findings(page)
    if (excess := axe.sideways(page)) > 0:
        yield f"the page is {excess} px wider than its window"
    if citizen:
        yield from axe.small_targets(page)
    if checker:
        yield from checker.errors_of(page)


def assert_sound(page: Page, checker: nu.Checker | None = None, *, citizen: bool = True) -> None:
    found = list(complaints(page, checker, citizen=citizen))
    assert not found, f"{page.url}\n" + "\n".join(found)
    seen.looked_at()

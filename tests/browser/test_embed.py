"""The list of procedures inside a page of another origin, as a commune would put it on a site of its own."""

import http.server
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH

pytestmark = pytest.mark.browser


@pytest.fixture
def elsewhere() -> Iterator[list[str]]:
    """A page of another origin: its address, then whatever it is to show."""
    pages = ["", ""]

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages[1].encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    pages[0] = f"http://127.0.0.1:{server.server_port}/"
    yield pages
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def town(site: str) -> str:
    made = casting.make()
    doc, begins = catalogue.document(next(catalogue.SHIPPED.rglob(f"{BIRTH}.yaml")))
    catalogue.publish_version(doc=doc, at=datetime(2026, 7, 2, tzinfo=UTC), by=None, effective_from=begins)
    return f"{site}/{made.here.slug}"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_is_sound(page, nu_checker, picture, town, width) -> None:
    for name, query in {"list": "", "nothing": "?q=xyzxyz"}.items():
        shown = page(f"{town}/embed/{query}", width=width)
        picture(shown, f"embed-{name}-{width}")
        assert_sound(shown, nu_checker)


def test_a_foreign_page_shows_the_list_and_its_links_leave_the_frame(chromium, picture, town, elsewhere) -> None:
    elsewhere[1] = (
        f'<!DOCTYPE html><title>Xã</title><iframe title="TTHC" src="{town}/embed/" width=340 height=640></iframe>'
    )
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    shown = context.new_page()
    shown.goto(elsewhere[0])
    frame = shown.frame_locator("iframe")
    frame.locator("#q").fill("khai sinh")
    frame.get_by_role("button").click()
    link = frame.get_by_role("link").first
    link.wait_for()
    picture(shown, "embed-elsewhere")
    assert context.cookies() == []
    link.click()
    shown.wait_for_url(f"{town}/procedures/**")
    context.close()


def test_a_foreign_page_cannot_frame_anything_else(chromium, town, elsewhere) -> None:
    elsewhere[1] = f'<!DOCTYPE html><title>Xã</title><iframe title="TTHC" src="{town}/"></iframe>'
    context = chromium.new_context()
    shown = context.new_page()
    shown.goto(elsewhere[0])
    shown.wait_for_load_state("networkidle")
    assert not any(frame.url.startswith(town) for frame in shown.frames)
    context.close()

"""A device learns to trust the centre's own authority: the journey of an officer's machine, in a browser of its own."""

import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, Response

from motcua.config.cli import door
from motcua.portal.https import kept
from motcua.portal.https import middleware as doors
from tests import cast as casting
from tests.browser import nu
from tests.browser.fixtures import ARGUMENTS, NAMES, absent
from tests.browser.sound import assert_sound

pytestmark = pytest.mark.browser
PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def centre(site: str, tmp_path: Path) -> Iterator[str]:
    """A centre by its name, with both doors open; the address of http."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    own = {"KEYS_FOLDER": tmp_path / "keys", "HTTPS_OWN": True, "HTTPS_PORT": port, "ALLOWED_HOSTS": ["xa-mau.test"]}
    stop = threading.Event()
    with override_settings(**own):
        kept.found("Mot Cua", timezone.now())
        http = LiveServerThread("127.0.0.1", lambda application: application)
        http.daemon = True
        http.start()
        standing = door.start(stop, WSGIHandler(), "127.0.0.1")
        http.is_ready.wait()
        while not doors.is_open():
            standing.join(0.05)
        yield f"http://xa-mau.test:{http.port}"
        stop.set()
        standing.join()
        http.terminate()
    doors.opened(0)


def trusting(home: Path) -> None:
    """What the steps of the page do, on this system: the authority among those that Chromium believes."""
    if shutil.which("certutil") is None:
        absent("The centre's authority was not tried in a browser: certutil is missing (apt install libnss3-tools).")
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    root = str(kept.folder() / "root.pem")
    for words in (["-N", "--empty-password"], ["-A", "-n", "Mot Cua", "-t", "C,,", "-i", root]):
        subprocess.run(["certutil", "-d", f"sql:{store}", *words], check=True, capture_output=True)


def launched(chromium: Browser, home: Path) -> Browser:
    """Another Chromium, of a person whose folder this is."""
    path = next(filter(None, map(shutil.which, NAMES)))
    more = ["--host-resolver-rules=MAP xa-mau.test 127.0.0.1"]
    return chromium.browser_type.launch(executable_path=path, args=[*ARGUMENTS, *more], env={"HOME": str(home)})


def opened(browser: Browser, centre: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, base_url=centre, locale="vi-VN")

    def note(response: Response) -> None:
        if response.request.is_navigation_request() and response.ok:
            nu.DOCUMENTS[page] = response

    page.on("response", note)
    return page


def answer(page: Page, word: str) -> None:
    page.locator("[data-answer]").get_by_text(word).wait_for()


def passkey_of(page: Page) -> None:
    """A key that says yes by itself, as a fingerprint would."""
    asked = page.context.new_cdp_session(page)
    asked.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    kind |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    asked.send("WebAuthn.addVirtualAuthenticator", {"options": kind})


def test_a_device_trusts_the_centre_and_has_camera_worker_and_passkey(
    chromium: Browser, centre: str, nu_checker: Any, picture: Any
) -> None:
    town = casting.make()
    account = town.here.intake.account
    account.set_password(PASSWORD)
    account.save()
    home = Path(tempfile.mkdtemp())
    with launched(chromium, home) as stranger:
        page = opened(stranger, centre, 360)
        page.goto("/install-certificate/")
        answer(page, "Chưa.")
        picture(page, "certificate-no-360")
        assert_sound(page, nu_checker)
    trusting(home)
    with launched(chromium, home) as trusted:
        page = opened(trusted, centre, 1280)
        page.goto("/install-certificate/")
        answer(page, "Có.")
        picture(page, "certificate-yes-1280")
        assert_sound(page, nu_checker)
        page.get_by_role("button", name="Thử ngay").click()
        page.get_by_role("heading", name="Có: kết nối đang an toàn").wait_for()
        picture(page, "certificate-works-1280")
        assert_sound(page, nu_checker)
        page.get_by_role("button", name="Luôn mở bằng kết nối an toàn").click()
        page.wait_for_url("https://xa-mau.test:*/accounts/login/**")
        page.goto("/accounts/login/")
        assert page.url.startswith("https://xa-mau.test:")
        passkey_of(page)
        signed_in(page, account.username)
        camera = "navigator.mediaDevices.getUserMedia({video: true}).then(stream => stream.getVideoTracks().length)"
        assert (page.evaluate("isSecureContext"), page.evaluate(camera)) == (True, 1)
        with_a_passkey(page)
    shutil.rmtree(home)
    casting.forget()


def signed_in(page: Page, username: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/desk/")


def with_a_passkey(page: Page) -> None:
    """Made at this device, and signed in with, at the centre's name over https."""
    page.goto("/accounts/2fa/webauthn/add/")  # led over to https; asks for the password once more
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url("https://**/webauthn/add/")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda address: "/webauthn/add/" not in address)
    page.context.clear_cookies(name="__Secure-sessionid")
    page.goto("/accounts/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url("https://**/desk/")

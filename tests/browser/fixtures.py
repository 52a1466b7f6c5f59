"""A served site and pages of Chromium, for every test that asks for them by name (tests/conftest.py names this plugin).

`site` is the address of the running centre, its tables empty after each test (arrange through services first);
`page("/path", width=360, javascript=True, scheme="light")` opens it. When the test ends, a page that asked a third
party for anything, or that reported an error of its scripts or of its content policy, fails the test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

from motcua.kernel import organisation
from motcua.kernel.identity import Account
from tests.browser import nu, seen

STRICT = os.environ.get("MOTCUA_TEST_STRICT") == "1"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--no-first-run",
    "--force-color-profile=srgb",
    # Without a screen Chromium has no preview, and falls over when a paper is printed.
    "--disable-print-preview",
    # A camera that shows a test picture, and needs no leave.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
# What the content policy refuses is an error of the page, also where the browser says so in no line of its own.
BREACHES = """document.addEventListener("securitypolicyviolation", (breach) =>
    console.error(`refused by ${breach.effectiveDirective}: ${breach.blockedURI} ${breach.sample}`));"""
HEIGHTS = {360: 740, 1280: 900}


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """A whole run in the browser says which templates stood in no page that was looked at."""
    whole = (
        config.option.markexpr == "browser" and not config.option.keyword and config.args == config.getini("testpaths")
    )
    if whole and (missing := seen.unseen()):
        terminalreporter.write_line(f"Templates that nobody looked at: {', '.join(missing)}")


def absent(what: str) -> None:
    """Skips with a sentence; a strict run fails instead."""
    if STRICT:
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        absent("The pages were not tried in a browser: Chromium is not installed here (apt install chromium).")
    # Playwright keeps an event loop in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    seen.begin()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def nu_checker() -> Iterator[nu.Checker]:
    """The Nu HTML checker as a server on this machine, started once."""
    try:
        checker = nu.start()
    except nu.Absent as reason:
        absent(str(reason))
    with checker:
        yield checker


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files named and compressed as in a real centre, because their size is part of what is tested."""
    real = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    folder = tmp_path_factory.mktemp("static")
    with override_settings(
        STORAGES={"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, **real},
        STATIC_ROOT=folder,
        WHITENOISE_AUTOREFRESH=False,
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture(scope="session")
def _server(collected: None, django_db_setup: None) -> Iterator[str]:
    """Django's threaded server without its own static files: WhiteNoise serves them, as it does in a real centre."""
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]):
        thread = LiveServerThread("127.0.0.1", lambda application: application)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


@pytest.fixture
def site(_server: str, transactional_db: None) -> Iterator[str]:
    """The address of the running centre."""
    organisation.forget_installation()
    yield _server
    organisation.forget_installation()
    connections.close_all()


def _session(account: Account) -> str:
    client = Client()
    client.force_login(account)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Pages:
    """Opens pages and remembers what they did wrong."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(
        self,
        path: str = "/",
        *,
        width: int = 360,
        javascript: bool = True,
        scheme: str = "light",
        expect: int = 200,
        account: Account | None = None,
        **options: Any,
    ) -> Page:
        """A page of a browser that has never been here; signed in when an account is given."""
        context = self.browser.new_context(
            base_url=self.base,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            java_script_enabled=javascript,
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
            **options,
        )
        self.contexts.append(context)
        if account:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(account), "url": self.base}])
        context.add_init_script(BREACHES)
        page = context.new_page()
        self._watch(page)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == expect, f"{path} answered {answer.status}"
        return page

    def _watch(self, page: Page) -> None:
        page.on("request", self._third_party)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", self._console)
        page.on("response", lambda response: self._document(page, response))

    def _third_party(self, request: Request) -> None:
        # The browser's own viewer of a paper is no third party.
        if not request.url.startswith((self.base, "data:", "blob:", "chrome:", "chrome-extension:")):
            self.complaints.append(f"asked a third party: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium writes a line of its own for every answer of 400 and above; the tests expect some of them.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _document(self, page: Page, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            nu.DOCUMENTS[page] = response
        elif response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.url} answered {response.status}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Pages]:
    """Opens pages: page("/", width=1280, javascript=False, scheme="dark")."""
    pages = Pages(chromium, site)
    yield pages
    pages.close()
    assert not pages.complaints, "\n".join(pages.complaints)


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keeps a picture of the whole page in the folder MOTCUA_TEST_PICTURES, when somebody wants to look at it."""
    folder = os.environ.get("MOTCUA_TEST_PICTURES")

    def take(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take

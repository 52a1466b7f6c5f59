"""One person at the counter, from the officer's first key to the next person: a certified copy in Chromium, typed as
fast as a practised hand types, with a card reader, and with a pause at each page to look at it.
"""

import shutil
import time
from typing import Any

from benchmarks import figures, server

CARD = "003190000077||Đỗ Thị Mẫu Bảy|24111990|Nữ|Thôn Mẫu 1|02012022"
# Five keys a second, two seconds to look at each of five pages, and five to hand over paper and talk.
KEY, LOOK, TALK = 200, 2.0, 5.0
PASSWORD = "thu-mot-cua-2026"


def run() -> None:
    """Print the seconds and the keys beyond typed data."""
    from playwright.sync_api import sync_playwright

    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        print("Chromium is not installed here: the counter was not measured.")
        return
    with server.running() as port, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-print-preview"]
        browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        shown = browser.new_page(base_url=f"http://127.0.0.1:{port}", viewport={"width": 1280, "height": 900})
        _sign_in(shown)
        begun = time.perf_counter()
        keys = _one_person(shown)
        spent = time.perf_counter() - begun
        browser.close()
    figures.say("counter, a certified copy from F4 to the next person", f"{spent:.0f} s", "≤ 45 s")
    figures.say("counter, keys beyond typed data (print dialogue included)", str(keys), "≤ 12")


def _sign_in(shown: Any) -> None:
    shown.goto("/accounts/login/")
    shown.fill("input[name=login]", "tiepnhan1")
    shown.fill("input[name=password]", PASSWORD)
    shown.click("main button[type=submit]")
    shown.wait_for_url("**/desk/**")


def _one_person(shown: Any) -> int:
    keyboard = shown.keyboard

    def leads_on(key: str) -> None:
        with shown.expect_navigation():
            keyboard.press(key)
        time.sleep(LOOK)

    leads_on("F4")
    keyboard.type("sao y", delay=KEY)
    leads_on("Enter")
    keyboard.insert_text(CARD)
    leads_on("Enter")  # the reader's own
    keyboard.type("Bằng tốt nghiệp", delay=KEY)
    keyboard.press("Tab")
    keyboard.type("2", delay=KEY)
    keyboard.press("Tab")
    keyboard.type("3", delay=KEY)
    keyboard.press("Alt+1")
    leads_on("F9")
    keyboard.press("F8")
    time.sleep(TALK)
    leads_on("F10")
    # F4, Enter, two Tabs, Alt+1, F9, F8, Enter in the print dialogue, F10
    return 9

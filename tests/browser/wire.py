"""What a page costs on the wire: bytes as they were sent, headers included, by kind of resource."""

from collections import Counter
from typing import Any

from playwright.sync_api import Page

LETTERS = "Font"


def sizes(page: Page, address: str) -> Counter[str]:
    """Goes there and counts what had to be fetched; the page's own cache works, so a second visit costs less."""
    session = page.context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    spent: Counter[str] = Counter()

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        spent[kinds.get(event["requestId"], "Other")] += int(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    session.detach()
    return spent


def without_letters(spent: Counter[str]) -> int:
    return spent.total() - spent[LETTERS]

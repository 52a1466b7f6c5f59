"""The Nu HTML checker: is the HTML that was sent sound? Errors count; its hints about style do not."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Self
from weakref import WeakKeyDictionary

from playwright.sync_api import Page, Response

JAR = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# The last document that each page was sent, as it was sent: the browser has mended what it shows.
DOCUMENTS: MutableMapping[Page, Response] = WeakKeyDictionary()
PATIENCE = 60.0


class Absent(Exception):
    """Why the checker cannot run here, in a sentence."""


class Checker:
    """The checker as a server on this machine, for as long as the `with` lasts."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.address = process, f"http://127.0.0.1:{port}/?out=json"

    def __enter__(self) -> Self:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                self.errors("<!DOCTYPE html><html lang=vi><title>a</title>")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
            else:
                return self
        self.__exit__(None, None, None)
        raise RuntimeError("The Nu HTML checker did not start.")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait()

    def errors(self, html: str) -> list[str]:
        """One line for each error: where, and what."""
        request = urllib.request.Request(
            self.address, html.encode(), {"Content-Type": "text/html; charset=utf-8", "User-Agent": "motcua-tests"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            messages = json.load(answer)["messages"]
        wrong = [message for message in messages if message["type"] in {"error", "non-document-error"}]
        return [f"line {each.get('lastLine', '?')}: {each['message']} {each.get('extract', '')}" for each in wrong]

    def errors_of(self, page: Page) -> list[str]:
        """The errors of the document that the page was sent."""
        return self.errors(DOCUMENTS[page].text())


def start() -> Checker:
    """Starts the server; says in a sentence what is missing."""
    if not shutil.which("java"):
        raise Absent("The HTML was not checked: Java is not installed here (apt install default-jre-headless).")
    if not JAR.exists():
        raise Absent("The HTML was not checked: run python -m motcua.config.assets --tests first.")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bound = "-Dnu.validator.servlet.bind-address=127.0.0.1"
    command = ["java", "-Xmx384m", bound, "-cp", str(JAR), "nu.validator.servlet.Main", str(port)]
    # A proxy meant for Java's downloads must not come between the test and this machine.
    environment = {key: value for key, value in os.environ.items() if key != "JAVA_TOOL_OPTIONS"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return Checker(process, port)

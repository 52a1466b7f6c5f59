"""Thirty-two clients at once, over real sockets: our filings a second against the floor's, and how long the slowest
waits.
"""

import http.client
import json
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable
from typing import Any

from benchmarks import figures, filing, server

# Both sides take turns, so that whatever else the machine does falls on both.
CLIENTS, SECONDS, ROUNDS = 32, 3, 4


def run() -> None:
    """Print both rates, their ratio, and our 99th percentile."""
    least, mine, waits, broken_floor, broken = 0.0, 0.0, list[float](), 0, 0
    with server.running() as port:
        ours = Filing(port)
        for _ in range(ROUNDS):
            rate, _, bad = _press(port, lambda line: _floor(line, ours.photo))
            least, broken_floor = least + rate / ROUNDS, broken_floor + bad
            rate, waited, bad = _press(port, ours.file)
            mine, waits, broken = mine + rate / ROUNDS, waits + waited, broken + bad
    figures.say("floor, 32 clients", f"{least:.0f} /s")
    figures.say("filings, 32 clients", f"{mine:.0f} /s")
    figures.say("filings / floor", f"{mine / least:.0%}", "≥ 40 %")
    figures.say("filings, p99", f"{figures.percentile(waits, 99):.0f} ms", "≤ 500 ms")
    figures.say("answers other than 201 (floor, ours)", f"{broken_floor}, {broken}", "0")


Line = http.client.HTTPConnection


def _press(port: int, act: Callable[[Line], bool]) -> tuple[float, list[float], int]:
    """What all clients together finish in a second, how long each took, and how many failed."""
    waits: list[float] = []
    broken: list[int] = []
    end = time.perf_counter() + SECONDS

    def client() -> None:
        line = Line("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            begun = time.perf_counter()
            good = act(line)
            waits.append((time.perf_counter() - begun) * 1000)
            if not good:
                broken.append(1)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(waits) / SECONDS, waits, len(broken)


def _send(line: Line, path: str, body: bytes, kind: str, **headers: str) -> tuple[int, bytes]:
    line.request("POST", path, body, {"Content-Type": kind, **headers})
    answer = line.getresponse()
    return answer.status, answer.read()


def _photo(line: Line, path: str, picture: bytes) -> str:
    mark = uuid.uuid4().hex
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    body = head.encode() + picture + uuid.uuid4().bytes + f"\r\n--{mark}--\r\n".encode()
    status, content = _send(line, path, body, f"multipart/form-data; boundary={mark}")
    return str(json.loads(content)["upload"]) if status == 201 else ""


def _floor(line: Line, picture: bytes) -> bool:
    kept = _photo(line, "/floor/photo", picture)
    fields = "&".join(f"{name}={_quoted(value)}" for name, value in {**filing.FLOOR, "upload": kept}.items())
    status, _ = _send(line, "/floor/form", fields.encode(), "application/x-www-form-urlencoded")
    return status == 201


def _quoted(value: str) -> str:
    return urllib.parse.quote(value)


class Filing:
    """A client of the API over a socket."""

    def __init__(self, port: int) -> None:
        self.photo = filing.photo()
        line = Line("127.0.0.1", port, timeout=30)
        commune = self._get(line, "/api/v1/communes")["items"][0]["slug"]
        self.base = f"/api/v1/{commune}"
        shape = self._get(line, f"{self.base}/procedures/{filing.CODE}/form")
        self.answers = shape["schema"]["examples"][0]
        self.required = [each["sid"] for each in shape["components"] if each["required"]]

    @staticmethod
    def _get(line: Line, path: str) -> dict[str, Any]:
        line.request("GET", path)
        found: dict[str, Any] = json.loads(line.getresponse().read())
        return found

    def file(self, line: Line) -> bool:
        """One filing with one photo; whether it was taken."""
        kept = _photo(line, f"{self.base}/uploads", self.photo)
        body = {
            "procedure": filing.CODE,
            "channel": "online",
            "applicant": {"full_name": "Người Mẫu", "phone": "0300000001"},
            "answers": self.answers,
            "components": [{"sid": sid, "files": [kept]} for sid in self.required],
        }
        key = {"Idempotency-Key": uuid.uuid4().hex}
        status, _ = _send(line, f"{self.base}/filings", json.dumps(body).encode(), "application/json", **key)
        return status == 201

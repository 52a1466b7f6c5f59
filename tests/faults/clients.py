"""Clients that file through the API and remember, for each of their keys, what they were told.

Nouns: Ledger (what was sent and what was acknowledged), Filer. A client whose line breaks sends the same again under
the same key, as a telephone does.
"""

from __future__ import annotations

import http.client
import io
import json
import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from tests.faults.centre import Centre, request

CODE = "1.001193"
TRIES_AGAIN = 0.1


@dataclass
class Ledger:
    """By key: the bodies that were sent, and the numbers with their claim codes that came back."""

    sent: dict[str, bytes] = field(default_factory=dict)
    told: dict[str, tuple[str, str]] = field(default_factory=dict)
    # A key that was told two numbers, or answered what no honest server answers.
    wrong: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def tell(self, key: str, status: int, content: bytes) -> bool:
        """Note an answer; whether the key is done."""
        if status == 201:
            answer = json.loads(content)
            pair = (answer["number"], answer["claim_code"])
            if self.told.setdefault(key, pair) != pair:
                self.wrong.append(f"{key} was told {self.told[key]} and {pair}")
            return True
        if status < 500 and status not in (404, 429):
            self.wrong.append(f"{key} was answered {status}: {content[:300]!r}")
        return False


class Filer:
    """Makes bodies for one commune and sends them."""

    def __init__(self, centre: Centre, ledger: Ledger, port: int = 0) -> None:
        self.centre, self.ledger, self.port = centre, ledger, port or centre.port
        slug = json.loads(centre.get("/api/v1/communes")[1])["items"][0]["slug"]
        self.base = f"/api/v1/{slug}"
        shape = json.loads(centre.get(f"{self.base}/procedures/{CODE}/form")[1])
        self.email = ""
        self.answers = shape["schema"]["examples"][0]
        self.required = [each["sid"] for each in shape["components"] if each["required"]]
        picture = io.BytesIO()
        Image.effect_noise((120, 90), 60).convert("RGB").save(picture, "JPEG")
        self.picture = picture.getvalue()

    def request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """One request by this client's line."""
        return request(self.port, method, path, body, headers)

    def upload(self) -> str:
        """The handle of a picture, unlike every other; OSError when the line breaks, "" when it is refused."""
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
        head += "Content-Type: image/jpeg\r\n\r\n"
        body = head.encode() + self.picture + uuid.uuid4().bytes + f"\r\n--{mark}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        status, content = self.request("POST", f"{self.base}/uploads", body, kind)
        return str(json.loads(content)["upload"]) if status == 201 else ""

    def begin(self) -> str:
        """A new key with its body, noted as sent before it is; "" where the upload was refused."""
        handle, key = self.upload(), uuid.uuid4().hex
        if not handle:
            return ""
        body: dict[str, Any] = {
            "procedure": CODE,
            "channel": "online",
            "applicant": {"full_name": "Đỗ Thị Mẫu", "phone": "0300000001", "email": self.email},
            "answers": self.answers,
            "components": [{"sid": sid, "files": [handle]} for sid in self.required],
        }
        self.ledger.sent[key] = json.dumps(body).encode()
        return key

    def send(self, key: str) -> bool:
        """Send what stands under this key, whether for the first time or again; whether it was acknowledged."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        begun = time.perf_counter()
        status, content = self.request("POST", f"{self.base}/filings", self.ledger.sent[key], headers)
        self.ledger.waits.append(time.perf_counter() - begun)
        return self.ledger.tell(key, status, content)

    def press(self, stop: threading.Event, dice: random.Random, pause: float = 0.0) -> None:
        """File one after another until `stop`; what was not acknowledged is sent again."""
        key = ""
        while not stop.is_set():
            try:
                key = key or self.begin()
                if key and self.send(key):
                    # Now and then the answer was read but not believed: the same again must be the same.
                    again, key = key, ""
                    if dice.random() < 0.1:
                        self.send(again)
            except (OSError, http.client.HTTPException, ValueError):
                stop.wait(TRIES_AGAIN)
            if pause:
                stop.wait(pause)

    def settle(self) -> None:
        """After the storm: everything that was sent and not acknowledged is sent until it is."""
        for key in set(self.ledger.sent) - set(self.ledger.told):
            for _ in range(50):
                if self.send(key):
                    break
                time.sleep(TRIES_AGAIN)


def at_once(filers: list[Filer], stop: threading.Event, seed: int, pause: float = 0.0) -> list[threading.Thread]:
    """Every client in a thread of its own."""
    threads = [
        threading.Thread(target=each.press, args=(stop, random.Random(seed + n), pause), daemon=True)
        for n, each in enumerate(filers)
    ]
    for thread in threads:
        thread.start()
    return threads

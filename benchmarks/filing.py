"""A full filing (upload, number, event, work item, outbox row, receipt address) against the floor, interleaved."""

import json
import random
import statistics
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from benchmarks import figures

ROUNDS = 150
CODE = "1.001193"
FLOOR = {
    "full_name": "Người Mẫu",
    "birth_date": "1990-01-01",
    "citizen_id": "003090000001",
    "phone": "0300000001",
    "email": "a@vidu.example",
    "child_name": "Trẻ Mẫu",
    "child_birth_date": "2026-11-01",
    "sex": "nu",
    "place": "Thôn Mẫu 1",
    "mother": "Mẹ Mẫu",
    "father": "Cha Mẫu",
    "copies": "1",
}


def photo() -> bytes:
    """A 100 kB picture: a real JPEG head and a tail that no reader minds."""
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.effect_noise((400, 300), 60).convert("RGB").save(buffer, "JPEG", quality=80)
    content = buffer.getvalue()
    return content + bytes(random.Random(1).randbytes(max(0, 100_000 - len(content))))


class Ours:
    """A client that files a birth registration through the API."""

    def __init__(self, client: Client) -> None:
        self.client = client
        commune = client.get("/api/v1/communes").json()["items"][0]["slug"]
        self.base = f"/api/v1/{commune}"
        shape = client.get(f"{self.base}/procedures/{CODE}/form").json()
        self.answers = shape["schema"]["examples"][0]
        self.required = [each["sid"] for each in shape["components"] if each["required"]]
        self.photo = photo()

    def file(self) -> None:
        """One filing with one photo."""
        picture = SimpleUploadedFile("a.jpg", self.photo + uuid.uuid4().bytes, "image/jpeg")
        kept = self.client.post(f"{self.base}/uploads", {"file": picture})
        assert kept.status_code == 201, kept.content
        body: dict[str, Any] = {
            "procedure": CODE,
            "channel": "online",
            "applicant": {"full_name": "Người Mẫu", "phone": "0300000001"},
            "answers": self.answers,
            "components": [{"sid": sid, "files": [kept.json()["upload"]]} for sid in self.required],
        }
        answer = self.client.post(
            f"{self.base}/filings", json.dumps(body), "application/json", headers={"Idempotency-Key": uuid.uuid4().hex}
        )
        assert answer.status_code == 201, answer.content


def floor(client: Client, picture: bytes) -> None:
    """The same amount of form and photo, kept plainly."""
    kept = client.post("/floor/photo", {"file": SimpleUploadedFile("a.jpg", picture, "image/jpeg")})
    answer = client.post("/floor/form", {**FLOOR, "upload": kept.json()["upload"]})
    assert answer.status_code == 201, answer.content


def run() -> None:
    """Print processor time and statements of both sides, and their ratio."""
    client = Client()
    ours = Ours(client)
    for _ in range(10):
        ours.file()
        floor(client, ours.photo)
    mine, least = [], []
    for _ in range(ROUNDS):
        mine.append(figures.cpu_ms(ours.file))
        least.append(figures.cpu_ms(lambda: floor(client, ours.photo)))
    with figures.statements() as sent:
        ours.file()
    with figures.statements() as sent_by_floor:
        floor(client, ours.photo)
    figures.say("floor, processor time (median)", f"{statistics.median(least):.1f} ms")
    figures.say("filing, processor time (median)", f"{statistics.median(mine):.1f} ms", "≤ 15 ms")
    figures.say("filing / floor", f"{statistics.median(mine) / statistics.median(least):.2f} ×")
    figures.say("statements, floor / filing", f"{len(sent_by_floor)} / {len(sent)}", "≤ 20")

"""Machines read what is asked for and answer it: once under a key, only what was asked for, each fault at its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Filing
from motcua.dossiers.services import Filed
from tests.cast import BIRTH, NOW, Cast
from tests.dossiers import asked
from tests.dossiers.asked import HOUR, LATER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(LATER + HOUR, tick=False):
        yield


@pytest.fixture
def filed(cast: Cast) -> Filed:
    made = cast.file(BIRTH, at=NOW)
    asked.ask(made.dossier, cast.here.intake, LATER)
    return made


def send(cast: Cast, filed: Filed, body: dict[str, Any], key: str = "key-1", code: str = "") -> Any:
    return Client().post(
        f"/api/v1/{cast.here.slug}/filings/{filed.number}/supplements",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": key, "Claim-Code": code or filed.claim_code},
    )


def handle(cast: Cast) -> str:
    sent = {"file": SimpleUploadedFile("giay.pdf", asked.PDF)}
    return str(Client().post(f"/api/v1/{cast.here.slug}/uploads", sent).json()["upload"])


def whole(cast: Cast) -> dict[str, Any]:
    paper = {"sid": "birth_paper", "files": [handle(cast)]}
    return {"answers": {"full_name": "Đỗ Mẫu Bình"}, "components": [paper]}


def standing(cast: Cast, filed: Filed) -> Any:
    address = f"/api/v1/{cast.here.slug}/filings/{filed.number}"
    return Client().get(address, headers={"Claim-Code": filed.claim_code}).json()


def test_the_open_request_stands_in_the_status_and_is_answered_once(cast: Cast, filed: Filed) -> None:
    told = standing(cast, filed)["supplement"]
    assert (told["n"], told["contact"]) == (1, asked.CONTACT)
    assert [(each["kind"], each["sid"], each["reason_code"]) for each in told["items"]] == [
        ("field", "full_name", "contradicts"),
        ("component", "birth_paper", "unreadable"),
    ]
    body = whole(cast)
    first, again = send(cast, filed, body), send(cast, filed, body)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert first.json()["digest"] == Filing.objects.get(dossier=filed.dossier, n=2).sha256
    assert standing(cast, filed)["supplement"] is None
    assert send(cast, filed, body, "key-2").status_code == 409
    assert send(cast, filed, {"answers": {"full_name": "Ai Khác"}}).status_code == 422


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"answers": {}}, "/answers/full_name"),
        ({"answers": {"full_name": "Đỗ Mẫu Bình", "a/b": 1}}, "/answers/a~1b"),
        ({"components": []}, "/components"),
        ({"components": [{"sid": "birth_paper", "files": ["no-such-upload"]}]}, "/components/0/files/0"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_each_fault_names_its_place(cast: Cast, filed: Filed, change: dict[str, Any], pointer: str) -> None:
    answer = send(cast, filed, whole(cast) | change)
    assert answer.status_code == 422
    assert pointer in {each["pointer"] for each in answer.json()["errors"]}
    assert Filing.objects.filter(dossier=filed.dossier).count() == 1


def test_a_paper_that_was_not_asked_for_is_a_fault(cast: Cast, filed: Filed) -> None:
    body = whole(cast)
    body["components"].append({"sid": "original", "files": body["components"][0]["files"]})
    pointers = {each["pointer"] for each in send(cast, filed, body).json()["errors"]}
    assert pointers == {"/components/1/sid"}


def test_a_wrong_code_opens_nothing_and_a_missing_key_is_refused(cast: Cast, filed: Filed) -> None:
    assert send(cast, filed, whole(cast), code="nonsense").status_code == 404
    assert send(cast, filed, whole(cast), key="").status_code == 400

"""Bodies and addresses that no page of ours sends: they are refused in words, and nothing breaks behind them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.dossiers.models import Draft
from motcua.dossiers.services import exchange
from motcua.kernel import identity
from tests.cast import NOW, Cast
from tests.dossiers import birth, foreign
from tests.dossiers.test_api import body
from tests.dossiers.test_bad_line import OP, edition_name
from tests.dossiers.test_bad_line import body as device_body

pytestmark = pytest.mark.django_db
# Written into the JSON as they are.
TEXTS = {
    "NUL": '"a\\u0000b"',
    "half a letter": '"a\\ud800b"',
    "deep": '{"a":' * 20_000,
    "no number": "NaN",
    "no end": "1e999",
    "very large": "9" * 6000,
    "large": "9" * 40,
}
each_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


def put(said: Any, *place: str | int) -> str:
    """The body with a mark in this place."""
    copy = json.loads(json.dumps(said))
    inner = copy
    for each in place[:-1]:
        inner = inner[each]
    inner[place[-1]] = "@@"
    return json.dumps(copy)


@pytest.fixture
def visitor() -> Client:
    cache.clear()
    return Client(raise_request_exception=False)


FILED = [("procedure",), ("applicant", "full_name"), ("answers",), ("answers", "full_name"), ("version",)]


@each_text
def test_a_filing_of_machines_is_filed_or_refused(cast: Cast, visitor: Client, text: str) -> None:
    for n, place in enumerate(FILED):
        answer = visitor.post(
            f"/api/v1/{cast.here.slug}/filings",
            put(body(version=1), *place).replace('"@@"', text),
            content_type="application/json",
            headers={"Idempotency-Key": f"key-{n}"},
        )
        assert answer.status_code in (201, 400, 404, 422), (place, answer.status_code)


@each_text
def test_a_message_of_another_system_is_taken_or_refused(cast: Cast, visitor: Client, text: str) -> None:
    key = exchange.give_key(system=foreign.system(cast), by=identity.system_person(), at=NOW)
    for n, name in enumerate(("MaHoSo", "MaTTHC", "PhienBan", "ChuHoSo", "NgayTiepNhan", "TaiLieuNop", "KhacNua")):
        said = foreign.message(cast) | {"MaHoSo": f"M-{n}"} | {name: "@@"}
        answer = visitor.post(
            "/api/exchange/dvcqg/dossiers",
            json.dumps(said).replace('"@@"', text),
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )
        assert answer.status_code in (200, 400), (name, answer.status_code)


BROUGHT = [("op_id",), ("key",), ("edition",), ("pages",), ("pages", "child", "fields", 0, 1), ("papers",)]
BROUGHT += [("pages", "applicant", "fields", 0, 1), ("pages", "child", "mark")]


@each_text
def test_what_a_device_brings_is_put_to_the_draft_or_refused(cast: Cast, visitor: Client, text: str) -> None:
    way, said = birth.publish(cast), device_body(edition_name(cast))
    for place in BROUGHT:
        whole = put(said, *place).replace('"@@"', text)
        answer = visitor.post(f"{way}bring/", whole, content_type="application/json", headers={"Idempotency-Key": OP})
        assert answer.status_code < 500, (place, answer.status_code)


@each_text
def test_a_file_in_pieces_is_announced_or_refused(cast: Cast, visitor: Client, text: str) -> None:
    said = {"name": "giay.jpg", "size": 10, "sha256": "0" * 64}
    for name in said:
        whole = json.dumps(said | {name: "@@"}).replace('"@@"', text)
        answer = visitor.put(f"/{cast.here.slug}/pieces/{'p' * 48}/", whole, content_type="application/json")
        assert answer.status_code < 500, (name, answer.status_code)


@each_text
def test_what_is_typed_into_forms_that_read_json_is_refused_in_words(cast: Cast, visitor: Client, text: str) -> None:
    for address, name in (("/accounts/2fa/webauthn/login/", "credential"), ("/verify/receipt/", "text")):
        answer = visitor.post(address, {name: text})
        assert answer.status_code < 500, (address, answer.status_code)


def test_what_no_text_can_carry_is_left_out_of_what_is_typed(cast: Cast, visitor: Client) -> None:
    way = birth.publish(cast)
    visitor.post(way)
    typed = birth.APPLICANT | {"full_name": "Đỗ\x00 Thị\u202e Mẫu\x1b"}
    assert visitor.post(f"{way}applicant/", typed).status_code == 303
    assert Draft.objects.get().applicant["full_name"] == "Đỗ Thị Mẫu"


SIGNS = ["%00", "%FF", "%0b", "9" * 40, "%C2%B2", "..%2F..%2F", "%2F%2Fevil.example%2F", "9999-12-31", "0001-01-01"]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_address_breaks(cast: Cast, visitor: Client, sign: str) -> None:
    town = cast.here.slug
    paths = [
        "verify/result/@/",
        "phone/@/",
        "status/@/",
        "guidance/@.atom",
        "status/?number=@",
        "?q=@",
        "verify/?code=@",
    ]
    paths += [f"{town}/procedures/?q=@&page=@&after=@", f"{town}/procedures/@/", f"{town}/embed/?q=@&sector=@"]
    paths += [f"{town}/pieces/@/", f"{town}/feedback/status/@/", f"{town}/apply/@/", "accounts/password/new/@/"]
    paths += [
        f"api/v1/{town}/procedures?q=@&page=@&sector=@",
        f"api/v1/{town}/procedures/@",
        f"api/v1/{town}/filings/@",
    ]
    paths += [f"{town}/difficulty/?procedure=@&version=@&step=@&field=@&page=@", f"{town}/difficulty/sent/@/"]
    for path in paths:
        answer = visitor.get("/" + path.replace("@", sign))
        assert answer.status_code < 500, (path, answer.status_code)
        assert "evil.example" not in answer.headers.get("Location", "").partition("?")[0].partition("result/")[0]


@pytest.mark.parametrize("sign", [*SIGNS, "²"])
def test_no_address_of_the_desk_breaks(cast: Cast, visitor: Client, sign: str) -> None:
    visitor.force_login(cast.here.leader.account)
    paths = ["find/?q=@", "handover/?day=@", "difficulties/?q=@&procedure=@", "feedback/?q=@", "board/?office=@"]
    paths += ["difficulties/new/?procedure=@&version=@&step=receive", "feedback/counted/?office=@&from=@&to=@"]
    paths += ["satisfaction/?office=@&from=@&to=@", "?queue=@&after=@_@", "directives/matrix/?conclusion=@"]
    for path in paths:
        answer = visitor.get("/desk/" + path.replace("@", sign))
        assert answer.status_code < 500, (path, answer.status_code)

"""The road for machines: what is filed is one dossier, what is wrong is named in two languages."""

import io
import json
import threading
from typing import Any

import jsonschema
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from motcua.dossiers.models import Dossier
from tests import cast as casting
from tests.cast import BIRTH, CERTIFY, NOW, Cast

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def body(**changes: Any) -> dict[str, Any]:
    who = {"full_name": "Đỗ Thị Mẫu", "phone": "0300000001", "citizen_id": "003190000001"}
    return {
        "procedure": BIRTH, "channel": "online", "applicant": who, "answers": {"full_name": "Đỗ Mẫu An"}
    } | changes  # fmt: skip


def file(cast: Cast, sent: Any, key: str = "key-1", **headers: str) -> Any:
    headers = {"Idempotency-Key": key, **headers} if key else headers
    return Client().post(
        f"/api/v1/{cast.here.slug}/filings", json.dumps(sent), content_type="application/json", headers=headers
    )


def upload(cast: Cast, content: bytes = PDF, name: str = "giay.pdf") -> Any:
    return Client().post(f"/api/v1/{cast.here.slug}/uploads", {"file": SimpleUploadedFile(name, content)})


def pointers(answer: Any) -> set[str]:
    assert answer["Content-Type"] == "application/problem+json"
    found = answer.json()
    assert found["status"] == answer.status_code
    assert all(each["vi"] and each["en"] for each in found["errors"])
    return {each["pointer"] for each in found["errors"]}


def get(cast: Cast, rest: str, **headers: str) -> Any:
    return Client().get(f"/api/v1/{cast.here.slug}/{rest}", headers=headers)


def test_communes_and_procedures_are_listed_until_an_empty_page(cast: Cast) -> None:
    communes = Client().get("/api/v1/communes").json()["items"]
    assert {each["slug"] for each in communes} == {cast.here.slug, cast.there.slug}
    found = get(cast, "procedures?q=khai+sinh").json()["items"]
    assert (found[0]["code"], found[0]["online"]) == (BIRTH, True)
    assert get(cast, "procedures?page=2").json() == {"items": []}
    assert [each["code"] for each in get(cast, "procedures?sector=chung-thuc").json()["items"]] == [CERTIFY]
    assert get(cast, f"procedures/{BIRTH}").json()["mode"] == "here"


def test_a_form_carries_a_complete_example_that_can_be_filed(cast: Cast) -> None:
    form = get(cast, f"procedures/{BIRTH}/form").json()
    example = form["schema"]["examples"][0]
    jsonschema.Draft202012Validator(form["schema"]).validate(example)
    assert form["components"] == [{"sid": "birth_paper", "title": "Giấy chứng sinh", "required": False}]
    assert file(cast, body(answers=example, version=form["version"])).status_code == 201


def test_a_repeat_of_a_key_is_the_same_answer_and_one_dossier(cast: Cast) -> None:
    first, again = file(cast, body()), file(cast, body())
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert set(first.json()) == {"number", "claim_code", "filed_at", "receipt_url", "status_url"}
    assert Dossier.objects.count() == 1
    assert not first.cookies


def test_another_request_under_a_key_is_refused(cast: Cast) -> None:
    file(cast, body())
    assert file(cast, body(answers={"full_name": "Đỗ Mẫu Bình"})).status_code == 422
    assert Dossier.objects.count() == 1


def test_the_key_is_looked_up_before_the_uploads(cast: Cast) -> None:
    handle = upload(cast).json()["upload"]
    sent = body(components=[{"sid": "birth_paper", "files": [handle]}])
    first = file(cast, sent)
    with time_machine.travel(NOW.replace(day=25), tick=False):
        again = file(cast, sent)
        assert file(cast, sent, "key-2").status_code == 422
    assert again.status_code == 201
    assert again.json() == first.json()


@pytest.mark.parametrize("key", ["", "with blank", "x" * 201])
def test_without_a_proper_key_nothing_is_filed(cast: Cast, key: str) -> None:
    answer = file(cast, body(), key)
    assert answer.status_code == 400
    assert pointers(answer) == {""}


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"answers": {}}, 422, "/answers/full_name"),
        ({"answers": {"full_name": "Đỗ Mẫu An", "a/b": 1}}, 422, "/answers/a~1b"),
        ({"applicant": {"full_name": "Đỗ Mẫu", "phone": "12"}}, 422, "/applicant/phone"),
        ({"applicant": {}}, 422, "/applicant/full_name"),
        ({"colour": "red"}, 422, "/colour"),
        ({"channel": "fax"}, 422, "/channel"),
        ({"procedure": "9.999999"}, 422, "/procedure"),
        ({"version": 7}, 409, "/version"),
        ({"components": [{"sid": "birth_paper", "files": ["no-such-upload"]}]}, 422, "/components/0/files/0"),
        ({"components": [{"sid": "other", "files": ["no-such-upload"]}]}, 422, "/components/0/sid"),
        ({"procedure": CERTIFY}, 409, "/channel"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(cast: Cast, changes: Any, status: int, pointer: str) -> None:
    answer = file(cast, body(**changes))
    assert answer.status_code == status, answer.content
    assert pointer in pointers(answer)
    assert not Dossier.objects.exists()


def test_a_counter_matter_is_filed_by_a_machine_only_in_a_demonstration(cast: Cast) -> None:
    assert file(cast, body(procedure=CERTIFY, channel="direct")).status_code == 201


def test_where_a_dossier_stands_is_told_to_the_claim_code_alone(cast: Cast) -> None:
    filed = file(cast, body()).json()
    address = f"filings/{filed['number']}"
    told = get(cast, address, **{"Claim-Code": filed["claim_code"]}).json()
    assert told["status"] == "submitted"
    assert told["portal_status"] == 1
    assert [each["type"] for each in told["history"]] == ["dossiers.filed"]
    without, wrong = get(cast, address), get(cast, address, **{"Claim-Code": "3333333333"})
    absent = get(cast, "filings/H36.24-260101-9999", **{"Claim-Code": filed["claim_code"]})
    assert without.status_code == wrong.status_code == absent.status_code == 404
    assert without.content == wrong.content == absent.content


def test_the_receipt_is_what_the_pages_give_for_the_claim_code_alone(cast: Cast) -> None:
    filed = file(cast, body()).json()
    address = filed["receipt_url"].removeprefix("http://testserver")
    told = Client().get(address, headers={"Claim-Code": filed["claim_code"].lower()})
    assert told["Content-Type"] == "application/pdf"
    words = PdfReader(io.BytesIO(told.content)).pages[0].extract_text()
    assert "XÁC NHẬN ĐÃ GỬI HỒ SƠ" in words
    assert filed["claim_code"] in words.replace("-", "")
    assert Client().get(address).status_code == 404


def test_before_receipt_there_is_no_day_but_a_sentence_why(cast: Cast) -> None:
    filed = file(cast, body()).json()
    told = get(cast, f"filings/{filed['number']}", **{"Claim-Code": filed["claim_code"]}).json()
    assert told["due_at"] is None
    assert "khi hồ sơ được tiếp nhận" in told["due_why"]


def test_everything_that_is_wrong_is_told_at_once(cast: Cast) -> None:
    wrong = body(answers={}, applicant={"full_name": "Đỗ Mẫu", "phone": "12"})
    wrong["components"] = [{"sid": "other", "files": ["no-such-upload"]}]
    found = pointers(file(cast, wrong))
    assert found >= {"/answers/full_name", "/applicant/phone", "/components/0/sid", "/components/0/files/0"}


def test_an_upload_answers_with_a_handle_and_the_digest(cast: Cast) -> None:
    answer = upload(cast)
    assert answer.status_code == 201
    assert len(answer.json()["digest"]) == 64
    assert upload(cast, b"<svg/>").status_code == 415
    assert upload(cast, b"").status_code == 422
    assert pointers(upload(cast, b"<svg/>")) == {"/file"}


def test_other_requests_are_answered_with_problems_too(cast: Cast) -> None:
    filings = f"/api/v1/{cast.here.slug}/filings"
    plain = Client().post(filings, "x", content_type="text/plain", headers={"Idempotency-Key": "k"})
    broken = Client().post(filings, "{", content_type="application/json", headers={"Idempotency-Key": "k"})
    answers = {415: plain, 400: broken, 405: Client().delete(filings), 404: Client().get("/api/v1/nothing/here")}
    for status, answer in answers.items():
        assert answer.status_code == status
        pointers(answer)


def test_a_network_that_asks_too_often_is_told_when_to_come_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.dossiers.limits.MOST_IN_DEMO", 0)
    answer = file(cast, body())
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"


def test_one_filing_takes_at_most_twenty_statements(cast: Cast) -> None:
    handle = upload(cast).json()["upload"]
    file(cast, body(), "warm")
    with CaptureQueriesContext(connection) as asked:
        answer = file(cast, body(components=[{"sid": "birth_paper", "files": [handle]}]))
    assert answer.status_code == 201
    own = [each["sql"] for each in asked if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert len(own) <= 20, "\n".join(own)


@pytest.mark.django_db(transaction=True)
def test_the_same_request_sent_eight_times_at_once_is_one_dossier() -> None:
    cast = casting.make()
    answers: list[Any] = []

    def send() -> None:
        try:
            answers.append(file(cast, body()))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    casting.forget()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Dossier.objects.count() == 1

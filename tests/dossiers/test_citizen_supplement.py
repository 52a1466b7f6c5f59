"""The applicant's side: the claim code opens what was asked for, page by page; messages and withdrawal beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier, Filing, SupplementDraft
from motcua.dossiers.online import opening
from motcua.dossiers.services import Filed, Need
from tests.cast import NOW, Cast
from tests.dossiers import asked, birth
from tests.dossiers.asked import DAY, HOUR, LATER, PDF

pytestmark = pytest.mark.django_db
ANSWERS = {"child_name": "Đỗ Mẫu An", "born": "2026-11-03", "with_father": False}
NEEDS = (
    Need("field", "born", "contradicts", "Ghi ngày sinh như trên giấy.", "Giấy ghi ngày 13."),
    Need("field", "with_father", "other", "Cho biết có khai cha không."),
    Need("component", "birth_paper", "unreadable", "Chụp lại giấy chứng sinh."),
)
BORN = {"born-day": "13", "born-month": "11", "born-year": "2026", "with_father": "false"}


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(LATER + HOUR, tick=False):
        yield


@pytest.fixture
def filed(cast: Cast) -> Filed:
    """A birth for which the date, the father and the paper are to be mended."""
    birth.publish(cast)
    made = cast.file(birth.CODE, answers=ANSWERS, components=[asked.photo()])
    asked.ask(made.dossier, cast.here.intake, LATER, *NEEDS)
    return made


def opened(client: Client, filed: Filed) -> str:
    """The status page as the claim code opens it."""
    page = client.post("/status/", {"number": filed.number, "claim_code": filed.claim_code})
    assert page.status_code == 200
    return page.content.decode()


def at(filed: Filed, rest: str = "") -> str:
    return f"/status/{filed.number}/{rest}"


def paper() -> dict[str, Any]:
    return {"birth_paper": SimpleUploadedFile("giay.pdf", PDF), "go_on": "1"}


def test_the_status_page_says_what_is_wrong_why_how_to_mend_it_whom_to_call_until_when(
    client: Client, filed: Filed
) -> None:
    page = opened(client, filed)
    for words in ("Ngày sinh của trẻ", "Giấy ghi ngày 13.", "Chụp lại giấy chứng sinh.", asked.CONTACT, "03/12/2026"):
        assert words in page
    assert at(filed, "supplement/") in page


def test_only_what_was_asked_for_is_open_and_it_is_filed_once(client: Client, filed: Filed) -> None:
    opened(client, filed)
    first = client.get(at(filed, "supplement/"))
    assert first.headers["Location"] == at(filed, "supplement/child/")
    page = client.get(at(filed, "supplement/child/")).content.decode()
    assert 'name="born-day"' in page
    assert 'value="03"' in page
    assert "child_name" not in page
    answer = client.post(at(filed, "supplement/child/"), BORN | {"child_name": "Ai Khác"})
    assert answer.headers["Location"] == at(filed, "supplement/papers/")
    assert client.post(at(filed, "supplement/papers/"), {"go_on": "1"}).status_code == 422
    answer = client.post(at(filed, "supplement/papers/"), paper())
    assert answer.headers["Location"] == at(filed, "supplement/check/")
    check = client.get(at(filed, "supplement/check/")).content.decode()
    assert "13/11/2026" in check
    assert "3/11/2026" in check
    for _time in range(2):
        answer = client.post(at(filed, "supplement/check/"))
        assert answer.headers["Location"] == at(filed, "supplement/sent/")
    assert Filing.objects.filter(dossier=filed.dossier).count() == 2
    assert queries.answers_of(filed.dossier) == ANSWERS | {"born": "2026-11-13"}
    assert "tạm dừng" in client.get(at(filed)).content.decode()
    assert client.get(at(filed, "supplement/sent/")).status_code == 200
    assert client.get(at(filed, "supplement/child/")).headers["Location"] == at(filed, "supplement/sent/")
    draft = SupplementDraft.objects.get()
    assert (draft.is_filed, draft.answers, draft.papers) == (True, {}, {})


def test_another_answer_brings_another_page(client: Client, filed: Filed) -> None:
    opened(client, filed)
    answer = client.post(at(filed, "supplement/child/"), BORN | {"with_father": "true"})
    assert answer.headers["Location"] == at(filed, "supplement/father/")
    assert client.post(at(filed, "supplement/father/"), {}).status_code == 422
    client.post(at(filed, "supplement/father/"), {"father_name": "Đỗ Mẫu Cha"})
    client.post(at(filed, "supplement/papers/"), paper())
    client.post(at(filed, "supplement/check/"))
    assert queries.answers_of(filed.dossier)["father_name"] == "Đỗ Mẫu Cha"


def test_errors_stand_at_the_field_and_what_was_typed_stays_on_every_device(client: Client, filed: Filed) -> None:
    opened(client, filed)
    answer = client.post(at(filed, "supplement/child/"), BORN | {"born-day": "44"})
    assert answer.status_code == 422
    other = Client()
    opened(other, filed)
    assert 'value="44"' in other.get(at(filed, "supplement/child/")).content.decode()
    assert "sao" not in other.post(at(filed, "supplement/check/")).headers.get("Location", "")
    assert Filing.objects.filter(dossier=filed.dossier).count() == 1


def test_it_is_sent_only_when_everything_is_there(client: Client, filed: Filed) -> None:
    opened(client, filed)
    answer = client.post(at(filed, "supplement/check/"))
    assert answer.status_code == 422
    assert {anchor for anchor, _words in answer.context["problems"]} == {"part-child", "part-papers"}


def test_what_is_being_typed_is_kept_and_an_older_page_does_not_overwrite_it(client: Client, filed: Filed) -> None:
    opened(client, filed)
    save = at(filed, "supplement/child/autosave/")
    assert client.post(save, BORN | {"seq": "0", "born-day": "9"}).status_code == 204
    assert 'value="9"' in client.get(at(filed, "supplement/child/")).content.decode()
    client.post(at(filed, "supplement/child/"), BORN)
    assert client.post(save, BORN | {"seq": "0", "born-day": "8"}).status_code == 409
    assert client.post(save, BORN | {"seq": "x"}).status_code == 409
    assert client.post(at(filed, "supplement/none/autosave/"), {"seq": "1"}).status_code == 409


@pytest.mark.parametrize("rest", ["", "supplement/", "supplement/child/", "supplement/check/", "withdraw/"])
def test_without_the_claim_code_nothing_opens(client: Client, filed: Filed, rest: str) -> None:
    answer = client.get(at(filed, rest))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/status/?number={filed.number}")
    client.cookies[opening.COOKIE] = "forged"
    assert client.get(at(filed, rest)).status_code == 303


def test_what_is_open_for_one_dossier_opens_no_other(cast: Cast, client: Client, filed: Filed) -> None:
    other = cast.file()
    opened(client, filed)
    assert client.get(at(other)).status_code == 303
    opened(client, other)
    assert [client.get(at(each)).status_code for each in (filed, other)] == [200, 200]
    client.post(at(filed, "close/"))
    assert [client.get(at(each)).status_code for each in (filed, other)] == [303, 200]


def test_a_new_claim_code_closes_what_the_old_one_opened(cast: Cast, client: Client, filed: Filed) -> None:
    opened(client, filed)
    services.reissue_claim_code(
        dossier=Dossier.objects.select_related("matter").get(pk=filed.dossier.pk),
        by=cast.here.intake,
        at=LATER + HOUR,
        identity_checked_by="citizen_card",
    )
    assert client.get(at(filed)).status_code == 303


def test_a_page_that_was_open_too_long_asks_for_the_code_and_keeps_what_was_typed(client: Client, filed: Filed) -> None:
    opened(client, filed)
    with time_machine.travel(LATER + 4 * HOUR, tick=False):
        answer = client.post(at(filed, "supplement/child/"), BORN)
        assert answer.status_code == 403
        kept = dict(answer.context["kept"])
        assert kept == BORN
        assert client.post(at(filed, "supplement/child/"), kept | {"claim_code": "nonsense"}).status_code == 403
        answer = client.post(at(filed, "supplement/child/"), kept | {"claim_code": filed.claim_code})
        assert answer.headers["Location"] == at(filed, "supplement/papers/")
        assert client.get(at(filed)).status_code == 200


def test_when_the_office_no_longer_needs_it_the_status_page_says_so(cast: Cast, client: Client, filed: Filed) -> None:
    opened(client, filed)
    services.cancel_supplement(dossier=filed.dossier, by=cast.here.intake, at=LATER + HOUR)
    assert client.get(at(filed, "supplement/child/")).headers["Location"] == at(filed)
    assert client.get(at(filed, "supplement/sent/")).headers["Location"] == at(filed)
    assert "không cần phần bổ sung" in client.get(at(filed)).content.decode()


def test_files_that_are_no_photo_are_refused_at_their_paper(client: Client, filed: Filed) -> None:
    opened(client, filed)
    wrong = {"birth_paper": SimpleUploadedFile("a.exe", b"MZ..."), "go_on": "1"}
    answer = client.post(at(filed, "supplement/papers/"), wrong)
    assert answer.status_code == 422
    assert answer.context["cases"][0]["papers"][0]["errors"]


# --- messages and withdrawal ------------------------------------------------------------------------------------------
def test_a_message_is_written_and_its_answer_read(cast: Cast, client: Client, filed: Filed) -> None:
    opened(client, filed)
    for _time in range(2):
        answer = client.post(at(filed, "message/"), {"text": "Tôi xin gia hạn.", "op_id": "one"})
        assert answer.status_code == 302
    services.answer_applicant(
        dossier=filed.dossier, by=cast.here.intake, text="Được, đến thứ Sáu.", op_id="a", at=LATER + HOUR
    )
    page = client.get(at(filed)).content.decode()
    assert page.count("Tôi xin gia hạn.") == 1
    assert "Được, đến thứ Sáu." in page


@pytest.mark.parametrize("text", ["  ", "a" * 2001])
def test_a_message_that_is_not_taken_says_why_and_stays_typed(client: Client, filed: Filed, text: str) -> None:
    opened(client, filed)
    answer = client.post(at(filed, "message/"), {"text": text, "op_id": "one"})
    assert answer.status_code == 422
    assert 'href="#text"' in answer.content.decode()
    assert answer.context["text"] == text


def test_before_receipt_a_dossier_is_withdrawn_at_once(client: Client, filed: Filed) -> None:
    opened(client, filed)
    assert client.get(at(filed, "withdraw/")).status_code == 200
    for _time in range(2):
        assert client.post(at(filed, "withdraw/"), {"op_id": "one"}).status_code == 302
    assert Dossier.objects.get(pk=filed.dossier.pk).state == "withdrawn"
    page = client.get(at(filed)).content.decode()
    assert "theo đề nghị của người nộp" in page
    assert client.get(at(filed, "withdraw/")).status_code == 302
    assert 'action="' + at(filed, "message/") not in page


def test_after_receipt_it_is_asked_for_and_can_be_taken_back(cast: Cast, client: Client) -> None:
    made = cast.file()
    services.receive_dossier(dossier=made.dossier, by=cast.here.intake, at=NOW)
    opened(client, made)
    client.post(at(made, "withdraw/"), {"op_id": "one"})
    assert at(made, "keep/") in client.get(at(made)).content.decode()
    for _time in range(2):
        assert client.post(at(made, "keep/"), {"op_id": "two"}).status_code == 302
    assert at(made, "keep/") not in client.get(at(made)).content.decode()
    assert Dossier.objects.get(pk=made.dossier.pk).state == "received"


def test_after_the_day_to_answer_by_it_can_still_be_sent(client: Client, filed: Filed) -> None:
    moment: datetime = LATER + 12 * DAY
    with time_machine.travel(moment, tick=False):
        page = opened(client, filed)
        assert "Đã qua ngày này" in page
        assert client.get(at(filed, "supplement/child/")).status_code == 200

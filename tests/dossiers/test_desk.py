"""The desk: queues, finding, one dossier with its acts; what is refused is said and nothing typed is lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Person
from tests import cast as casting
from tests.cast import BIRTH, Cast

Desk = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: casting.NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: casting.TODAY)


@pytest.fixture
def desk(client: Client) -> Desk:
    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def _url(dossier: Dossier, rest: str = "") -> str:
    return f"/desk/dossiers/{dossier.number}/{rest}"


def _act(client: Client, dossier: Dossier, name: str, **given: Any) -> Any:
    return client.post(_url(dossier, f"{name}/"), given)


def _state(dossier: Dossier) -> str:
    return Dossier.objects.get(pk=dossier.pk).state


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_dossier_is_shown_with_few_questions(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in(components=[casting.paper()]).dossier
    assert _queries(desk(cast.here.intake), _url(dossier)) <= 12


@pytest.mark.parametrize("text", ["Đỗ Thị Mẫu", "do thi mau", "24/11/1990", "0300000001", "003190000001"])
def test_a_dossier_is_found_by_what_people_say(cast: Cast, desk: Desk, text: str) -> None:
    filed = cast.file()
    answer = desk(cast.here.intake).get("/desk/find/", {"q": text})
    assert answer.headers["Location"] == _url(filed.dossier)


def test_another_communes_dossier_does_not_exist(cast: Cast, desk: Desk) -> None:
    dossier = cast.file(town=cast.there).dossier
    client = desk(cast.here.intake)
    for rest in ("", "slip.pdf", "papers/original/0/"):
        assert client.get(_url(dossier, rest)).status_code == 404
    assert _act(client, dossier, "receive").status_code == 404


def test_the_whole_way_is_walked_from_the_page(cast: Cast, desk: Desk) -> None:
    dossier = cast.file().dossier
    assert _act(desk(cast.here.intake), dossier, "receive").status_code == 302
    assert _act(desk(cast.here.case), dossier, "take").status_code == 302
    assert _act(desk(cast.here.case), dossier, "advance").status_code == 302
    file = SimpleUploadedFile("kq.pdf", b"%PDF-1.7 sample %%EOF")
    assert _act(desk(cast.here.approver), dossier, "settle", result_name="Giấy mẫu", file=file).status_code == 302
    returned = _act(desk(cast.here.intake), dossier, "return", method="counter", receiver="Đỗ Thị Mẫu")
    assert returned.status_code == 302
    assert _state(dossier) == "returned"
    assert desk(cast.here.intake).get(_url(dossier)).status_code == 200


def test_an_open_limit_is_asked_for_and_what_was_typed_stays(cast: Cast, desk: Desk) -> None:
    dossier = cast.file(casting.OPEN_LIMIT).dossier
    client = desk(cast.here.intake)
    answer = _act(client, dossier, "receive", value="7", unit="working_day", legal_source="")
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert _state(dossier) == "submitted"
    _act(client, dossier, "receive", value="7", unit="working_day", legal_source=casting.SAMPLE)
    assert _state(dossier) == "received"


def test_a_refusal_needs_words_and_gives_form_03(cast: Cast, desk: Desk) -> None:
    dossier = cast.file().dossier
    client = desk(cast.here.intake)
    assert _act(client, dossier, "refuse", reason_code="other", reason="", advice="Xin hỏi lại").status_code == 422
    assert not queries.issued_forms(dossier).exists()
    _act(client, dossier, "refuse", reason_code="other", reason="Không có chữ ký", advice="")
    address = _url(dossier, f"forms/{queries.issued_forms(dossier).get().pk}.pdf")
    assert address in client.get(_url(dossier)).content.decode()
    assert client.get(address).content.startswith(b"%PDF")


def test_an_act_that_is_not_allowed_says_why_and_keeps_the_words(cast: Cast, desk: Desk) -> None:
    dossier = cast.file().dossier
    answer = _act(desk(cast.here.case), dossier, "refuse", reason_code="other", reason="Lời đã gõ", advice="")
    page = answer.content.decode()
    assert answer.status_code in (404, 409)
    if answer.status_code == 409:
        assert "Lời đã gõ" in page
    assert _state(dossier) == "submitted"


def test_an_act_out_of_order_says_why(cast: Cast, desk: Desk) -> None:
    dossier = cast.settled()
    answer = _act(desk(cast.here.leader), dossier, "settle", result_name="Lần hai")
    assert answer.status_code == 409
    assert "Lần hai" in answer.content.decode()


def test_a_result_that_is_no_paper_is_not_taken(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    file = SimpleUploadedFile("kq.pdf", b"MZ program")
    assert _act(desk(cast.here.approver), dossier, "settle", result_name="Mẫu", file=file).status_code == 422


def test_a_new_claim_code_is_shown_once(cast: Cast, desk: Desk) -> None:
    filed = cast.take_in()
    client = desk(cast.here.intake)
    answer = _act(client, filed.dossier, "reissue", identity_checked_by="citizen_card")
    code = answer.context["claim_code"]
    assert code in answer.content.decode()
    assert code != filed.claim_code
    assert code not in client.get(_url(filed.dossier)).content.decode()


def test_a_remark_is_read_by_colleagues(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    _act(desk(cast.here.intake), dossier, "remark", text="Người nộp sẽ quay lại chiều nay")
    assert "Người nộp sẽ quay lại chiều nay" in desk(cast.here.intake).get(_url(dossier)).content.decode()


def test_a_result_file_cannot_act_in_the_browser(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    file = SimpleUploadedFile("kq.pdf", b"%PDF-1.7 sample %%EOF")
    _act(desk(cast.here.approver), dossier, "settle", result_name="Giấy mẫu", file=file)
    answer = desk(cast.here.intake).get(_url(dossier, f"results/{dossier.results.get().pk}/"))
    assert answer.content == b"%PDF-1.7 sample %%EOF"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_form_01_is_printed_from_the_desk(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    assert desk(cast.here.intake).get(_url(dossier, "slip.pdf")).content.startswith(b"%PDF")


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client, cast: Cast) -> None:
    assert "/accounts/login" in client.get("/desk/").headers["Location"]
    assert isinstance(casting.NOW, datetime)


@pytest.mark.parametrize("end", ["under_way", "settled", "returned", "stopped"])
def test_a_dossier_of_many_roads_is_shown_with_as_few_questions(cast: Cast, desk: Desk, end: str) -> None:
    dossier, town, at = cast.take_in(BIRTH, components=[casting.paper("birth_paper")]).dossier, cast.here, casting.NOW
    until = at + timedelta(days=3, hours=8)
    services.leave_remark(dossier=dossier, by=town.intake, text="Đã gọi điện", at=at)
    ask = {"office": cast.there.commune, "question": "Có cư trú không?", "due_at": until}
    services.ask_opinion(dossier=dossier, by=town.case, at=at, **ask)
    why = {"reason_code": "complex", "reason": "Cần xác minh", "new_due_at": until}
    services.propose_extension(dossier=dossier, by=town.approver, at=at, **why)
    services.complete_step(dossier=dossier, by=town.case, at=at)
    services.undo_last(dossier=dossier, by=town.case, at=at, reason="Nhầm")
    services.complete_step(dossier=dossier, by=town.case, at=at)
    if end in ("settled", "returned"):
        services.settle_dossier(dossier=dossier, by=town.approver, at=at, result_name="Giấy khai sinh")
    if end == "returned":
        services.return_result(dossier=dossier, by=town.intake, at=at, method="counter", receiver="Đỗ Thị Mẫu")
    if end == "stopped":
        stop = {"reason_code": "other", "reason": "Tranh chấp", "legal_basis": "Luật mẫu"}
        services.stop_dossier(dossier=dossier, by=town.approver, at=at, **stop)
    assert _queries(desk(town.intake), _url(dossier)) <= 12

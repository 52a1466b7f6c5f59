"""The desk's pages of a supplement: what is ticked gets its reason, nothing typed is lost, what came stands beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Person
from motcua.ui import writing
from tests import cast as casting
from tests.cast import BIRTH, NOW, Cast, limit
from tests.dossiers import asked
from tests.dossiers.asked import LATER

Desk = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    monkeypatch.setattr(timezone, "localdate", lambda *given: casting.TODAY)


@pytest.fixture
def desk(client: Client) -> Desk:
    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def received(cast: Cast) -> Dossier:
    dossier = cast.file(BIRTH, components=[asked.photo()]).dossier
    return services.receive_dossier(dossier=dossier, by=cast.here.intake, at=NOW, limit=limit(3))


def _url(dossier: Dossier, rest: str = "") -> str:
    return f"/desk/dossiers/{dossier.number}/{rest}"


def typed(**changes: Any) -> dict[str, Any]:
    """Both places ticked and filled in."""
    return {
        "place": ["field-full_name", "component-birth_paper"],
        "field-full_name-reason_code": "contradicts",
        "field-full_name-note": "Chữ đệm thiếu.",
        "field-full_name-remedy": "Ghi như trên giấy chứng sinh.",
        "component-birth_paper-reason_code": "unreadable",
        "component-birth_paper-remedy": "Chụp lại cho rõ.",
        "contact": "Bà Lý, 0300000000",
        "answer_by": "10/12/2026",
        "send": "1",
    } | changes


def test_places_are_ticked_beside_what_stands_there_and_begin_with_usual_words(cast: Cast, desk: Desk) -> None:
    dossier, client = received(cast), desk(cast.here.case)
    assert _url(dossier, "supplement/") in client.get(_url(dossier)).content.decode()
    page = client.get(_url(dossier, "supplement/")).content.decode()
    assert 'value="field-full_name"' in page
    assert "giay.pdf" in page
    chosen = client.post(_url(dossier, "supplement/"), {"place": ["component-birth_paper"], "choose": "1"})
    own = chosen.context["own"]
    assert [each.place.name for each in own.chosen] == ["component-birth_paper"]
    assert own.chosen[0].form["reason_code"].value() == "unreadable"
    assert "Giấy chứng sinh" in own.chosen[0].form["remedy"].value()
    contact = str(own.form["contact"].value())
    assert cast.here.case.full_name in contact
    assert "0300000000" in contact


def test_a_request_is_sent_from_the_page(cast: Cast, desk: Desk) -> None:
    dossier = received(cast)
    answer = desk(cast.here.case).post(_url(dossier, "supplement/"), typed())
    assert answer.status_code == 302
    (request,) = queries.supplement_requests_of(dossier)
    assert {(item.sid, item.reason_code, item.note) for item in request.items.all()} == {
        ("full_name", "contradicts", "Chữ đệm thiếu."),
        ("birth_paper", "unreadable", ""),
    }
    assert writing.short_moment(request.answer_by) == "17:00 10/12/2026"
    page = desk(cast.here.intake).get(_url(dossier)).content.decode()
    assert "Chụp lại cho rõ." in page


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"place": []}, "places"),
        ({"component-birth_paper-remedy": ""}, "id_component-birth_paper-remedy"),
        ({"contact": ""}, "id_contact"),
        ({"answer_by": "23/11/2026"}, "id_answer_by"),
        ({"answer_by": "mai"}, "id_answer_by"),
        ({"field-full_name-reason_code": "no such"}, "id_field-full_name-reason_code"),
    ],
)
def test_what_is_missing_is_said_at_its_place_and_nothing_typed_is_lost(
    cast: Cast, desk: Desk, changes: dict[str, Any], anchor: str
) -> None:
    dossier = received(cast)
    answer = desk(cast.here.case).post(_url(dossier, "supplement/"), typed(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{anchor}"' in page
    if changes.get("place") != []:
        assert "Chữ đệm thiếu." in page
    assert not queries.supplement_requests_of(dossier)


def test_usual_words_of_another_reason_are_replaced_and_shown_before_sending(cast: Cast, desk: Desk) -> None:
    dossier, client = received(cast), desk(cast.here.case)
    own = client.post(_url(dossier, "supplement/"), {"place": ["component-birth_paper"]}).context["own"]
    usual = own.chosen[0].usual
    changed = {"component-birth_paper-reason_code": "expired", "component-birth_paper-remedy": usual["unreadable"]}
    answer = client.post(_url(dossier, "supplement/"), typed(**changed))
    assert answer.status_code == 422
    assert answer.context["own"].chosen[1].form["remedy"].value() == usual["expired"]


def test_a_colleague_without_the_work_is_refused_and_keeps_the_words(cast: Cast, desk: Desk) -> None:
    dossier = received(cast)
    answer = desk(cast.here.intake).post(_url(dossier, "supplement/"), typed())
    assert answer.status_code == 409
    assert "Chữ đệm thiếu." in answer.content.decode()
    assert desk(cast.there.intake).get(_url(dossier, "supplement/")).status_code == 404


def test_a_further_request_asks_why_and_an_approver_decides(cast: Cast, desk: Desk) -> None:
    dossier = received(cast)
    asked.ask(dossier, cast.here.case, NOW)
    asked.answer(dossier, NOW)
    client = desk(cast.here.case)
    assert client.post(_url(dossier, "supplement/"), typed()).status_code == 422
    assert client.post(_url(dossier, "supplement/"), typed(repeat_reason="Vẫn mờ.")).status_code == 302
    approver = desk(cast.here.approver)
    page = approver.get(_url(dossier), {"act": "decide-supplement"}).content.decode()
    assert "Vẫn mờ." in page
    refused = approver.post(_url(dossier, "decide-supplement/"), {"accept": "no", "note": ""})
    assert refused.status_code == 422
    assert approver.post(_url(dossier, "decide-supplement/"), {"accept": "yes"}).status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).state == "supplement_requested"


def test_the_answers_of_the_supplement_stand_beside_those_that_were_filed(cast: Cast, desk: Desk) -> None:
    dossier = received(cast)
    asked.ask(dossier, cast.here.case, NOW)
    asked.answer(dossier, NOW, by=cast.here.intake)
    answer = desk(cast.here.case).get(_url(dossier))
    page = answer.content.decode()
    (row,) = (row for section in answer.context["sections"] for row in section.rows)
    assert (row.label, [each.text for each in row.mended]) == ("Họ tên", ["Đỗ Mẫu Bình"])
    assert row.mended[0].by == cast.here.intake.full_name
    assert "bổ sung lần 1" in page.lower()
    later = _url(dossier, "filings/2/papers/birth_paper/0/")
    assert later in page
    assert desk(cast.here.case).get(later).content == asked.PDF


def test_a_dossier_with_everything_is_shown_with_few_questions(cast: Cast, desk: Desk) -> None:
    dossier = received(cast)
    asked.ask(dossier, cast.here.case, NOW)
    asked.answer(dossier, NOW)
    services.write_message(dossier=dossier, text="Xin hỏi.", op_id="m", at=NOW)
    client = desk(cast.here.intake)
    client.get(_url(dossier))
    with CaptureQueriesContext(connection) as found:
        assert client.get(_url(dossier)).status_code == 200
    assert len(found) <= 20


def test_a_message_is_answered_from_the_page_once(cast: Cast, desk: Desk) -> None:
    dossier = received(cast)
    services.write_message(dossier=dossier, text="Khi nào có?", op_id="m", at=NOW)
    client = desk(cast.here.intake)
    page = client.get(_url(dossier), {"act": "reply"})
    assert "Khi nào có?" in page.content.decode()
    key = page.context["form"]["op_id"].value()
    assert client.post(_url(dossier, "reply/"), {"op_id": key, "text": " "}).status_code == 422
    for _time in range(2):
        assert client.post(_url(dossier, "reply/"), {"op_id": key, "text": "Thứ Sáu."}).status_code == 302
    assert [each.text for each in dossier.messages.order_by("id")] == ["Khi nào có?", "Thứ Sáu."]


def test_a_withdrawal_is_confirmed_or_made_at_the_counter(cast: Cast, desk: Desk) -> None:
    dossier, other = received(cast), received(cast)
    services.ask_withdrawal(dossier=dossier, op_id="w", at=NOW)
    client = desk(cast.here.intake)
    assert client.post(_url(dossier, "confirm-withdrawal/")).status_code == 302
    assert client.post(_url(dossier, "confirm-withdrawal/")).status_code == 409
    assert client.post(_url(other, "withdraw/"), {"identity_checked_by": "citizen_card"}).status_code == 302
    states = set(Dossier.objects.filter(pk__in=[dossier.pk, other.pk]).values_list("state", flat=True))
    assert states == {"withdrawn"}
    assert client.get(_url(dossier)).status_code == 200


def test_the_office_takes_its_request_back(cast: Cast, desk: Desk) -> None:
    dossier = received(cast)
    asked.ask(dossier, cast.here.case, NOW)
    assert desk(cast.here.case).post(_url(dossier, "cancel-supplement/")).status_code == 302
    assert desk(cast.here.case).post(_url(dossier, "cancel-supplement/")).status_code == 409


def test_at_the_counter_the_supplement_is_entered_and_nothing_typed_is_lost(cast: Cast, desk: Desk) -> None:
    dossier = received(cast)
    asked.ask(dossier, cast.here.case, NOW)
    client = desk(cast.here.intake)
    enter = _url(dossier, "supplement/enter/")
    assert enter in client.get(_url(dossier)).content.decode()
    assert 'name="full_name"' in client.get(enter).content.decode()
    missing = client.post(enter, {"full_name": "Đỗ Mẫu Bình"})
    assert missing.status_code == 422
    assert 'value="Đỗ Mẫu Bình"' in missing.content.decode()
    blank = client.post(enter, {"full_name": "", "brought": "birth_paper"})
    assert blank.status_code == 422
    assert "checked" in blank.content.decode()
    assert desk(cast.there.intake).get(enter).status_code == 404
    client = desk(cast.here.intake)
    assert client.post(enter, {"full_name": "Đỗ Mẫu Bình", "brought": "birth_paper"}).status_code == 302
    assert client.get(enter).status_code == 302
    assert queries.answers_of(dossier) == {"full_name": "Đỗ Mẫu Bình"}
    assert queries.history_of(dossier)[-1].actor == cast.here.intake


def test_an_officer_with_nothing_to_do_with_it_cannot_enter_it(cast: Cast, desk: Desk) -> None:
    dossier = received(cast)
    asked.ask(dossier, cast.here.case, NOW)
    answer = desk(cast.here.approver).post(
        _url(dossier, "supplement/enter/"), {"full_name": "Đỗ Mẫu Bình", "brought": "birth_paper"}
    )
    assert answer.status_code == 409
    assert "Đỗ Mẫu Bình" in answer.content.decode()

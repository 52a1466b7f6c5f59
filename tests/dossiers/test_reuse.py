"""What a person filed here before is offered after that person's yes, one answer at a time; never unseen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers import policies, queries, services
from motcua.dossiers.models import Access, Dossier
from motcua.kernel import ledger
from motcua.kernel.ledger import Event
from tests import cast as casting
from tests.cast import BIRTH, CERTIFY, NOW, TODAY, Cast

SHEET = f"/desk/counter/{CERTIFY}/"
ID = "003190000001"
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def officer(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    client.force_login(cast.here.intake.account)
    return client


def _typed(**changes: Any) -> dict[str, Any]:
    return {"op_id": "counter-reuse", "who-full_name": "Đỗ Thị Mẫu", "who-citizen_id": ID} | changes


def _offered(answer: Any) -> dict[str, str]:
    return {each.sid: each.text for each in answer.context["sheet"].known.offers}


def _agreed(dossier: Dossier) -> list[Event]:
    return [each for each in queries.history_of(dossier) if each.type == "dossiers.reuse_agreed"]


def test_nothing_is_said_of_earlier_dossiers_without_a_yes(officer: Client, cast: Cast) -> None:
    earlier = cast.take_in(BIRTH)
    page = officer.post(SHEET, {"scan": f"{ID}||Đỗ Thị Mẫu|24111990|Nữ|Thôn Mẫu 1|02012022", "read_card": "1"})
    assert earlier.number not in page.content.decode()
    forged = officer.post(SHEET, _typed(agreed="1", known="applicant.phone", put_in="1"))
    assert _offered(forged) == {}
    assert "0300000001" not in forged.content.decode()


def test_the_yes_is_on_record_before_anything_is_shown(officer: Client, cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    answer = officer.post(SHEET, _typed(agree="1"))
    assert _offered(answer) == {
        "applicant.phone": "0300000001",
        "applicant.email": "mau@vidu.example",
        "applicant.address": "Thôn Mẫu 1",
        "full_name": queries.answers_of(dossier)["full_name"],
    }
    (event,) = _agreed(dossier)
    assert event.actor == cast.here.intake
    assert Access.objects.get(dossier=dossier).purpose == "request"
    assert list(ledger.breaks()) == []


def test_the_same_yes_is_recorded_once(officer: Client, cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    officer.post(SHEET, _typed(agree="1"))
    officer.post(SHEET, _typed(agree="1"))
    assert len(_agreed(dossier)) == 1
    officer.post(SHEET, _typed(agree="1", op_id="counter-another"))
    assert len(_agreed(dossier)) == 2


def test_nothing_is_put_in_without_a_tick(officer: Client, cast: Cast) -> None:
    cast.take_in(BIRTH)
    shown = officer.post(SHEET, _typed(agree="1")).context["sheet"]
    assert shown.who["phone"].value() in (None, "")
    officer.post(SHEET, _typed(agree="1"))
    answer = officer.post(SHEET, _typed(agreed="1", known="applicant.phone", put_in="1"))
    assert answer.context["sheet"].who["phone"].value() == "0300000001"
    assert answer.context["sheet"].who["email"].value() in (None, "")
    assert not Dossier.objects.filter(procedure_code=CERTIFY).exists()


def test_what_was_put_in_and_still_stands_is_recorded_with_the_new_dossier(officer: Client, cast: Cast) -> None:
    earlier = cast.take_in(BIRTH)
    officer.post(SHEET, _typed(agree="1"))
    said = [f"{earlier.number}/applicant.phone", f"{earlier.number}/applicant.address"]
    given = {"agreed": "1", "reused": said, "who-phone": "0300000001", "who-address": "Thôn Mẫu 9"}
    filed = officer.post(SHEET, _typed(**given)).context["filed"]
    reused = next(each for each in queries.history_of(filed.dossier) if each.type == "dossiers.data_reused")
    assert reused.payload == {"sources": [earlier.number], "fields": ["applicant.phone"]}


def test_an_answer_to_the_same_question_is_put_into_it(officer: Client, cast: Cast) -> None:
    earlier = cast.take_in(CERTIFY, answers={"full_name": "Ka Să H'Oanh Mẫu"})
    officer.post(SHEET, _typed(agree="1"))
    answer = officer.post(SHEET, _typed(agreed="1", known="full_name", put_in="1"))
    assert answer.context["sheet"].raw["full_name"] == "Ka Să H'Oanh Mẫu"
    assert f"{earlier.number}/full_name" in answer.content.decode()


def test_only_dossiers_of_the_same_person_and_of_this_commune_are_asked(officer: Client, cast: Cast) -> None:
    cast.take_in(BIRTH, town=cast.there)
    cast.take_in(BIRTH, applicant=casting.applicant(citizen_id="003190000002"))
    cast.take_in(BIRTH, applicant=casting.applicant(citizen_id=""))
    answer = officer.post(SHEET, _typed(agree="1"))
    assert _offered(answer) == {}
    assert not Event.objects.filter(type="dossiers.reuse_agreed").exists()


def test_another_citizen_id_closes_what_was_agreed(officer: Client, cast: Cast) -> None:
    cast.take_in(BIRTH)
    officer.post(SHEET, _typed(agree="1"))
    other = officer.post(
        SHEET, _typed(agreed="1", put_in="1", known="applicant.phone", **{"who-citizen_id": "003190000002"})
    )
    assert _offered(other) == {}


def test_without_a_citizen_id_nothing_is_looked_up(officer: Client, cast: Cast) -> None:
    cast.take_in(BIRTH, applicant=casting.applicant(citizen_id=""))
    answer = officer.post(SHEET, _typed(agree="1", **{"who-citizen_id": ""}))
    assert answer.status_code == 422
    assert not Event.objects.filter(type="dossiers.reuse_agreed").exists()


def test_what_was_erased_by_law_is_not_offered(officer: Client, cast: Cast) -> None:
    dossier = cast.returned(CERTIFY)
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source="Luật 91/2025/QH15")
    assert _offered(officer.post(SHEET, _typed(agree="1"))) == {}


def test_only_whoever_takes_in_asks_for_it(cast: Cast) -> None:
    cast.take_in(BIRTH)
    with pytest.raises(policies.NotAllowed):
        services.agree_to_reuse(
            commune=cast.here.commune, citizen_id=ID, op_id="counter-x", by=cast.here.case, at=LATER
        )


def test_another_officer_cannot_use_the_yes(cast: Cast) -> None:
    cast.take_in(BIRTH)
    commune, colleague = cast.here.commune, casting.colleague(cast.here)
    found = services.agree_to_reuse(commune=commune, citizen_id=ID, op_id="x", by=cast.here.intake, at=LATER)
    assert queries.agreed_to_reuse(found, "x", cast.here.intake) == found
    assert queries.agreed_to_reuse(found, "x", colleague) == []
    assert queries.agreed_to_reuse(found, "y", cast.here.intake) == []

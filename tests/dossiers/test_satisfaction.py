"""One question, five faces: asked when it is over, answered once, changed for a while, heard by whoever leads."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from motcua.dossiers import policies, queries, services
from motcua.dossiers.models import Dossier, Rating
from motcua.dossiers.online import faces
from motcua.dossiers.queries import satisfaction as figures
from motcua.dossiers.services import satisfaction
from motcua.dossiers.services.satisfaction import NotAsked
from motcua.kernel import ledger
from motcua.kernel.matters import WorkItem
from tests.cast import BIRTH, NOW, TODAY, Cast

LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


def rate(dossier: Dossier, score: int, at: Any = LATER, **more: Any) -> Rating:
    return satisfaction.rate_dossier(dossier=dossier, score=score, at=at, **more)


def heard_step(dossier: Dossier) -> WorkItem | None:
    return WorkItem.objects.select_related("office").filter(matter=dossier.matter, act="hear", closed_by=None).first()


# --- the answer ------------------------------------------------------------------------------------------------------
def test_it_is_asked_once_the_result_is_there_or_it_was_refused_and_not_before(cast: Cast) -> None:
    with pytest.raises(NotAsked):
        rate(cast.settled(), 5)
    assert rate(cast.returned(), 5).score == 5
    refused = cast.file(BIRTH).dossier
    services.refuse_dossier(dossier=refused, by=cast.here.intake, at=NOW, reason="Sai thủ tục", reason_code="other")
    assert rate(refused, 2).score == 2


def test_one_answer_each_which_may_be_changed_for_a_week(cast: Cast) -> None:
    dossier = cast.returned()
    rate(dossier, 2, sentence="Chờ lâu")
    assert rate(dossier, 4).sentence == "Chờ lâu"
    rate(dossier, 4)
    assert dossier.matter.events.filter(type="dossiers.rated").count() == 2
    with pytest.raises(NotAsked):
        rate(dossier, 1, LATER + timedelta(days=8))
    assert Rating.objects.get().score == 4


def test_it_is_not_asked_for_ever(cast: Cast) -> None:
    with pytest.raises(NotAsked):
        rate(cast.returned(), 5, NOW + timedelta(days=91))


@pytest.mark.parametrize("score", [0, 6])
def test_there_are_five_faces(cast: Cast, score: int) -> None:
    dossier = cast.returned()
    with pytest.raises(ValueError, match=str(score)):
        rate(dossier, score)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(dossier=dossier, score=score, place="online", at=NOW)


# --- heard -----------------------------------------------------------------------------------------------------------
def test_a_bad_answer_with_a_sentence_is_work_for_whoever_leads_and_nobody_else(cast: Cast) -> None:
    dossier = cast.returned()
    rate(dossier, 1)
    assert heard_step(dossier) is None
    rate(dossier, 1, sentence="Không ai giải thích")
    step = heard_step(dossier)
    assert step is not None
    assert step.office == cast.here.commune
    assert not list(queries.inconsistencies())
    with pytest.raises(policies.NotAllowed):
        satisfaction.hear_rating(dossier=dossier, note="Đã gọi.", by=cast.here.intake, at=LATER)
    satisfaction.hear_rating(dossier=dossier, note="Đã gọi xin lỗi.", by=cast.here.leader, at=LATER)
    assert heard_step(dossier) is None
    # Said again, it was heard already.
    rate(dossier, 2, sentence="Vẫn vậy")
    assert heard_step(dossier) is None


def test_erased_the_sentence_is_gone_and_the_number_counts(cast: Cast) -> None:
    dossier = cast.returned()
    rate(dossier, 3, sentence="Tôi là Mẫu")
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=LATER, legal_source="Luật 91/2025")
    assert (Rating.objects.get().sentence, Rating.objects.get().score) == ("", 3)
    assert not list(ledger.breaks())


# --- pages -----------------------------------------------------------------------------------------------------------
def _opened(cast: Cast, client: Client) -> Dossier:
    filed = cast.take_in()
    dossier = services.settle_dossier(dossier=filed.dossier, by=cast.here.approver, at=NOW, result_name="Kết quả")
    services.return_result(dossier=dossier, by=cast.here.intake, at=NOW, method="counter", receiver="Người Mẫu")
    client.post("/status/", {"number": dossier.number, "claim_code": filed.claim_code})
    return dossier


def test_one_tap_on_the_status_page_and_a_sentence_if_one_likes(cast: Cast, client: Client) -> None:
    dossier = _opened(cast, client)
    where = f"/status/{dossier.number}/"
    page = client.get(where).content.decode()
    assert len(re.findall(r'name="score" value="[1-5]"', page)) == 5
    answer = client.post(f"{where}rate/", {"score": "2"}, follow=True).content.decode()
    assert "Câu trả lời của ông/bà:" in answer
    client.post(f"{where}rate/", {"score": "2", "sentence": "Chờ lâu"})
    assert Rating.objects.get().sentence == "Chờ lâu"
    assert client.post(f"{where}rate/", {"score": "nine"}).status_code == 302
    assert Rating.objects.get().score == 2


def test_without_the_claim_code_nobody_answers(cast: Cast, client: Client) -> None:
    dossier = cast.returned()
    assert client.post(f"/status/{dossier.number}/rate/", {"score": "1"}).status_code == 403
    assert not Rating.objects.exists()


def test_the_screen_at_the_counter_takes_one_tap_and_goes_back_by_itself(cast: Cast, client: Client) -> None:
    dossier = cast.returned()
    client.force_login(cast.here.intake.account)
    where = client.get(f"/desk/dossiers/{dossier.number}/faces/").headers["Location"]
    kiosk = Client()
    shown = kiosk.get(where)
    assert "/desk/find/" not in shown.content.decode()
    assert not shown.cookies
    thanks = kiosk.post(where, {"score": "5"})
    assert thanks["Refresh"] == f"8; url=/desk/dossiers/{dossier.number}/"
    assert (Rating.objects.get().score, Rating.objects.get().place) == (5, "counter")


def test_the_screens_address_opens_one_dossier_for_a_quarter_of_an_hour(cast: Cast, client: Client) -> None:
    dossier, other = cast.returned(), cast.returned()
    where = faces.address(dossier.number)
    assert client.get(where.replace(dossier.number, other.number)).status_code == 404
    assert client.get(where[:-2] + "x/").status_code == 404
    assert client.get(where).status_code == 200


def test_the_leader_hears_it_from_the_inbox_and_says_what_was_done(cast: Cast, client: Client) -> None:
    dossier = cast.returned()
    rate(dossier, 1, sentence="Không ai giải thích")
    client.force_login(cast.here.leader.account)
    where = f"/desk/dossiers/{dossier.number}/rating/"
    assert where in client.get("/desk/?queue=to_hear").content.decode()
    assert client.post(where, {"note": " "}).status_code == 422
    assert client.post(where, {"note": "Đã gọi xin lỗi."}).status_code == 302
    assert "Đã gọi xin lỗi." in client.get(where).content.decode()
    assert client.post(where, {"note": "Lần nữa."}).status_code == 409


# --- figures ---------------------------------------------------------------------------------------------------------
def test_figures_count_by_face_procedure_and_commune_and_name_no_officer(cast: Cast, client: Client) -> None:
    for score, town in ((5, cast.here), (4, cast.here), (1, cast.here), (3, cast.there)):
        rate(cast.returned(town=town), score, sentence="Chờ lâu" if score == 1 else "")
    found = figures.satisfaction_between(cast.here.commune, TODAY, TODAY)
    assert (found.asked, found.number, found.scores) == (3, 3, {1: 1, 2: 0, 3: 0, 4: 1, 5: 1})
    assert [(part.number, part.low, part.high) for part in found.procedures] == [(3, 1, 2)]
    assert figures.satisfaction_between(cast.province, TODAY, TODAY).number == 4
    client.force_login(cast.here.leader.account)
    page = client.get("/desk/satisfaction/").content.decode()
    assert "Chờ lâu" in page
    assert cast.here.intake.full_name not in page
    assert client.get(f"/desk/satisfaction/?office={cast.there.commune.code}").status_code == 404

"""Who opens a dossier is noted once a session and day; the applicant reads the post, the leader the name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import queries, services
from motcua.dossiers.models import Access, Dossier
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter
from tests import cast as casting
from tests.cast import BIRTH, CERTIFY, NOW, Cast

Desk = Callable[[Person], Client]
PURPOSE = {"code": "complaint", "words": "Trả lời đơn phản ánh ngày 20/11/2026"}


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


def _noted() -> list[tuple[str, str, str]]:
    return list(Access.objects.order_by("pk").values_list("person__full_name", "what", "purpose"))


def test_an_opening_is_noted_once_a_session_however_often(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    for _again in range(3):
        assert desk(cast.here.intake).get(_url(dossier)).status_code == 200
    client = desk(cast.here.intake)
    client.get(_url(dossier))
    client.get(_url(dossier))
    client.get(_url(dossier, "control.pdf"))
    name = cast.here.intake.full_name
    assert set(_noted()) == {(name, "page", "work"), (name, "print", "work")}
    sessions = Access.objects.filter(what="page").values_list("session", flat=True)
    assert len(set(sessions)) == len(sessions)
    post = Access.objects.order_by("pk")[0].post
    assert post is not None
    assert post.office == cast.here.centre


def test_two_processes_that_note_the_same_opening_make_one_row(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    for _process in range(2):
        services.note_access(dossier=dossier, by=cast.here.case, at=NOW, what="page", session="s")
    services.note_access(dossier=dossier, by=cast.here.case, at=NOW + timedelta(days=1), what="page", session="s")
    services.note_access(dossier=dossier, by=cast.here.case, at=NOW, what="paper", session="s")
    assert Access.objects.count() >= 2
    assert Access.objects.filter(what="paper").count() == 1


def test_an_opening_costs_one_statement_the_first_time_and_none_after(cast: Cast, desk: Desk) -> None:
    first, second = cast.take_in().dossier, cast.take_in().dossier
    client = desk(cast.here.intake)
    client.get(_url(first))
    with CaptureQueriesContext(connection) as asked:
        client.get(_url(second))
    written = [each["sql"] for each in asked if not each["sql"].startswith("SELECT")]
    assert len(written) == 1
    assert "dossiers_access" in written[0]
    assert len(asked) <= 12


def test_looking_for_it_in_a_list_is_no_opening(cast: Cast, desk: Desk) -> None:
    cast.take_in()
    cast.take_in()
    page = desk(cast.here.intake).get("/desk/find/", {"q": "Đỗ Thị Mẫu"}).content.decode()
    assert "1990" in page
    assert "24/11/1990" not in page
    assert _noted() == []


def test_the_applicant_reads_the_post_and_when_never_the_name(cast: Cast, desk: Desk, client: Client) -> None:
    filed = cast.file(BIRTH)
    desk(cast.here.intake).get(_url(filed.dossier))
    page = client.post("/status/", {"number": filed.number, "claim_code": filed.claim_code}).content.decode()
    assert "Cán bộ tiếp nhận" in page
    assert cast.here.centre.name in page
    assert cast.here.intake.full_name not in page


def test_the_leader_reads_the_name_and_an_officer_does_not(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    desk(cast.here.intake).get(_url(dossier))
    assert desk(cast.here.intake).get(_url(dossier, "accesses/")).status_code == 403
    for person in (cast.here.leader, cast.here.administrator):
        page = desk(person).get(_url(dossier, "accesses/"))
        assert cast.here.intake.full_name in page.content.decode()
    assert desk(cast.there.leader).get(_url(dossier, "accesses/")).status_code == 404


def test_many_openings_stand_on_pages_one_after_the_other(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    for n in range(60):
        services.note_access(dossier=dossier, by=cast.here.intake, at=NOW, what="page", session=f"{n}")
    client = desk(cast.here.leader)
    first = client.get(_url(dossier, "accesses/"))
    second = client.get(_url(dossier, "accesses/") + first.context["next"])
    assert (len(first.context["shown"]), len(second.context["shown"])) == (50, 10)


def test_the_record_is_kept_by_the_database(cast: Cast) -> None:
    services.note_access(dossier=cast.take_in().dossier, by=cast.here.intake, at=NOW, what="page")
    for change in (lambda: Access.objects.update(what="print"), lambda: Access.objects.all().delete()):
        with pytest.raises(DatabaseError, match="is kept"), transaction.atomic():
            change()


def test_whoever_leads_the_province_opens_it_only_with_a_purpose(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in(components=[casting.paper()]).dossier
    client = desk(casting.leader_of(cast.province))
    assert client.get(_url(dossier, "control.pdf")).status_code == 404
    asked = client.get(_url(dossier))
    assert asked.headers["Location"] == _url(dossier, "purpose/")
    assert "Đỗ Thị Mẫu" not in client.get(_url(dossier, "purpose/")).content.decode()
    for wrong in ({}, {"code": "complaint", "words": "vì"}, {"code": "work", "words": PURPOSE["words"]}):
        answer = client.post(_url(dossier, "purpose/"), wrong)
        assert answer.status_code == 422
    assert _noted() == []
    client.post(_url(dossier, "purpose/"), PURPOSE)
    page = client.get(_url(dossier))
    assert "Đỗ Thị Mẫu" in page.content.decode()
    assert client.get(_url(dossier, "control.pdf")).status_code == 200
    assert _noted() == [("Người Mẫu Tỉnh", "page", "complaint"), ("Người Mẫu Tỉnh", "print", "complaint")]
    assert Access.objects.order_by("pk")[0].words == PURPOSE["words"]


def test_a_purpose_is_for_one_dossier_and_one_session(cast: Cast, desk: Desk) -> None:
    dossier, other = cast.take_in().dossier, cast.take_in().dossier
    leader = casting.leader_of(cast.province)
    client = desk(leader)
    client.post(_url(dossier, "purpose/"), PURPOSE)
    assert client.get(_url(other)).status_code == 302
    client.logout()
    assert desk(leader).get(_url(dossier)).status_code == 302


def test_from_the_province_nothing_is_changed(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    client = desk(casting.leader_of(cast.province))
    client.post(_url(dossier, "purpose/"), PURPOSE)
    page = client.get(_url(dossier) + "?act=remark")
    assert page.context["acts"] == page.context["rare_acts"] == []
    assert 'name="text"' not in page.content.decode()
    assert client.post(_url(dossier, "remark/"), {"text": "x"}).status_code == 404
    assert client.get(_url(dossier, "supplement/")).status_code == 404


def test_another_communes_leader_has_no_purpose_that_opens_it(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    client = desk(cast.there.leader)
    assert client.get(_url(dossier, "purpose/")).status_code == 404
    assert client.post(_url(dossier, "purpose/"), PURPOSE).status_code == 404
    assert client.get(_url(dossier)).status_code == 404


def test_the_boards_list_leads_there_with_a_masked_name(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in(BIRTH).dossier
    page = desk(casting.leader_of(cast.province)).get("/desk/board/list/", {"office": cast.province.code})
    assert _url(dossier) in page.content.decode()
    assert "*** *** Mẫu" in page.content.decode()


def test_words_of_a_purpose_leave_with_the_personal_data(cast: Cast) -> None:
    dossier = cast.returned(CERTIFY)
    said: dict[str, Any] = {"purpose": "complaint", "words": "Đơn của bà Đỗ Thị Mẫu"}
    services.note_access(dossier=dossier, by=cast.here.leader, at=NOW, what="page", **said)
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source="Luật mẫu")
    assert Access.objects.get().words == ""
    assert [look.purpose for look in queries.looks_at(dossier)] == ["complaint"]
    assert Matter.objects.filter(pk=dossier.pk).exists()

"""Another office is asked for its opinion and answers; work is given on to whoever may do it, by leaders too."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from motcua.dossiers import policies, queries, services
from motcua.dossiers.models import Dossier, Opinion
from motcua.kernel import worklist
from motcua.kernel.identity import Person, Post, Role
from motcua.kernel.matters import MatterParty, WorkItem
from motcua.kernel.organisation import Office
from motcua.kernel.workflow import Refused
from tests.cast import BEGUN, BIRTH, CERTIFY, NOW, TODAY, Cast

LATER, DUE = NOW + timedelta(hours=1), NOW + timedelta(days=2, hours=8)


@pytest.fixture
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


def ask(
    cast: Cast, dossier: Dossier, office: Office | None = None, due_at: datetime = DUE, who: str = "case"
) -> Opinion:
    return services.ask_opinion(
        dossier=dossier,
        office=office or cast.there.commune,
        by=getattr(cast.here, who),
        at=NOW,
        question="Người này có cư trú tại xã không?",
        due_at=due_at,
    )


def answer(cast: Cast, dossier: Dossier, who: Person | None = None) -> Opinion:
    return services.give_opinion(dossier=dossier, by=who or cast.there.leader, at=LATER, answer="Có cư trú")


def numbers(person: Person, name: str) -> list[str]:
    return [item.reference for item in worklist.items(worklist.queue(person, name, NOW, TODAY))]


def test_the_asked_office_has_the_question_in_its_inbox_and_sees_the_dossier(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    ask(cast, dossier)
    assert numbers(cast.there.leader, "to_advise") == [dossier.number]
    assert policies.get_dossier(cast.there.leader, dossier.number, TODAY) == dossier
    party = MatterParty.objects.current().get(matter=dossier.matter, office=cast.there.commune)
    assert party.capacity == "consulted"
    item = queries.open_item(dossier)
    assert item is not None
    assert (item.act, item.due_at) == ("process", dossier.due_at)


def test_the_answer_closes_the_question_and_moves_nothing(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    ask(cast, dossier)
    opinion = answer(cast, dossier)
    assert (opinion.answer, opinion.answered_by, opinion.answered_at) == ("Có cư trú", cast.there.leader, LATER)
    assert list(WorkItem.objects.filter(closed_by=None).values_list("act", flat=True)) == ["process"]
    assert Dossier.objects.get().state == "received"
    with pytest.raises(services.NothingOpen):
        answer(cast, dossier)


def test_who_is_asked_reads_and_answers_and_does_nothing_else(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    ask(cast, dossier)
    reason = {"reason_code": "other", "reason": "Không", "legal_basis": "Không"}
    with pytest.raises(policies.NotAllowed):
        services.stop_dossier(dossier=dossier, by=cast.there.approver, at=LATER, **reason)
    with pytest.raises(policies.NotAllowed):
        services.complete_step(dossier=dossier, by=cast.there.leader, at=LATER)
    for stranger in (cast.here.case, cast.there.intake):
        with pytest.raises(policies.NotAllowed):
            answer(cast, dossier, stranger)


def test_an_office_is_asked_once_at_a_time_with_a_moment_ahead_and_never_itself(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    ask(cast, dossier)
    for office, due_at, why in (
        (cast.there.commune, DUE, "asked_already"),
        (cast.here.civil_status, DUE, "own_office"),
        (cast.here.certification, NOW, "past"),
    ):
        with pytest.raises(services.NotPossible, match=why):
            ask(cast, dossier, office, due_at)
    ask(cast, dossier, cast.here.certification)
    assert Opinion.objects.count() == 2


def test_what_is_settled_is_asked_about_no_more_and_what_was_asked_ends_with_the_dossier(cast: Cast) -> None:
    with pytest.raises(Refused):
        ask(cast, cast.settled(CERTIFY), who="approver")
    dossier = cast.take_in(CERTIFY).dossier
    ask(cast, dossier, who="approver")
    why = {"reason_code": "dispute", "reason": "Tranh chấp", "legal_basis": "Luật mẫu"}
    dossier = services.stop_dossier(dossier=dossier, by=cast.here.approver, at=LATER, **why)
    assert not WorkItem.objects.filter(matter=dossier.matter, closed_by=None).exists()
    services.undo_last(dossier=dossier, by=cast.here.approver, at=LATER, reason="Nhầm")
    assert numbers(cast.there.leader, "to_advise") == [dossier.number]


@pytest.mark.usefixtures("_now")
def test_the_page_of_the_asked_office_has_the_question_on_top_and_one_act(cast: Cast, client: Client) -> None:
    dossier = cast.take_in(BIRTH).dossier
    client.force_login(cast.here.case.account)
    address = f"/desk/dossiers/{dossier.number}/"
    file = SimpleUploadedFile("ban-do.pdf", b"%PDF-1.7 sample %%EOF")
    given = {"office": cast.there.commune.pk, "question": "Có cư trú không?", "day": "27/11/2026", "file": file}
    assert client.post(f"{address}ask-opinion/", {**given, "day": "24/11/2026"}).status_code == 422
    wrong = SimpleUploadedFile("ban-do.pdf", b"MZ sample")
    assert client.post(f"{address}ask-opinion/", {**given, "file": wrong}).status_code == 422
    file.seek(0)
    assert client.post(f"{address}ask-opinion/", given).status_code == 302
    client.force_login(cast.there.leader.account)
    page = client.get(address)
    assert [each.name for each in page.context["acts"]] == ["give-opinion", "give", "remark"]
    assert page.context["rare_acts"] == []
    assert "Có cư trú không?" in page.content.decode()
    opinion = Opinion.objects.get()
    assert client.get(f"{address}opinions/{opinion.pk}/question/").content == b"%PDF-1.7 sample %%EOF"
    assert client.get(f"{address}opinions/{opinion.pk}/answer/").status_code == 404
    assert client.post(f"{address}give-opinion/", {"answer": "Có cư trú từ 2020"}).status_code == 302
    client.force_login(cast.here.case.account)
    assert "Có cư trú từ 2020" in client.get(address).content.decode()


# --- giving work on ---------------------------------------------------------------------------------------------------
def second_case_officer(cast: Cast) -> Person:
    person = Person.objects.create(full_name="Đặng Thị Mẫu Hai")
    role = Role.objects.get(code="case_officer")
    Post.objects.create(person=person, office=cast.here.civil_status, role=role, valid_from=BEGUN)
    return person


def test_whoever_leads_gives_work_that_he_does_not_do_himself(cast: Cast) -> None:
    dossier, second = cast.take_in(BIRTH).dossier, second_case_officer(cast)
    services.take_work(dossier=dossier, by=cast.here.leader, at=NOW, assignee=second)
    item = queries.open_item(dossier)
    assert item is not None
    assert item.assignee == second
    event = queries.last_event(dossier)
    assert event is not None
    assert event.post is not None
    assert event.post.person == cast.here.leader
    with pytest.raises(policies.NotAllowed):
        services.take_work(dossier=dossier, by=cast.here.leader, at=NOW)
    with pytest.raises(policies.NotAllowed):
        services.take_work(dossier=dossier, by=cast.here.leader, at=NOW, assignee=cast.here.intake)
    with pytest.raises(policies.NotAllowed):
        services.take_work(dossier=dossier, by=cast.there.leader, at=NOW, assignee=second)


def test_work_beside_the_route_is_given_by_its_name(cast: Cast) -> None:
    dossier, second = cast.take_in(BIRTH).dossier, second_case_officer(cast)
    asked = ask(cast, dossier, cast.here.certification)
    colleague = Person.objects.create(full_name="Bùi Văn Mẫu Ba")
    role = Role.objects.get(code="case_officer")
    Post.objects.create(person=colleague, office=cast.here.certification, role=role, valid_from=BEGUN)
    services.take_work(dossier=dossier, by=cast.here.leader, at=NOW, assignee=colleague, step=f"~advise-{asked.pk}")
    assert WorkItem.objects.get(act="advise").assignee == colleague
    services.take_work(dossier=dossier, by=cast.here.case, at=NOW, assignee=second)
    assert WorkItem.objects.get(act="process").assignee == second
    with pytest.raises(services.NothingOpen):
        services.take_work(dossier=dossier, by=cast.here.leader, at=NOW, assignee=second, step="~advise-0")


@pytest.mark.usefixtures("_now")
def test_of_several_pieces_of_work_the_leader_says_which(cast: Cast, client: Client) -> None:
    dossier, second = cast.take_in(BIRTH).dossier, second_case_officer(cast)
    asked = ask(cast, dossier, cast.here.certification)
    client.force_login(cast.here.leader.account)
    address = f"/desk/dossiers/{dossier.number}/give/"
    assert client.post(address, {"colleague": second.pk}).status_code == 422
    assert client.post(address, {"colleague": second.pk, "step": "process"}).status_code == 302
    assert WorkItem.objects.get(act="process").assignee == second
    assert client.post(address, {"colleague": second.pk, "step": f"~advise-{asked.pk}"}).status_code == 409

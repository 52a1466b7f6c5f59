"""Late work is told to whoever leads, once a rung, by the system's own hand; it is over when the step is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import queries, rules, services
from motcua.dossiers.models import Dossier, Escalation
from motcua.dossiers.queries import Level
from motcua.kernel import ledger, worklist
from motcua.kernel.identity import Person, Post, Role
from motcua.kernel.matters import WorkItem
from tests.cast import BEGUN, BIRTH, CERTIFY, NOW, TODAY, Cast

# Due on Monday at 17:00, ten in the morning being NOW plus one hour; Tuesday is a holiday.
DUE = NOW + timedelta(hours=8)
MORNING, SOON, AFTER, WEDNESDAY = (
    NOW + timedelta(hours=1),
    NOW + timedelta(hours=4),
    DUE + timedelta(minutes=1),
    NOW + timedelta(days=2, hours=8, minutes=5),
)


def told(dossier: Dossier) -> list[int]:
    events = [event for event in queries.history_of(dossier) if event.type == "dossiers.work_escalated"]
    return [event.payload["level"] for event in events]


def overseen(dossier: Dossier) -> list[tuple[str, int | None]]:
    items = WorkItem.objects.filter(matter=dossier.matter, act="see_to_late", closed_by=None)
    return list(items.values_list("office__code", "assignee"))


def numbers(person: Person, name: str) -> list[str]:
    return [item.reference for item in worklist.items(worklist.queue(person, name, SOON, TODAY))]


def test_the_leader_is_told_before_it_is_due_when_it_is_and_later(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    assert services.escalate_late_work(at=MORNING) == 0
    for at, levels in ((SOON, [1]), (AFTER, [1, 2]), (WEDNESDAY, [1, 2, 3])):
        assert services.escalate_late_work(at=at) == 1
        assert told(dossier) == levels
        assert services.escalate_late_work(at=at) == 0
    assert overseen(dossier) == [(cast.here.commune.code, cast.here.leader.pk)]
    assert numbers(cast.here.leader, "to_oversee") == [dossier.number]
    assert numbers(cast.here.leader, "mine") == [dossier.number]
    assert numbers(cast.here.approver, "office") == []


def test_an_escalation_is_an_act_of_the_system_and_moves_nothing(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    services.escalate_late_work(at=AFTER)
    event = queries.last_event(dossier)
    assert event is not None
    assert event.actor is not None
    assert event.actor.is_system
    assert (event.office, event.payload["standing"]) == (cast.here.civil_status, "overdue")
    assert rules.state_after(queries.happened(queries.history_of(dossier))) == "received"
    assert Dossier.objects.get().due_at == dossier.due_at
    assert list(ledger.breaks()) == []


def test_it_is_over_by_itself_when_the_step_is_done(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    services.escalate_late_work(at=AFTER)
    dossier = services.complete_step(dossier=dossier, by=cast.here.case, at=WEDNESDAY)
    assert overseen(dossier) == []
    services.escalate_late_work(at=WEDNESDAY)
    assert overseen(dossier) != []
    services.settle_dossier(dossier=dossier, by=cast.here.approver, at=WEDNESDAY, result_name="Giấy khai sinh")
    assert overseen(dossier) == []
    assert services.escalate_late_work(at=WEDNESDAY + timedelta(days=30)) == 0


def test_a_new_appointment_ends_it_and_begins_the_ladder_again(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    services.escalate_late_work(at=AFTER)
    until = NOW + timedelta(days=4, hours=8)
    why = {"reason_code": "complex", "reason": "Cần xác minh"}
    services.propose_extension(dossier=dossier, by=cast.here.approver, at=AFTER, new_due_at=until, **why)
    assert overseen(dossier) == []
    assert services.escalate_late_work(at=WEDNESDAY) == 0
    assert services.escalate_late_work(at=until + timedelta(minutes=1)) == 1
    assert overseen(dossier) != []


def test_what_waits_for_the_applicant_is_nobodys_late_work(cast: Cast) -> None:
    cast.settled(CERTIFY)
    assert services.escalate_late_work(at=NOW + timedelta(days=90)) == 0


def test_an_opinion_that_does_not_come_is_told_where_it_was_asked(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    services.ask_opinion(
        dossier=dossier, office=cast.there.commune, by=cast.here.case, at=NOW, question="Có cư trú không?", due_at=SOON
    )
    services.escalate_late_work(at=SOON + timedelta(minutes=1))
    assert (cast.there.commune.code, cast.there.leader.pk) in overseen(dossier)


def test_an_office_has_its_own_ladder_and_roles(cast: Cast) -> None:
    ladder = [Level(1, "after", 2, "leader"), Level(2, "after", 4)]
    services.set_escalation(office=cast.here.commune, levels=ladder, by=cast.here.administrator, at=NOW)
    assert queries.ladder_of(cast.here.civil_status).levels == tuple(ladder)
    assert queries.ladder_of(cast.there.civil_status).office_id is None
    here, there = cast.take_in(BIRTH).dossier, cast.take_in(BIRTH, cast.there).dossier
    services.escalate_late_work(at=AFTER)
    assert (told(here), told(there)) == ([], [1])
    services.set_escalation(office=cast.here.commune, levels=[], by=cast.here.administrator, at=NOW)
    assert queries.ladder_of(cast.here.civil_status).office_id is None


@pytest.mark.parametrize(
    "levels",
    [
        [Level(1, "after", 2), Level(2, "after", 2)],
        [Level(1, "after", 0), Level(2, "before", 4)],
        [Level(n, "after", n) for n in range(1, 6)],
    ],
)
def test_a_ladder_goes_forward_in_time(cast: Cast, levels: list[Level]) -> None:
    with pytest.raises(services.NotALadder):
        services.set_escalation(office=cast.here.commune, levels=levels, by=cast.here.administrator, at=NOW)
    assert queries.ladder_of(cast.here.commune).office_id is None


def test_where_nobody_leads_the_office_above_is_told_and_of_several_none_in_particular(cast: Cast) -> None:
    Post.objects.filter(person=cast.here.leader).delete()
    dossier = cast.take_in(BIRTH).dossier
    services.escalate_late_work(at=AFTER)
    assert (told(dossier), overseen(dossier)) == ([1], [])
    role = Role.objects.get(code="leader")
    for name in ("Chu Văn Mẫu", "Đinh Thị Mẫu"):
        person = Person.objects.create(full_name=name)
        Post.objects.create(person=person, office=cast.province, role=role, valid_from=BEGUN)
    services.escalate_late_work(at=AFTER + timedelta(minutes=5))
    assert overseen(dossier) == [(cast.province.code, None)]


def test_a_round_reads_only_what_is_due_and_ends_where_it_should(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.dossiers.services.escalation.MOST", 2)
    for _n in range(3):
        cast.take_in(BIRTH)
    assert [services.escalate_late_work(at=SOON) for _n in range(3)] == [2, 1, 0]
    with CaptureQueriesContext(connection) as asked:
        assert queries.late_work(MORNING, 200) == []
    assert len(asked) <= 4
    assert Escalation.objects.count() == 3

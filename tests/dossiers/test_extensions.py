"""An apology with a new appointment: proposed with a reason, approved, told; no late result is held back for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers import policies, queries, services
from motcua.dossiers.models import Dossier, Extension
from motcua.kernel import schedule
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from tests import cast as casting
from tests.cast import BIRTH, NOW, OPEN_LIMIT, Cast, limit

LATER = NOW + timedelta(hours=1)
# Thursday and Friday of the same week, at the end of work.
THURSDAY, FRIDAY = NOW + timedelta(days=3, hours=8), NOW + timedelta(days=4, hours=8)
WHY = {"reason_code": "verification", "reason": "Cần xác minh tại thôn"}


def running(cast: Cast) -> Dossier:
    """Due on Wednesday at the end of work: Tuesday is a holiday."""
    dossier = cast.take_in(BIRTH).dossier
    return services.change_edition(
        dossier=dossier,
        procedure=OPEN_LIMIT,
        by=cast.here.approver,
        at=NOW,
        reason_code="other",
        reason="Mẫu",
        limit=limit(1),
    )


def in_process(cast: Cast) -> Dossier:
    """With an officer who may not approve: due today."""
    return cast.take_in(BIRTH).dossier


def propose(
    cast: Cast, dossier: Dossier, until: datetime = FRIDAY, at: datetime = LATER, who: str = "case"
) -> Extension:
    return services.propose_extension(dossier=dossier, by=getattr(cast.here, who), at=at, new_due_at=until, **WHY)


def decide(cast: Cast, dossier: Dossier, at: datetime = LATER, **given: Any) -> Extension:
    said = {"accepted": True, **given}
    return services.decide_extension(dossier=dossier, by=cast.here.approver, at=at, **said)


def test_a_proposal_waits_for_its_decision_and_moves_nothing(cast: Cast) -> None:
    dossier = in_process(cast)
    extension = propose(cast, dossier)
    stored = Dossier.objects.get()
    assert (stored.due_at, extension.accepted) == (dossier.due_at, None)
    steps = WorkItem.objects.filter(closed_by=None).values_list("act", "office__code")
    assert set(steps) == {("process", cast.here.civil_status.code), ("decide", cast.here.commune.code)}
    assert Delivery.objects.filter(event__type__startswith="dossiers.extension").count() == 0


def test_once_agreed_the_new_appointment_holds_everywhere_and_is_told(cast: Cast) -> None:
    dossier = in_process(cast)
    propose(cast, dossier)
    decide(cast, dossier)
    stored = Dossier.objects.get()
    assert stored.due_at == queries.due_of(stored).at == FRIDAY
    assert list(WorkItem.objects.filter(closed_by=None).values_list("act", "due_at")) == [("process", FRIDAY)]
    assert Delivery.objects.filter(event__type="dossiers.extension_decided").count() == 1
    assert Extension.objects.get().decided_by == cast.here.approver


def test_a_no_says_why_and_leaves_the_appointment(cast: Cast) -> None:
    dossier = in_process(cast)
    propose(cast, dossier)
    with pytest.raises(ValueError, match="no"):
        decide(cast, dossier, accepted=False, note=" ")
    decide(cast, dossier, accepted=False, note="Làm thêm giờ")
    stored = Dossier.objects.get()
    assert (stored.due_at, stored.extensions.get().decision_note) == (dossier.due_at, "Làm thêm giờ")
    assert WorkItem.objects.filter(closed_by=None).count() == 1
    assert not Delivery.objects.filter(event__type="dossiers.extension_decided").exists()


def test_who_may_approve_proposes_and_decides_in_one_act(cast: Cast) -> None:
    dossier = running(cast)
    extension = propose(cast, dossier, who="approver")
    assert (extension.accepted, Dossier.objects.get().due_at) == (True, FRIDAY)
    types = [event.type for event in queries.history_of(dossier) if "extension" in event.type]
    assert types == ["dossiers.extension_proposed", "dossiers.extension_decided"]


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (NOW, "not_later"),
        (NOW + timedelta(hours=8), "not_later"),
        (NOW + timedelta(days=1, hours=8), "not_working_time"),
        (FRIDAY + timedelta(hours=1), "not_working_time"),
    ],
)
def test_the_new_appointment_is_later_and_in_office_hours(cast: Cast, until: datetime, why: str) -> None:
    with pytest.raises(services.NotPossible, match=why):
        propose(cast, in_process(cast), until)


def test_one_proposal_at_a_time_and_only_while_the_time_runs(cast: Cast) -> None:
    dossier = in_process(cast)
    propose(cast, dossier)
    with pytest.raises(services.NotPossible, match="undecided_before"):
        propose(cast, dossier)
    for other in (cast.file(BIRTH).dossier, cast.settled(BIRTH)):
        with pytest.raises(services.NotPossible, match="no_due_moment"):
            propose(cast, other, who="approver" if other.received_at else "intake")
    with pytest.raises(services.NothingOpen):
        decide(cast, cast.take_in(BIRTH).dossier)


def test_what_was_proposed_for_a_moment_that_has_passed_is_no_longer_agreed_to(cast: Cast) -> None:
    dossier = in_process(cast)
    propose(cast, dossier, THURSDAY)
    with pytest.raises(services.NotPossible, match="not_later"):
        decide(cast, dossier, FRIDAY)
    assert decide(cast, dossier, FRIDAY, accepted=False, note="Đề nghị lại").accepted is False


def test_only_whoever_does_the_step_proposes_and_only_an_approver_decides(cast: Cast) -> None:
    dossier = in_process(cast)
    for who in (cast.here.intake, cast.there.case, cast.there.approver):
        with pytest.raises(policies.NotAllowed):
            services.propose_extension(dossier=dossier, by=who, at=LATER, new_due_at=FRIDAY, **WHY)
    propose(cast, dossier)
    with pytest.raises(policies.NotAllowed):
        services.decide_extension(dossier=dossier, by=cast.here.case, at=LATER, accepted=True)


def test_what_falls_short_of_the_usual_is_said_and_stops_nobody(cast: Cast) -> None:
    dossier = running(cast)

    def short(at: datetime) -> list[str]:
        return list(queries.shortcomings(dossier, queries.history_of(dossier), at))

    assert short(NOW) == []
    assert short(NOW + timedelta(days=2)) == ["short_notice"]
    assert short(NOW + timedelta(days=3)) == ["late"]
    propose(cast, dossier, THURSDAY, who="approver")
    assert short(NOW) == ["second"]
    assert propose(cast, dossier, FRIDAY, who="approver").accepted is True


def test_a_late_result_is_returned_though_nobody_apologised(cast: Cast) -> None:
    dossier = in_process(cast)
    propose(cast, dossier)
    late = FRIDAY + timedelta(days=30)
    dossier = services.complete_step(dossier=dossier, by=cast.here.case, at=late)
    dossier = services.settle_dossier(dossier=dossier, by=cast.here.approver, at=late, result_name="Giấy khai sinh")
    assert queries.standing_of(dossier, late) == "late"
    done = services.return_result(dossier=dossier, by=cast.here.intake, at=late, method="counter", receiver="Mẫu")
    assert done.state == "returned"


def test_the_desk_says_what_to_mend_and_keeps_what_was_typed(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: casting.TODAY)
    dossier = in_process(cast)
    client.force_login(cast.here.case.account)
    address = f"/desk/dossiers/{dossier.number}/extend/"
    for day, hour in (("24/11/2026", ""), ("23/11/2026", ""), ("27/11/2026", "12:10"), ("không", "")):
        answer = client.post(address, {**WHY, "day": day, "hour": hour})
        assert answer.status_code == 422
        assert WHY["reason"] in answer.content.decode()
    assert client.post(address, {**WHY, "day": "27/11/2026", "hour": "10:30"}).status_code == 302
    moment = Extension.objects.get().new_due_at
    assert schedule.calendar_for(cast.here.commune).local(moment).strftime("%H:%M %d/%m") == "10:30 27/11"
    client.force_login(cast.here.approver.account)
    decision = client.get(f"/desk/dossiers/{dossier.number}/", {"act": "decide-extension"}).content.decode()
    assert WHY["reason"] in decision
    answer = client.post(f"/desk/dossiers/{dossier.number}/decide-extension/", {"accept": "yes"})
    assert answer.status_code == 302
    assert Dossier.objects.get().due_at == moment

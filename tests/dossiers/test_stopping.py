"""A received dossier is stopped with its reason, and the last act is taken back as an act of its own (ADR 0010)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import Dossier, Ending, Result, Returning, SupplementRequest, Undoing
from motcua.kernel import ledger
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from motcua.kernel.workflow import Refused
from tests.cast import BIRTH, CERTIFY, NOW, OPEN_LIMIT, Cast, limit
from tests.dossiers.asked import ask

LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
WHY = {"reason_code": "dispute", "reason": "Đang có tranh chấp", "legal_basis": "Nghị định mẫu 1/2026, Điều 2"}


def stop(cast: Cast, dossier: Dossier, at: datetime = LATER) -> Dossier:
    return services.stop_dossier(dossier=dossier, by=cast.here.approver, at=at, **WHY)


def undo(cast: Cast, dossier: Dossier, who: str = "approver", at: datetime = LAST) -> Dossier:
    return services.undo_last(dossier=dossier, by=getattr(cast.here, who), at=at, reason="Ghi nhầm")


def open_work(dossier: Dossier) -> list[tuple[str, str, int | None]]:
    items = WorkItem.objects.filter(matter=dossier.matter, closed_by=None).order_by("step")
    return list(items.values_list("step", "office__code", "assignee"))


# --- stopping ---------------------------------------------------------------------------------------------------------
def test_a_stop_says_why_rests_on_a_text_and_leaves_nothing_open(cast: Cast) -> None:
    dossier = stop(cast, cast.take_in(OPEN_LIMIT, limit=limit(5)).dossier)
    ending = Ending.objects.get()
    assert (ending.kind, ending.reason, ending.legal_basis) == ("stopped", WHY["reason"], WHY["legal_basis"])
    assert (dossier.state, open_work(dossier), dossier.matter.closed_at) == ("stopped", [], LATER)
    assert list(dossier.matter.clock_entries.values_list("kind", flat=True)) == ["start", "stop"]
    assert Delivery.objects.filter(event__type="dossiers.stopped").count() == 1


@pytest.mark.parametrize("lacking", ["reason", "legal_basis"])
def test_a_stop_without_reason_or_text_is_none(cast: Cast, lacking: str) -> None:
    dossier = cast.take_in().dossier
    with pytest.raises(ValueError, match="stop"):
        services.stop_dossier(dossier=dossier, by=cast.here.approver, at=LATER, **{**WHY, lacking: " "})
    assert Dossier.objects.get().state == "received"


def test_what_is_not_received_is_refused_and_not_stopped(cast: Cast) -> None:
    with pytest.raises(Refused):
        stop(cast, cast.file().dossier)


def test_only_whoever_approves_at_the_office_stops(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    for person in (cast.here.intake, cast.here.case, cast.there.approver):
        with pytest.raises(policies.NotAllowed):
            services.stop_dossier(dossier=dossier, by=person, at=LATER, **WHY)


# --- undoing ----------------------------------------------------------------------------------------------------------
def refused(cast: Cast) -> Dossier:
    why = {"reason_code": "incomplete", "reason": "Thiếu"}
    return services.refuse_dossier(dossier=cast.file(BIRTH).dossier, by=cast.here.intake, at=LATER, **why)


def handed_on(cast: Cast) -> Dossier:
    dossier = cast.take_in(BIRTH).dossier
    services.take_work(dossier=dossier, by=cast.here.case, at=NOW)
    return services.complete_step(dossier=dossier, by=cast.here.case, at=LATER)


def stopped(cast: Cast) -> Dossier:
    return stop(cast, cast.take_in(CERTIFY).dossier)


UNDONE: list[tuple[Callable[[Cast], Dossier], str, str, str]] = [
    (refused, "intake", "submitted", "receive"),
    (handed_on, "case", "received", "process"),
    (lambda cast: cast.settled(CERTIFY), "approver", "received", "sign"),
    (lambda cast: cast.returned(CERTIFY), "intake", "result_ready", "return"),
    (stopped, "approver", "received", "sign"),
]


@pytest.mark.parametrize(("way", "who", "state", "step"), UNDONE)
def test_an_undone_act_leads_back_to_the_step_before(
    cast: Cast, way: Callable[[Cast], Dossier], who: str, state: str, step: str
) -> None:
    dossier = undo(cast, way(cast), who)
    stored = Dossier.objects.get()
    assert (stored.state, [each[0] for each in open_work(dossier)]) == (state, [step])
    assert stored.matter.closed_at is None
    history = queries.history_of(dossier)
    assert history[-1].type == "dossiers.act_undone"
    assert rules.state_after(queries.happened(history)) == state
    assert Undoing.objects.get().event.seq == history[-1].payload["undone_seq"]
    assert list(ledger.breaks()) == []


def test_the_step_comes_back_to_whoever_had_it(cast: Cast) -> None:
    dossier = undo(cast, handed_on(cast), "case")
    assert open_work(dossier) == [("process", cast.here.civil_status.code, cast.here.case.pk)]


def test_the_clock_runs_on_as_if_nothing_had_stopped_it(cast: Cast) -> None:
    dossier = cast.take_in(OPEN_LIMIT, limit=limit(5)).dossier
    due_at = dossier.due_at
    dossier = undo(cast, stop(cast, dossier))
    assert dossier.due_at == due_at
    assert queries.due_of(dossier).reason == "running"
    assert list(dossier.matter.clock_entries.values_list("kind", flat=True)) == ["start", "stop", "reopen"]


def test_a_result_that_is_taken_back_is_revoked_with_the_reason(cast: Cast) -> None:
    dossier = undo(cast, cast.settled())
    result = Result.objects.get()
    assert (result.revoked_at, result.revoked_by, result.revoke_reason) == (LAST, cast.here.approver, "Ghi nhầm")
    again = services.settle_dossier(dossier=dossier, by=cast.here.approver, at=LAST, result_name="Bản đúng")
    assert (again.state, Result.objects.filter(revoked_at=None).get().name) == ("result_ready", "Bản đúng")


def test_a_wrong_note_of_returning_can_be_made_again(cast: Cast) -> None:
    dossier = undo(cast, cast.returned(), "intake")
    assert Dossier.objects.get().returned_at is None
    services.return_result(dossier=dossier, by=cast.here.intake, at=LAST, method="post", receiver="Người Mẫu Hai")
    assert list(Returning.objects.values_list("receiver", "undone_at")) == [
        ("Người Mẫu Một", LAST),
        ("Người Mẫu Hai", None),
    ]


def test_after_an_undoing_the_act_before_can_be_taken_back_too(cast: Cast) -> None:
    dossier = handed_on(cast)
    dossier = services.settle_dossier(dossier=dossier, by=cast.here.approver, at=LATER, result_name="Bản chính")
    dossier = undo(cast, undo(cast, dossier), "case")
    assert (dossier.state, open_work(dossier)[0][0]) == ("received", "process")


def test_a_receipt_is_never_taken_back(cast: Cast) -> None:
    with pytest.raises(services.NotPossible, match="nothing_to_undo"):
        undo(cast, cast.take_in().dossier, "intake")


def test_what_was_erased_by_law_is_not_taken_up_again(cast: Cast) -> None:
    dossier = cast.returned()
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=LATER, legal_source="Luật mẫu")
    dossier.applicant.refresh_from_db()
    with pytest.raises(services.NotPossible, match="erased"):
        undo(cast, dossier, "intake")


def test_whoever_leads_may_take_an_act_back_but_nobody_else_elsewhere(cast: Cast) -> None:
    dossier = handed_on(cast)
    for person in (cast.here.intake, cast.there.case, cast.there.leader):
        with pytest.raises(policies.NotAllowed):
            services.undo_last(dossier=dossier, by=person, at=LAST, reason="Ghi nhầm")
    assert undo(cast, dossier, "leader").state == "received"


def test_the_applicant_reads_the_truth_and_only_when_something_changed_for_him(cast: Cast) -> None:
    undo(cast, stopped(cast))
    assert Delivery.objects.filter(event__type="dossiers.act_undone").count() == 1
    dossier = cast.take_in(BIRTH).dossier
    first = services.complete_step(dossier=dossier, by=cast.here.case, at=LATER)
    assert undo(cast, first, "case").state == "received"


def test_an_act_dated_before_the_last_one_is_refused(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH, at=LATER).dossier
    with pytest.raises(ledger.BeforeLastEvent):
        services.complete_step(dossier=dossier, by=cast.here.case, at=NOW)
    assert Dossier.objects.get().state == "received"


@pytest.mark.parametrize("received", [True, False])
def test_a_mistaken_request_for_papers_is_taken_back_and_does_not_count(cast: Cast, received: bool) -> None:
    dossier = cast.take_in(BIRTH).dossier if received else cast.file(BIRTH).dossier
    who = "case" if received else "intake"
    due_at = dossier.due_at
    ask(dossier, getattr(cast.here, who), LATER)
    dossier = undo(cast, dossier, who)
    assert (dossier.state, dossier.due_at) == ("received" if received else "submitted", due_at)
    assert [each[0] for each in open_work(dossier)] == ["process" if received else "receive"]
    assert SupplementRequest.objects.get().cancelled_at == LAST
    assert Delivery.objects.filter(event__type="dossiers.act_undone").count() == 1
    ask(dossier, getattr(cast.here, who), LAST, repeat_reason="Lần trước gửi nhầm")
    services.decide_supplement(dossier=dossier, n=2, by=cast.here.approver, at=LAST, accept=True)
    assert not queries.asked_more_than_once(dossier)

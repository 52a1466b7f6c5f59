"""The way through the office: received or refused, along the route, settled, returned; each act leaves its traces."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import Dossier, Ending, Filing, Result, Returning
from motcua.kernel import ledger, schedule
from motcua.kernel.calendar import Day
from motcua.kernel.identity import Person, Post, Role
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from motcua.kernel.workflow import Refused
from tests.cast import BIRTH, CERTIFY, NOW, OPEN_LIMIT, TODAY, Cast, limit

LATER = NOW + timedelta(hours=1)
Act = Callable[[Cast, Dossier], Dossier]


def receive(cast: Cast, dossier: Dossier) -> Dossier:
    return services.receive_dossier(dossier=dossier, by=cast.here.intake, at=LATER, limit=limit())


def refuse(cast: Cast, dossier: Dossier) -> Dossier:
    reason = {"reason_code": "not_competent", "reason": "Không thuộc thẩm quyền", "advice": "Xin gửi nơi khác"}
    return services.refuse_dossier(dossier=dossier, by=cast.here.intake, at=LATER, **reason)


def process(cast: Cast, dossier: Dossier) -> Dossier:
    return services.complete_step(dossier=dossier, by=cast.here.case, at=LATER)


def settle(cast: Cast, dossier: Dossier) -> Dossier:
    return services.settle_dossier(dossier=dossier, by=cast.here.approver, at=LATER, result_name="Bản chính")


def hand_over(cast: Cast, dossier: Dossier, at: datetime = LATER) -> Dossier:
    return services.return_result(
        dossier=dossier, by=cast.here.intake, at=at, method="counter", receiver="Người Mẫu Một"
    )


ACTS: dict[str, Act] = {
    rules.RECEIVE: receive,
    rules.REFUSE: refuse,
    rules.ADVANCE: process,
    rules.SETTLE: settle,
    rules.RETURN: hand_over,
}


def open_steps(dossier: Dossier) -> list[tuple[str, str]]:
    """The open work: step and office."""
    items = WorkItem.objects.filter(matter=dossier.matter, closed_by=None)
    return list(items.values_list("step", "office__code"))


# --- the straight road ------------------------------------------------------------------------------------------------
def test_the_long_road_leaves_an_event_a_message_and_the_next_work_at_each_act(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    town, commune = cast.here, cast.here.commune.code
    road: list[tuple[Act, str, str, list[tuple[str, str]]]] = [
        (receive, "dossiers.received", "received", [("process", town.civil_status.code)]),
        (process, "dossiers.step_completed", "processing", [("sign", commune)]),
        (settle, "dossiers.settled", "result_ready", [("return", town.centre.code)]),
        (hand_over, "dossiers.returned", "returned", []),
    ]
    for number, (act, event, state, work) in enumerate(road, 2):
        dossier = act(cast, dossier)
        assert (dossier.state, open_steps(dossier)) == (state, work)
        history = queries.history_of(dossier)
        assert (len(history), history[-1].type) == (number, event)
        assert Delivery.objects.filter(event=history[-1]).count() == 1
    assert dossier.matter.closed_at == LATER
    assert list(ledger.breaks()) == []


def test_the_short_road_at_the_counter(cast: Cast) -> None:
    dossier = cast.returned(CERTIFY)
    assert dossier.state == "returned"
    assert (Result.objects.count(), Returning.objects.get().receiver) == (1, "Người Mẫu Một")
    stored = Dossier.objects.get()
    assert (stored.received_at, stored.settled_at, stored.returned_at) == (NOW, NOW, NOW)


def test_an_event_names_the_person_the_post_and_the_office(cast: Cast) -> None:
    dossier = process(cast, receive(cast, cast.file(BIRTH).dossier))
    last = queries.history_of(dossier)[-1]
    assert last.post is not None
    assert (last.actor, last.post.person, last.office) == (cast.here.case, cast.here.case, cast.here.civil_status)


def test_the_clock_starts_at_receipt_and_stops_at_the_result(cast: Cast) -> None:
    dossier = cast.settled()
    assert list(dossier.matter.clock_entries.values_list("seq", "kind")) == [(1, "start"), (2, "stop")]
    assert queries.due_of(dossier).at == dossier.due_at == NOW + timedelta(hours=8)
    assert queries.standing_of(dossier, NOW) == "on_time"


def test_what_comes_after_three_is_due_on_the_next_working_day(cast: Cast) -> None:
    dossier = cast.take_in(at=NOW + timedelta(hours=7)).dossier
    assert dossier.due_at == NOW + timedelta(days=2, hours=8)


def test_a_day_entered_later_does_not_move_what_stands_on_the_receipt(cast: Cast) -> None:
    dossier = cast.take_in(OPEN_LIMIT, limit=limit(2)).dossier
    day = Day(date(2026, 11, 26), "off", "Nghỉ mẫu")
    schedule.set_day(office=cast.here.commune, day=day, at=LATER, by=cast.here.administrator)
    assert queries.due_of(dossier).at == dossier.due_at
    other = cast.take_in(OPEN_LIMIT, limit=limit(2)).dossier
    assert other.due_at is not None
    assert other.due_at > NOW + timedelta(days=4)


# --- refusals ---------------------------------------------------------------------------------------------------------
def test_a_refusal_says_why_and_closes_the_dossier(cast: Cast) -> None:
    dossier = refuse(cast, cast.file().dossier)
    refusal = Ending.objects.get()
    assert (refusal.reason_code, refusal.reason) == ("not_competent", "Không thuộc thẩm quyền")
    assert (dossier.state, open_steps(dossier), dossier.matter.closed_at) == ("refused", [], LATER)
    assert Delivery.objects.filter(event__type="dossiers.refused").count() == 1


@pytest.mark.parametrize(("code", "words"), [("unheard_of", "Lý do"), ("incomplete", " ")])
def test_a_refusal_needs_a_known_reason_and_words(cast: Cast, code: str, words: str) -> None:
    dossier = cast.file().dossier
    with pytest.raises(ValueError, match="refusal"):
        services.refuse_dossier(dossier=dossier, by=cast.here.intake, at=LATER, reason_code=code, reason=words)
    assert Dossier.objects.get().state == "submitted"


@pytest.mark.parametrize(("method", "receiver"), [("pigeon", "Người Mẫu"), ("counter", " ")])
def test_a_return_says_how_and_to_whom(cast: Cast, method: str, receiver: str) -> None:
    dossier = cast.settled()
    with pytest.raises(ValueError, match="return"):
        services.return_result(dossier=dossier, by=cast.here.intake, at=LATER, method=method, receiver=receiver)


def test_an_act_out_of_turn_says_which_act_in_which_state(cast: Cast) -> None:
    dossier = receive(cast, cast.file(BIRTH).dossier)
    for act in (receive, refuse, hand_over):
        with pytest.raises(Refused, match="received"):
            act(cast, dossier)
    assert len(queries.history_of(dossier)) == 2


def test_a_finished_dossier_has_nothing_open(cast: Cast) -> None:
    for dossier in (cast.returned(), refuse(cast, cast.file().dossier)):
        for act in ACTS.values():
            with pytest.raises((services.NothingOpen, Refused)):
                act(cast, dossier)


def test_receiving_without_a_limit_in_law_needs_one_with_its_source(cast: Cast) -> None:
    dossier = cast.file(OPEN_LIMIT).dossier
    by = cast.here.intake
    for given in (None, limit(legal_source=" ")):
        with pytest.raises(services.LimitNeeded):
            services.receive_dossier(dossier=dossier, by=by, at=LATER, limit=given)
    assert Dossier.objects.get().state == "submitted"
    assert services.receive_dossier(dossier=dossier, by=by, at=LATER, limit=limit()).state == "received"


def test_a_limit_that_the_edition_gives_is_not_replaced_at_receipt(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    services.receive_dossier(dossier=dossier, by=cast.here.intake, at=LATER, limit=limit(30))
    stored = Dossier.objects.get().limit
    assert stored is not None
    assert stored["value"] == 0


# --- who -------------------------------------------------------------------------------------------------------------
def test_nobody_acts_for_the_other_commune(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    with pytest.raises(policies.NotAllowed):
        services.receive_dossier(dossier=dossier, by=cast.there.intake, at=LATER)
    dossier = receive(cast, dossier)
    with pytest.raises(policies.NotAllowed):
        services.complete_step(dossier=dossier, by=cast.there.case, at=LATER)
    with pytest.raises(policies.NotAllowed):
        services.take_work(dossier=dossier, by=cast.there.case, at=LATER)
    with pytest.raises(policies.NotAllowed):
        services.take_work(dossier=dossier, by=cast.here.case, assignee=cast.there.case, at=LATER)
    dossier = process(cast, dossier)
    with pytest.raises(policies.NotAllowed):
        services.settle_dossier(dossier=dossier, by=cast.there.approver, at=LATER, result_name="Kết quả")
    assert Dossier.objects.get().state == "processing"


def test_a_post_that_has_ended_allows_nothing(cast: Cast) -> None:
    dossier = cast.file().dossier
    Post.objects.filter(person=cast.here.intake).update(valid_to=TODAY)
    with pytest.raises(policies.NotAllowed):
        receive(cast, dossier)


def everything(cast: Cast) -> Person:
    """Somebody in a small commune who does the work of three."""
    person = Person.objects.create(full_name="Mai Văn Mẫu Một")
    for role in Role.objects.filter(code__in=("intake_officer", "case_officer", "approver")):
        Post.objects.create(person=person, office=cast.here.commune, role=role, valid_from=TODAY)
    return person


def test_one_person_may_do_the_steps_before_the_signature_in_one_act(cast: Cast) -> None:
    person = everything(cast)
    dossier = cast.take_in(BIRTH, by=person).dossier
    dossier = services.settle_dossier(dossier=dossier, by=person, at=LATER, result_name="Giấy khai sinh")
    types = [event.type.removeprefix("dossiers.") for event in queries.history_of(dossier)]
    assert types == ["filed", "received", "step_completed", "settled"]
    assert open_steps(dossier) == [("return", cast.here.centre.code)]


def test_the_signature_alone_does_not_allow_the_steps_before_it(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    with pytest.raises(policies.NotAllowed):
        settle(cast, dossier)
    assert open_steps(dossier) == [("process", cast.here.civil_status.code)]
    assert len(queries.history_of(dossier)) == 2


def test_work_is_taken_and_given_to_a_colleague(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    services.take_work(dossier=dossier, by=cast.here.case, at=LATER)
    item = queries.open_item(dossier)
    assert item is not None
    assert item.assignee == cast.here.case
    assert queries.history_of(dossier)[-1].payload == {"step": "process", "assignee_id": cast.here.case.pk}


def test_a_remark_is_for_colleagues_and_not_in_the_ledger(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    services.leave_remark(dossier=dossier, by=cast.here.intake, text=" Đã gọi điện ", at=LATER)
    assert [remark.text for remark in dossier.matter.remarks.all()] == ["Đã gọi điện"]
    assert "gọi" not in str(queries.history_of(dossier)[-1].payload)


# --- late ------------------------------------------------------------------------------------------------------------
def test_a_late_result_is_signed_and_returned_all_the_same(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    late = NOW + timedelta(days=30)
    dossier = services.settle_dossier(dossier=dossier, by=cast.here.approver, at=late, result_name="Bản sao")
    assert queries.standing_of(dossier, late) == "late"
    assert hand_over(cast, dossier, late).state == "returned"


# --- every walk (R16) ------------------------------------------------------------------------------------------------
WALKS: Sequence[tuple[str, ...]] = [
    (),
    ("receive",),
    ("refuse",),
    ("refuse", "receive"),
    ("settle", "return", "advance"),
    ("receive", "receive", "advance", "refuse", "settle", "settle", "return", "return"),
    ("receive", "settle", "advance", "return", "settle", "return", "refuse"),
    ("advance", "receive", "advance", "advance", "settle"),
]


def attempt(act: Act, cast: Cast, dossier: Dossier) -> None:
    """Do it, or be refused: no matter here."""
    with contextlib.suppress(Refused, policies.NotAllowed, services.NothingOpen):
        act(cast, dossier)


@pytest.mark.parametrize("walk", WALKS, ids="-".join)
@pytest.mark.parametrize("code", [BIRTH, OPEN_LIMIT])
def test_at_each_moment_a_number_is_one_filing_and_one_open_work_until_it_is_finished(
    cast: Cast, code: str, walk: tuple[str, ...]
) -> None:
    dossier = cast.file(code).dossier
    for name in (None, *walk):
        if name:
            attempt(ACTS[name], cast, dossier)
        stored: Any = Dossier.objects.get()
        assert Filing.objects.filter(dossier=stored).count() == 1
        assert len(open_steps(stored)) == (0 if stored.state in rules.FINISHED else 1)
        assert (stored.matter.closed_at is not None) == (stored.state in rules.FINISHED)
        assert Delivery.objects.count() <= len(queries.history_of(stored))
    assert list(ledger.breaks()) == []

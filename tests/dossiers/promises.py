"""What holds of every dossier in every state that people can bring it to: R15 to R18, its clock, its chain, its state.

Each function looks at rows as they are now and fails with the claim that does not hold.
"""

from __future__ import annotations

from motcua.dossiers import invariants, queries, rules
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.words import wording
from motcua.kernel import clock, identity, ledger, matters
from motcua.kernel.ledger import Event
from motcua.kernel.matters import MatterParty, WorkItem
from motcua.kernel.outbox import Delivery
from motcua.payments import queries as payments

ACTS_IN_STATE = {
    "submitted": {"receive", rules.DETERMINE},
    "received": {"process", "request", "settle", rules.DETERMINE},
    "processing": {"process", "request", "settle", rules.DETERMINE},
    "result_ready": {"return"},
}


def all_hold(dossier: Dossier) -> None:
    """Every promise, one after the other."""
    history = queries.history_of(dossier)
    items = queries.open_items(dossier)
    _state_is_what_the_events_say(dossier, history)
    _number_filing_and_work_belong_together(dossier)
    _somebody_has_it_with_a_due_moment(dossier, items)
    _the_step_is_one_of_its_route(dossier, items)
    _work_is_due_when_the_dossier_is(dossier, items)
    _the_clock_says_what_is_stored(dossier)
    _its_office_is_a_party(dossier, items)
    _no_message_without_its_event(dossier, history)
    _no_request_without_what_why_how_and_whom(dossier)
    _money_is_a_line_of_its_own(dossier, history)
    assert not list(ledger.breaks([dossier.pk]))


def _state_is_what_the_events_say(dossier: Dossier, history: list[Event]) -> None:
    assert dossier.state == rules.state_after(queries.happened(history))
    assert (dossier.matter.closed_at is not None) == (dossier.state in rules.FINISHED)
    assert (dossier.settled_at is not None) == (dossier.state in ("result_ready", "returned"))
    assert (dossier.returned_at is not None) == (dossier.state == "returned")
    assert [event.seq for event in history] == list(range(1, len(history) + 1))
    assert [event.at for event in history] == sorted(event.at for event in history)


def _number_filing_and_work_belong_together(dossier: Dossier) -> None:
    assert not [(fault.kind, fault.detail) for fault in invariants.faults([dossier.pk])]


def _somebody_has_it_with_a_due_moment(dossier: Dossier, items: list[WorkItem]) -> None:
    main = [item for item in items if item.act not in rules.SIDE_ACTS]
    assert bool(main) == (dossier.state not in rules.FINISHED)
    assert all(item.due_at and item.office_id for item in items)
    last = queries.last_event(dossier)
    assert last is not None
    day = last.at.date()
    for item in main:
        if capability := rules.CAPABILITY_OF_ACT.get(item.act):
            assert identity.holding(capability, item.office.path, day).exists(), f"nobody can {item.act} there"


def _the_step_is_one_of_its_route(dossier: Dossier, items: list[WorkItem]) -> None:
    route = {step.sid: step.act for step in queries.edition_of(dossier).definition.steps}
    main = [item for item in items if item.act not in rules.SIDE_ACTS]
    acts = {item.act for item in main}
    if dossier.state == "supplement_requested":
        assert rules.AWAIT_SUPPLEMENT in acts
    assert acts - {rules.AWAIT_SUPPLEMENT} <= ACTS_IN_STATE.get(dossier.state, {"process", "request"})
    for item in main:
        if item.act not in (rules.AWAIT_SUPPLEMENT, rules.DETERMINE):
            assert route[item.step] == item.act
    assert (rules.DETERMINE in acts) <= dossier.competence_open
    withdrawal = [item for item in items if item.act == rules.CONFIRM_WITHDRAWAL]
    assert not withdrawal or dossier.state not in ("result_ready", *rules.FINISHED), "it can no longer be confirmed"


def _work_is_due_when_the_dossier_is(dossier: Dossier, items: list[WorkItem]) -> None:
    main = [item for item in items if item.act not in rules.SIDE_ACTS]
    asked = queries.open_supplement(dossier)
    if asked is not None:
        assert {item.due_at for item in main} == {asked.answer_by}, "nothing can be done before the papers come"
    elif dossier.received_at is not None:
        assert {item.due_at for item in main} <= {dossier.due_at}


def _the_clock_says_what_is_stored(dossier: Dossier) -> None:
    due = queries.due_of(dossier)
    assert (due.at, due.estimated) == (dossier.due_at, dossier.due_estimated)
    waits = dossier.state == "supplement_requested"
    ended = dossier.state in ("result_ready", *rules.FINISHED)
    running = "paused" if waits else "stopped" if ended else "running"
    assert due.reason == (running if dossier.received_at else "not_started")
    assert all(clock.explain(due.why, language) for language in ("vi", "en"))


def _its_office_is_a_party(dossier: Dossier, items: list[WorkItem]) -> None:
    parties = list(MatterParty.objects.current().filter(matter=dossier.matter).values_list("office", "capacity"))
    assert [office for office, capacity in parties if capacity == matters.OWNER] == [dossier.competent_office_id]
    assert {item.office_id for item in items} <= {office for office, _capacity in parties}


def _no_message_without_its_event(dossier: Dossier, history: list[Event]) -> None:
    of_dossier = {event.pk: event for event in history}
    told = Delivery.objects.filter(payload__dossier=dossier.number)
    for delivery in told:
        assert wording.sentence_of(of_dossier[delivery.event_id]), of_dossier[delivery.event_id].type
    assert len({each.event_id for each in told}) == len(told)


def _no_request_without_what_why_how_and_whom(dossier: Dossier) -> None:
    for asked in SupplementRequest.objects.filter(dossier=dossier).prefetch_related("items"):
        wanted = list(asked.items.all())
        assert wanted
        assert asked.contact
        assert all(each.sid and each.reason_code and each.remedy for each in wanted)
        assert asked.n == 1 or asked.repeat_reason
        assert asked.sent_at is None or asked.decided_by_id


def _money_is_a_line_of_its_own(dossier: Dossier, history: list[Event]) -> None:
    """What the events say of money is the balance, whatever state the dossier is in."""
    charged = [event.payload["total"] for event in history if event.type == "payments.charged"]
    paid = sum(event.payload["amount"] for event in history if event.type == "payments.recorded")
    balance = payments.balance(dossier.matter)
    assert balance.open == max((charged[-1] if charged else 0) - paid, 0)

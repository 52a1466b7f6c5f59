"""The law of a dossier as plain functions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers import rules
from motcua.dossiers.models import STATES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)


def test_every_state_of_the_machine_can_be_stored_and_has_the_portals_number() -> None:
    assert set(rules.MACHINE.states) - {rules.NEW} <= set(STATES) == set(rules.PORTAL_STATUS)
    assert sorted(rules.PORTAL_STATUS.values()) == list(range(1, 11))


def test_finished_states_allow_nothing_and_all_others_something() -> None:
    for state in rules.MACHINE.states:
        assert bool(rules.MACHINE.allowed(state)) == (state not in rules.FINISHED)


@given(key=st.text(min_size=1), seed=st.text())
def test_a_claim_code_is_ten_plain_letters_and_always_the_same(key: str, seed: str) -> None:
    code = rules.claim_code(key, seed)
    assert len(code) == rules.CLAIM_LENGTH
    assert set(code) <= set(rules.CLAIM_ALPHABET)
    assert code == rules.claim_code(key, seed) != rules.claim_code(key + "x", seed)
    spoken = f" {code[:4].lower()}-{code[4:]} "
    assert rules.claim_code_hash(key, spoken) == rules.claim_code_hash(key, code)


def test_no_letter_of_a_claim_code_is_taken_for_another() -> None:
    assert not set("0O1IL2Z5S8BUVMN") & set(rules.CLAIM_ALPHABET)


@given(st.dictionaries(st.text(), JSON, min_size=1))
def test_the_canonical_form_does_not_depend_on_the_order_of_keys(content: dict[str, object]) -> None:
    turned = dict(reversed(content.items()))
    assert rules.canonical(content) == rules.canonical(turned)


def test_the_canonical_form_keeps_vietnamese_letters() -> None:
    assert rules.canonical({"b": 1, "a": "Đỗ"}) == '{"a":"Đỗ","b":1}'


@pytest.mark.parametrize("state", ["submitted", "received", "processing"])
def test_a_supplement_leads_back_to_what_it_interrupted(state: str) -> None:
    asked = rules.MACHINE.next(state, rules.ASK_SUPPLEMENT)
    assert rules.MACHINE.next(asked, rules.resuming(state)) == state
    with pytest.raises(ValueError, match=asked):
        rules.resuming(asked)


def happened(*types: str) -> list[tuple[int, str, dict[str, Any]]]:
    return [(seq, f"dossiers.{type_}", {}) for seq, type_ in enumerate(types, 1)]


def test_the_state_follows_from_the_events_alone() -> None:
    way = happened(
        "filed", "received", "work_taken", "step_completed", "supplement_requested", "supplement_filed", "settled"
    )
    states = [rules.state_after(way[:length]) for length in range(len(way) + 1)]
    assert states == [
        "new", "submitted", "received", "received", "processing", "supplement_requested", "processing", "result_ready",
    ]  # fmt: skip


def test_an_undone_act_is_as_if_it_had_not_been_and_the_one_before_can_then_be_undone() -> None:
    way = happened("filed", "received", "step_completed", "settled")
    last = rules.last_undoable(way)
    assert last is not None
    assert last[1] == "dossiers.settled"
    back = [*way, (5, "dossiers.act_undone", {"undone_seq": last[0]})]
    assert rules.state_after(back) == "processing"
    before = rules.last_undoable(back)
    assert before is not None
    assert before[1] == "dossiers.step_completed"
    further = [*back, (6, "dossiers.act_undone", {"undone_seq": before[0]})]
    assert rules.state_after(further) == "received"
    assert rules.last_undoable(further) is None


def test_a_receipt_is_never_undone() -> None:
    assert rules.last_undoable(happened("filed", "received")) is None


def test_work_beside_the_route_has_names_that_no_step_can_have() -> None:
    assert rules.side_step(rules.ADVISE, 3) == "~advise-3"
    assert rules.side_step(rules.ANSWER) == "~answer"

"""The law of a dossier as plain functions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers import rules
from motcua.dossiers.models import STATES


@dataclass(frozen=True)
class Step:
    sid: str
    act: str
    role: str = ""


ROUTE = (Step("a", "receive"), Step("b", "process"), Step("c", "process"), Step("d", "settle"), Step("e", "return"))
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


def test_the_route_is_walked_step_by_step() -> None:
    assert [getattr(rules.step_after(ROUTE, step.sid), "sid", None) for step in ROUTE] == ["b", "c", "d", "e", None]
    assert [step.sid for step in rules.steps_until(ROUTE, "b", "settle")] == ["b", "c", "d"]
    assert rules.steps_until(ROUTE, "e", "settle") == ()


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


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"citizen_id": "003"}, {"citizen_id": "003", "name": "x"}, True),
        ({"citizen_id": "003", "name": "a", "birth_date": "1990"}, {"citizen_id": "004", "name": "a"}, False),
        ({"name": "a", "birth_date": "1990"}, {"name": "a", "birth_date": "1990"}, True),
        ({"name": "a"}, {"name": "a"}, False),
        ({}, {}, False),
    ],
)
def test_two_applicants_are_one_person_by_id_or_by_name_and_birth(
    one: dict[str, str], other: dict[str, str], same: bool
) -> None:
    assert rules.same_matter(one, other) is same


def test_a_filing_is_late_for_its_first_look_only_after_the_moment() -> None:
    filed = datetime(2026, 11, 23, 2, tzinfo=UTC)
    due = filed + timedelta(days=1)
    assert not rules.is_late_for_receipt(filed, due, due)
    assert rules.is_late_for_receipt(filed, due, due + timedelta(seconds=1))

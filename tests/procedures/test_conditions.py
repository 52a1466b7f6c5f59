"""The condition language: the vectors, the shape faults, and that nothing makes it fall over."""

import json
from datetime import date
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures import conditions

VECTORS = json.loads(resources.files("motcua.procedures").joinpath("data/conditions_vectors.json").read_text())[
    "vectors"
]
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_a_vector_says_what_is_expected(vector: dict[str, Any]) -> None:
    assert list(conditions.faults(vector["rule"])) == []
    today = date.fromisoformat(vector["today"])
    assert conditions.evaluate(vector["rule"], vector["answers"], today) is vector["expect"]


def test_every_operator_has_a_vector() -> None:
    text = json.dumps([vector["rule"] for vector in VECTORS])
    operands = {"var", "today", "age_days", "age_years", "count"}
    assert [name for name in {*conditions.RULES, *operands} if f'"{name}"' not in text] == []


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ({"xor": [1, 2]}, "unknown operator 'xor'"),
        ({"==": [1]}, "1 operand(s) instead of 2"),
        ({"==": [{"var": "Not A Sid"}, 1]}, "which is no sid"),
        ({"==": [{"vars": "a"}, 1]}, "unknown operator 'vars'"),
        ({"==": [{"var": []}, 1]}, "'var' 0 operand(s)"),
        ({"and": []}, "0 operand(s) instead of 1 to 16"),
        ({"!": True}, "must be one operator"),
        ({"==": [None, 1]}, "no plain value"),
        ({"in": ["a", [["b"]]]}, "only plain values"),
        ({"a": 1, "b": 2}, "must be one operator"),
        ("filled", "must be one operator"),
        ([], "must be one operator"),
    ],
)
def test_a_misshapen_rule_is_named(rule: object, part: str) -> None:
    assert any(part in fault for fault in conditions.faults(rule))


def test_a_rule_nested_too_deeply_is_refused() -> None:
    rule: dict[str, Any] = {"filled": {"var": "a"}}
    for _ in range(conditions.MAX_DEPTH + 1):
        rule = {"!": rule}
    assert any("deeper" in fault for fault in conditions.faults(rule))


def test_variables_are_the_sids_read_without_their_parts() -> None:
    rule = {"and": [{"==": [{"var": "a.kind"}, "x"]}, {">": [{"age_days": [{"var": ["b"]}]}, 3]}, {"in": ["c", ["d"]]}]}
    assert conditions.variables(rule) == {"a", "b"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(answer=JSON, literal=st.booleans() | st.integers() | st.text(max_size=12))
def test_no_answer_makes_a_rule_fall_over(answer: object, literal: object) -> None:
    for operator in ("==", "!=", "<", "<=", ">", ">=", "in"):
        for left in ({"var": "a"}, {"age_days": [{"var": "a"}]}, {"count": [{"var": "a"}]}, {"var": "a.b"}):
            assert conditions.evaluate({operator: [left, literal]}, {"a": answer}, TODAY) in {True, False}


@given(left=JSON, right=JSON)
def test_not_equal_is_always_the_opposite_of_equal(left: object, right: object) -> None:
    answers = {"a": left, "b": right}
    operands = [{"var": "a"}, {"var": "b"}]
    equal = conditions.evaluate({"==": operands}, answers, TODAY)
    assert conditions.evaluate({"!=": operands}, answers, TODAY) is not equal


@given(JSON)
def test_any_shape_of_rule_is_judged_without_falling_over(shape: object) -> None:
    list(conditions.faults(shape))

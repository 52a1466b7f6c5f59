"""The route of a version as a graph: what opens when, where it meets again, and what no route may be."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.definition import Step, Text, route


def step(sid: str, act: str = "process", *following: str, **more: Any) -> Step:
    return Step(sid, Text(sid), act, "officer", next=following, **more)


STRAIGHT = (step("a", "receive"), step("b"), step("c"), step("d", "settle"), step("e", "return"))
# a ─┬─ b ── c ─┬─ sign ── back
#    └─ x ──────┘
FORKED = (
    step("a", "receive", "b", "x"),
    step("b"),
    step("c", "process", "sign"),
    step("x", "process", "sign", when={"filled": [{"var": "has_x"}]}),
    step("sign", "settle"),
    step("back", "return"),
)


def names(steps: tuple[Step, ...]) -> list[str]:
    return [each.sid for each in steps]


def test_a_straight_route_is_walked_step_by_step() -> None:
    assert [names(route.opening(STRAIGHT, each.sid)) for each in STRAIGHT] == [["b"], ["c"], ["d"], ["e"], []]
    assert names(route.straight_to(STRAIGHT, "b", "settle")) == ["b", "c", "d"]
    assert route.straight_to(STRAIGHT, "e", "settle") == ()
    assert route.straight_to(STRAIGHT, "~answer", "settle") == ()


def test_a_fork_opens_its_branches_side_by_side_and_the_meeting_waits_for_the_last() -> None:
    assert names(route.opening(FORKED, "a")) == ["b", "x"]
    assert names(route.opening(FORKED, "x", others={"b"})) == []
    assert names(route.opening(FORKED, "b", others={"x"})) == ["c"]
    assert names(route.opening(FORKED, "c", others={"x"})) == []
    assert names(route.opening(FORKED, "c")) == ["sign"]


def test_a_step_whose_condition_does_not_hold_is_passed_over() -> None:
    assert names(route.opening(FORKED, "a", passed={"x"})) == ["b"]
    alone = (step("a", "receive"), step("b", when={"filled": [{"var": "x"}]}), step("d", "settle"), step("e", "return"))
    assert names(route.opening(alone, "a", passed={"b"})) == ["d"]


def test_nothing_is_signed_beside_open_work() -> None:
    assert route.straight_to(FORKED, "c", "settle", others={"x"}) == ()
    assert names(route.straight_to(FORKED, "c", "settle")) == ["c", "sign"]
    assert route.straight_to(FORKED, "a", "settle") == ()


def test_shares_and_columns_follow_the_longest_way() -> None:
    shared = (
        step("a", "receive", "b", "x", share=10), step("b", share=20), step("c", "process", "sign", share=30),
        step("x", "process", "sign", share=40), step("sign", "settle", share=30), step("back", "return", share=10),
    )  # fmt: skip
    assert route.ends(shared) == {"a": 10, "b": 30, "c": 60, "x": 50, "sign": 90, "back": 100}
    assert route.levels(shared) == {"a": 0, "b": 1, "c": 2, "x": 1, "sign": 3, "back": 4}


@pytest.mark.parametrize("steps", [STRAIGHT, FORKED, route.STANDARD_ROUTE])
def test_sound_routes_have_no_fault(steps: tuple[Step, ...]) -> None:
    assert list(route.faults(steps)) == []


@pytest.mark.parametrize(
    ("steps", "path", "words"),
    [
        ((step("b"), step("e", "return")), "steps[0].act", "receive"),
        ((step("a", "receive", "e"), step("b"), step("e", "return")), "steps[1]", "never reached"),
        ((step("a", "receive"), step("b", "process", "a"), step("e", "return")), "steps[1].next", "back to itself"),
        ((step("a", "receive"), step("b", "process", "zz"), step("e", "return")), "steps[1].next", "no step"),
        ((step("a", "receive"), step("b", "request"), step("e", "return")), "steps[1].agency", "needed"),
        (
            (step("a", "receive", "b", "d"), step("b", "process", "e"), step("d", "settle"), step("e", "return")),
            "steps[2]",
            "may still be open",
        ),
    ],
)
def test_a_route_that_cannot_be_walked_is_refused_at_its_place(steps: tuple[Step, ...], path: str, words: str) -> None:
    assert any(each.path == path and words in each.message for each in route.faults(steps))


@given(st.data())
def test_every_walk_of_a_sound_route_ends_with_nothing_open(data: st.DataObject) -> None:
    width, length = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    branches = [[f"s{n}_{m}" for m in range(length)] for n in range(width)]
    inner = [
        step(sid, "process", branch[m + 1] if m + 1 < length else "sign")
        for branch in branches
        for m, sid in enumerate(branch)
    ]
    steps = (step("a", "receive", *(branch[0] for branch in branches)), *inner, FORKED[4], FORKED[5])
    assert list(route.faults(steps)) == []
    passed = data.draw(st.sets(st.sampled_from([each.sid for each in inner])))
    todo, done = ["a"], []
    while todo:
        sid = todo.pop(data.draw(st.integers(0, len(todo) - 1)))
        opened = route.opening(steps, sid, todo, passed)
        assert not {each.sid for each in opened} & {*todo, *done}
        done.append(sid)
        todo += [each.sid for each in opened]
    assert set(done) == {each.sid for each in steps} - passed
    assert done[-2:] == ["sign", "back"]

import pytest

from motcua.kernel.workflow import Machine, Malformed, Refused, Transition

DOOR = Machine(
    (
        Transition("open", ("shut",), "ajar"),
        Transition("shut", ("ajar",), "shut"),
        Transition("remove", ("ajar", "shut"), "gone"),
    ),
    initial=("shut",),
    final=("gone",),
)


def test_an_act_leads_to_its_target() -> None:
    assert DOOR.next("shut", "open") == "ajar"
    assert DOOR.next("ajar", "shut") == "shut"


def test_what_is_possible_comes_in_the_order_of_the_table() -> None:
    assert DOOR.allowed("ajar") == ("shut", "remove")
    assert DOOR.allowed("gone") == ()
    assert DOOR.allowed("painted") == ()
    assert set(DOOR.states) == {"shut", "ajar", "gone"}


@pytest.mark.parametrize(
    ("state", "act", "reason", "allowed"),
    [
        ("ajar", "open", "not_from_here", ("shut", "remove")),
        ("gone", "open", "finished", ()),
        ("shut", "paint", "unknown_act", ("open", "remove")),
        ("painted", "open", "unknown_state", ()),
    ],
)
def test_a_refused_act_says_why_and_what_is_possible(
    state: str, act: str, reason: str, allowed: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refusal:
        DOOR.next(state, act)
    assert (refusal.value.act, refusal.value.state) == (act, state)
    assert (refusal.value.reason_code, refusal.value.allowed) == (reason, allowed)


@pytest.mark.parametrize(
    ("transitions", "fault"),
    [
        ((Transition("go", ("a",), "end"), Transition("go", ("a",), "a")), "go leads from a to two places"),
        ((Transition("go", ("a",), "end"), Transition("go", ("b",), "end")), "b is never reached"),
        ((Transition("go", ("a",), "end"), Transition("slip", ("a",), "pit")), "pit never comes to an end"),
    ],
)
def test_a_table_that_is_no_machine_is_refused_with_its_fault(transitions: tuple[Transition, ...], fault: str) -> None:
    with pytest.raises(Malformed) as refusal:
        Machine(transitions, initial=("a",), final=("end",))
    assert fault in refusal.value.faults

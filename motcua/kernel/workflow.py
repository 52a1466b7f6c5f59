"""A state machine from a table of transitions: what may be done in a state, and where it leads.

Nouns: Transition (an act from some states to one), Machine (a checked table), Refused (an act that the table does not
allow, with the reason). It does not know who acts, when, or what a state means: rooms write the table in their rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Reason = Literal["unknown_act", "unknown_state", "finished", "not_from_here"]


class Refused(Exception):
    """The act is not possible in this state; `allowed` says what is."""

    def __init__(self, act: str, state: str, reason_code: Reason, allowed: tuple[str, ...]) -> None:
        super().__init__(f"{act} in state {state}: {reason_code}; possible: {', '.join(allowed) or 'nothing'}")
        self.act, self.state, self.reason_code, self.allowed = act, state, reason_code, allowed


class Malformed(ValueError):
    """A table that is no state machine; `faults` says everything that is wrong with it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Transition:
    """In each of these states the act is possible, and leads to the target."""

    act: str
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Machine:
    """Transitions, the states in which things begin, and those in which they may end. Refuses to be made malformed."""

    transitions: tuple[Transition, ...]
    initial: tuple[str, ...]
    final: tuple[str, ...]
    _table: dict[str, dict[str, str]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        faults = []
        for state in self.initial + self.final:
            self._table.setdefault(state, {})
        for transition in self.transitions:
            self._table.setdefault(transition.target, {})
            for source in transition.sources:
                acts = self._table.setdefault(source, {})
                if transition.act in acts:
                    faults.append(f"{transition.act} leads from {source} to two places")
                acts[transition.act] = transition.target
        if all_faults := (*faults, *self._unreachable(), *self._dead_ends()):
            raise Malformed(all_faults)

    @property
    def states(self) -> tuple[str, ...]:
        """Every state the table names."""
        return tuple(self._table)

    def allowed(self, state: str) -> tuple[str, ...]:
        """The acts possible in this state, in the order of the table; none in a state that is unknown."""
        return tuple(self._table.get(state, ()))

    def next(self, state: str, act: str) -> str:
        """The state after the act, or Refused."""
        target = self._table.get(state, {}).get(act)
        if target is None:
            raise Refused(act, state, self._reason(state, act), self.allowed(state))
        return target

    def _reason(self, state: str, act: str) -> Reason:
        if state not in self._table:
            return "unknown_state"
        if all(act != transition.act for transition in self.transitions):
            return "unknown_act"
        return "not_from_here" if self._table[state] else "finished"

    def _unreachable(self) -> list[str]:
        forward = {state: set(acts.values()) for state, acts in self._table.items()}
        reached = _closure(self.initial, forward)
        return [f"{state} is never reached" for state in self._table if state not in reached]

    def _dead_ends(self) -> list[str]:
        backward: dict[str, set[str]] = {state: set() for state in self._table}
        for source, acts in self._table.items():
            for target in acts.values():
                backward[target].add(source)
        ending = _closure(self.final, backward)
        return [f"{state} never comes to an end" for state in self._table if state not in ending]


def _closure(start: Iterable[str], edges: dict[str, set[str]]) -> set[str]:
    reached, waiting = set(start), list(start)
    while waiting:
        new = edges[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached

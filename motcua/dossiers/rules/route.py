"""The way along the steps of a version, and the work beside it that no route names.

A *side step* is work on a dossier that does not move it: an opinion, an answer, a decision on a proposal. Its name
begins with "~", which no step of a route can.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

# Online filings are looked at within this many working hours (Decree 45/2020, from memory; a row may say otherwise).
INTAKE_HOURS = 8
AWAIT_SUPPLEMENT = "await_supplement"
ADVISE, ANSWER, DECIDE, OVERSEE, CONFIRM_WITHDRAWAL = "advise", "answer", "decide", "oversee", "confirm_withdrawal"
SIDE_ACTS = frozenset({ADVISE, ANSWER, DECIDE, OVERSEE, CONFIRM_WITHDRAWAL})

# Which capability a person needs for a step, by what the step does.
CAPABILITY_OF_ACT: Mapping[str, str] = {
    "receive": "dossiers.intake",
    "process": "dossiers.process",
    "settle": "dossiers.approve",
    "return": "dossiers.intake",
    ADVISE: "dossiers.process",
    ANSWER: "dossiers.intake",
    DECIDE: "dossiers.approve",
    OVERSEE: "dossiers.lead",
    CONFIRM_WITHDRAWAL: "dossiers.intake",
}


class RouteStep(Protocol):
    """What a step of a version's route says; `procedures` defines them."""

    @property
    def sid(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def role(self) -> str: ...


S = TypeVar("S", bound=RouteStep)


def side_step(act: str, key: object = "") -> str:
    """The name of a side step: one for each thing it is about."""
    return f"~{act}-{key}" if key != "" else f"~{act}"


def step_after(steps: Sequence[S], sid: str) -> S | None:
    """The step behind this one on the route; None at its end."""
    place = [step.sid for step in steps].index(sid)
    return steps[place + 1] if place + 1 < len(steps) else None


def steps_until(steps: Sequence[S], sid: str, act: str) -> tuple[S, ...]:
    """The steps from this one to the first that does `act`, both included; empty when the route has no such step
    ahead.
    """
    names = [step.sid for step in steps]
    if sid not in names:
        return ()
    ahead = steps[names.index(sid) :]
    ends = [number for number, step in enumerate(ahead) if step.act == act]
    return tuple(ahead[: ends[0] + 1]) if ends else ()

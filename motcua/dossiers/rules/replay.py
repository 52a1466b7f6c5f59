"""The state of a dossier from its events alone (R13), and what undoing the last act leads back to.

An event is its place in the chain, its type and its payload. "dossiers.act_undone" names the place (`seq`) of the event
that it takes back: replaying leaves that one out.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from motcua.dossiers.rules import states

Happened = tuple[int, str, Mapping[str, Any]]

UNDONE = "dossiers.act_undone"
_STATE_AFTER: Mapping[str, str] = {
    "dossiers.filed": "submitted",
    "dossiers.received": "received",
    "dossiers.refused": "refused",
    "dossiers.step_completed": "processing",
    "dossiers.supplement_requested": "supplement_requested",
    "dossiers.fee_demanded": "payment_requested",
    "dossiers.fee_settled": "processing",
    "dossiers.settled": "result_ready",
    "dossiers.returned": "returned",
    "dossiers.withdrawn": "withdrawn",
    "dossiers.stopped": "stopped",
}
# The supplement came, or was no longer wanted: back to the state that had been interrupted.
_RESUMES = frozenset({"dossiers.supplement_filed", "dossiers.supplement_cancelled"})
# Another system owns the status and said how far it has come.
_SAID_THERE = "dossiers.status_read"
_ELSEWHERE = frozenset(
    {
        "dossiers.transferred",
        "dossiers.competence_doubted",
        "dossiers.competence_settled",
        "dossiers.edition_changed",
    }
)
# What may be taken back, while nothing else has moved the dossier since. A receipt is on paper in somebody's hands and
# starts the legal time: it is never undone, but stopped or handed to whoever is competent.
UNDOABLE = frozenset(
    {
        "dossiers.refused",
        "dossiers.step_completed",
        "dossiers.supplement_requested",
        "dossiers.settled",
        "dossiers.returned",
        "dossiers.withdrawn",
        "dossiers.stopped",
    }
)


# Who may take an act back: whoever may do it, by one of these.
CAPABILITIES_TO_UNDO: Mapping[str, tuple[str, ...]] = {
    "dossiers.refused": ("dossiers.intake",),
    "dossiers.step_completed": ("dossiers.process",),
    "dossiers.supplement_requested": ("dossiers.process", "dossiers.intake"),
    "dossiers.settled": ("dossiers.approve",),
    "dossiers.returned": ("dossiers.intake",),
    "dossiers.withdrawn": ("dossiers.intake",),
    "dossiers.stopped": ("dossiers.approve",),
}


def undone(history: Iterable[Happened]) -> frozenset[int]:
    """The places of the events that were taken back."""
    return frozenset(payload["undone_seq"] for _seq, type_, payload in history if type_ == UNDONE)


def state_after(history: Sequence[Happened]) -> str:
    """The state to which these events lead; "new" when there are none."""
    taken_back = undone(history)
    past = [states.NEW]
    for seq, type_, payload in history:
        if seq in taken_back:
            continue
        if type_ == _SAID_THERE:
            past.append(payload["state"])
        elif type_ in _RESUMES:
            past.append(past[-2])
        elif type_ in _STATE_AFTER:
            past.append(_STATE_AFTER[type_])
    return past[-1]


def state_without(history: Sequence[Happened], seq: int) -> str:
    """The state to which these events lead when the one at this place is taken back."""
    return state_after([*history, (len(history) + 1, UNDONE, {"undone_seq": seq})])


def handed_elsewhere_since(history: Iterable[Happened], seq: int) -> bool:
    """Whether it was asked or settled after the event at this place which office or procedure is the right one: the
    work that an undoing would open again may be nobody's any more.
    """
    return any(place > seq and type_ in _ELSEWHERE for place, type_, _payload in history)


def last_undoable(history: Sequence[Happened]) -> Happened | None:
    """The act that would be taken back now: the last one that moved the dossier, if it is of a kind that may be."""
    taken_back = undone(history)
    moving = [each for each in history if each[1] in _STATE_AFTER or each[1] in _RESUMES]
    last = next((each for each in reversed(moving) if each[0] not in taken_back), None)
    return last if last is not None and last[1] in UNDOABLE else None

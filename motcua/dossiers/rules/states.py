"""The states of a dossier and the acts that lead from one to the next (Decree 118/2025; Circular 03/2025, forms 01–05).

An undoing is not in the table: it leads back to where the history before the undone act had come (rules.replay).
"""

from collections.abc import Mapping

from motcua.kernel.workflow import Machine, Transition

NEW = "new"
FILE, RECEIVE, REFUSE, ADVANCE, SETTLE, RETURN = "file", "receive", "refuse", "advance", "settle", "return"
ASK_SUPPLEMENT, WITHDRAW, STOP = "ask_supplement", "withdraw", "stop"
DEMAND_FEE, FEE_PAID = "demand_fee", "fee_paid"
# The supplement came, or the request for it was taken back: on with what had been interrupted.
RESUME_INTAKE, RESUME_RECEIVED, RESUME_PROCESSING = "resume_intake", "resume_received", "resume_processing"

_UNDERWAY = ("received", "processing")
_WAITING = ("supplement_requested", "payment_requested")
MACHINE = Machine(
    (
        Transition(FILE, (NEW,), "submitted"),
        Transition(RECEIVE, ("submitted",), "received"),
        # After receipt there is no refusal any more, only a stop; while papers are awaited before it there still is.
        Transition(REFUSE, ("submitted", "supplement_requested"), "refused"),
        Transition(ADVANCE, _UNDERWAY, "processing"),
        Transition(ASK_SUPPLEMENT, ("submitted", *_UNDERWAY), "supplement_requested"),
        Transition(RESUME_INTAKE, ("supplement_requested",), "submitted"),
        Transition(RESUME_RECEIVED, ("supplement_requested",), "received"),
        Transition(RESUME_PROCESSING, ("supplement_requested",), "processing"),
        Transition(DEMAND_FEE, _UNDERWAY, "payment_requested"),
        Transition(FEE_PAID, ("payment_requested",), "processing"),
        Transition(SETTLE, _UNDERWAY, "result_ready"),
        Transition(RETURN, ("result_ready",), "returned"),
        Transition(WITHDRAW, ("submitted", *_UNDERWAY, *_WAITING), "withdrawn"),
        Transition(STOP, (*_UNDERWAY, *_WAITING), "stopped"),
    ),
    initial=(NEW,),
    final=("returned", "refused", "withdrawn", "stopped"),
)
# Not in the table either: they change where a dossier lies and under what, not how far it has come.
TRANSFER, CHANGE_EDITION = "transfer", "change_edition"
MOVABLE, WAITING = frozenset({"submitted", *_UNDERWAY}), frozenset(_WAITING)
# Another office may be asked for its opinion until the result exists.
ASK_OPINION, UNDER_WAY = "ask-opinion", MOVABLE | WAITING
FINISHED = frozenset({"returned", "refused", "withdrawn", "stopped"})
# The National Portal's own numbers, so that the two never drift apart. A draft has none.
PORTAL_STATUS: Mapping[str, int] = {
    "submitted": 1,
    "received": 2,
    "refused": 3,
    "processing": 4,
    "supplement_requested": 5,
    "payment_requested": 6,
    "withdrawn": 7,
    "stopped": 8,
    "result_ready": 9,
    "returned": 10,
}


def resuming(state_before: str) -> str:
    """The act that leads back to this state once a supplement came; ValueError for a state that none interrupts."""
    acts = {"submitted": RESUME_INTAKE, "received": RESUME_RECEIVED, "processing": RESUME_PROCESSING}
    if state_before not in acts:
        raise ValueError(f"no supplement is asked for in {state_before}")
    return acts[state_before]

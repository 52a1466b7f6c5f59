"""The course of a difficulty: raised, taken in hand, asked back, passed on, joined, answered, and found to help or not.

Working-time clocks as Zammad and other desks have them: one until somebody acknowledges it, one until it is answered;
the second stands still while whoever raised it must clarify. How long they are is a row; here stands what holds
where no row speaks.
"""

import re
from collections.abc import Mapping

from motcua.kernel.workflow import Machine, Transition

NEW = "new"
RAISE, RAISE_AT_HOME, SEND_UP = "raise", "raise_at_home", "send_up"
TAKE, ASK_BACK, CLARIFY, PASS_ON = "take", "ask_back", "clarify", "pass_on"
# By law, once it is over: beside the course, which it does not move. What stands then where words stood.
ERASE, ERASED = "erase", "-"
JOIN, ANSWER, CONFIRM, REOPEN, WITHDRAW = "join", "answer", "confirm", "reopen", "withdraw"
MACHINE = Machine(
    (
        Transition(RAISE, (NEW,), "raised"),
        Transition(RAISE_AT_HOME, (NEW,), "at_commune"),
        Transition(SEND_UP, ("at_commune",), "raised"),
        Transition(TAKE, ("raised", "in_hand"), "in_hand"),
        Transition(ASK_BACK, ("raised", "in_hand"), "asked_back"),
        Transition(CLARIFY, ("asked_back",), "in_hand"),
        Transition(PASS_ON, ("raised", "in_hand"), "raised"),
        Transition(JOIN, ("at_commune", "raised", "in_hand", "asked_back"), "merged"),
        Transition(ANSWER, ("at_commune", "raised", "in_hand", "asked_back"), "answered"),
        Transition(CONFIRM, ("answered",), "closed"),
        Transition(REOPEN, ("answered",), "in_hand"),
        Transition(WITHDRAW, ("at_commune", "raised", "in_hand", "asked_back"), "withdrawn"),
    ),
    initial=(NEW,),
    final=("closed", "merged", "withdrawn"),
)
STATES = tuple(state for state in MACHINE.states if state != NEW)
FINISHED = frozenset(MACHINE.final)
UNANSWERED = ("at_commune", "raised", "in_hand", "asked_back")

# What the trouble is about; the routing table may name each.
TOPICS = ("procedure", "system", "payment", "facilities", "people", "other")
# What is open in each state: the step of the one work item, which is also what queues tell apart.
STEP_OF_STATE: Mapping[str, str] = {
    "at_commune": "consider",
    "raised": "acknowledge",
    "in_hand": "answer",
    "asked_back": "clarify",
    "answered": "confirm",
}
# Which capability the office's side needs, by where it stands: the commune's own leader, else whoever answers.
CAPABILITY_OF_STATE: Mapping[str, str] = {
    "at_commune": "oversight.lead",
    "raised": "oversight.answer",
    "in_hand": "oversight.answer",
    "asked_back": "oversight.answer",
    "answered": "oversight.answer",
}
OVERSEE = "oversee"
# (value, unit) where no row says otherwise: working figures of this product, no law sets them.
LIMITS: Mapping[str, tuple[int, str]] = {
    "difficulty.consider": (4, "working_hour"),
    "difficulty.acknowledge": (4, "working_hour"),
    "difficulty.answer": (3, "working_day"),
    "difficulty.clarify": (3, "working_day"),
    "difficulty.confirm": (5, "working_day"),
    "difficulty.escalate": (4, "working_hour"),
}

_NUMBER = re.compile(r"(?<![\w.-])\+?\d(?:[ .-]?\d){8,14}(?![\w-])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MASK = "•"


def masked(text: str) -> str:
    """The text without what names a person by number: telephone, citizen id, account, mail address. The last two
    digits stay, so that whoever wrote it recognises it.
    """
    shown = _MAIL.sub(MASK * 3 + "@" + MASK * 3, text)
    return _NUMBER.sub(lambda found: MASK * 6 + re.sub(r"\D", "", found[0])[-2:], shown)

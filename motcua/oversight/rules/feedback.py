"""The course of feedback and petitions (phản ánh, kiến nghị) of people, on rules and on how officers behave.

Decree 20/2008/NĐ-CP (amended by 48/2013 and 92/2017): name, address, clear words in Vietnamese; a register; what
belongs to another office is forwarded within five working days; what was done with it is made public. Decision 766,
indicator 5.2: refused or sent back within two working days, asked for more within five, settled within fifteen,
published within two. A complaint or a denunciation is neither: each has a law and a way of its own.

Each clock runs from the moment at which the feedback came to the office that has it, the strictest way of reading; the
last one from the answer.
"""

from collections.abc import Mapping
from datetime import datetime

from motcua.kernel.workflow import Machine, Transition

NEW = "new"
SEND, ACCEPT, ASK, CLARIFY, NOT_CLARIFIED = "send", "accept", "ask", "clarify", "not_clarified"
PASS_ON, REFUSE, GUIDE = "pass_on", "refuse", "guide"
ANSWER, PUBLISH, KEEP = "answer", "publish", "keep"
_BEFORE_AN_ANSWER = ("arrived", "in_hand")
MACHINE = Machine(
    (
        Transition(SEND, (NEW,), "arrived"),
        Transition(ACCEPT, ("arrived",), "in_hand"),
        Transition(ASK, _BEFORE_AN_ANSWER, "asked_back"),
        Transition(CLARIFY, ("asked_back",), "in_hand"),
        Transition(NOT_CLARIFIED, ("asked_back",), "in_hand"),
        Transition(PASS_ON, _BEFORE_AN_ANSWER, "arrived"),
        Transition(REFUSE, _BEFORE_AN_ANSWER, "refused"),
        Transition(GUIDE, _BEFORE_AN_ANSWER, "guided"),
        Transition(ANSWER, ("in_hand",), "answered"),
        Transition(PUBLISH, ("answered",), "published"),
        Transition(KEEP, ("answered",), "kept"),
    ),
    initial=(NEW,),
    final=("refused", "guided", "published", "kept"),
)
STATES = tuple(state for state in MACHINE.states if state != NEW)
FINISHED = frozenset(MACHINE.final)
# The person has an answer, made public or not.
ANSWERED = ("answered", "published", "kept")

# What it is about, as the person says and an officer may set right (indicator 5.1 tells the first two apart).
RULES, CONDUCT, OTHER = "rules", "conduct", "other"
TOPICS = (RULES, CONDUCT, OTHER)
# What it is, once somebody has looked at it. The last two are guided elsewhere, never answered here.
KINDS = ("feedback", "petition")
ELSEWHERE = ("complaint", "denunciation", "other_law")
# By which way it came.
CHANNELS = ("online", "counter", "phone", "letter")
# Why it is not accepted.
REFUSALS = ("unclear", "no_name", "not_vietnamese", "not_about_it", "answered_before")

# --- clocks ----------------------------------------------------------------------------------------------------------
CHECK, FORWARD, SETTLE, MAKE_PUBLIC = "check", "forward", "settle", "publish"
CLOCKS = (CHECK, FORWARD, SETTLE, MAKE_PUBLIC)
# Those that begin when it comes to an office.
ON_ARRIVAL = (CHECK, FORWARD, SETTLE)
# Which clocks an act ends.
ENDED_BY: Mapping[str, tuple[str, ...]] = {
    ACCEPT: (CHECK,),
    ASK: (CHECK, FORWARD),
    PASS_ON: ON_ARRIVAL,
    REFUSE: ON_ARRIVAL,
    GUIDE: ON_ARRIVAL,
    ANSWER: (FORWARD, SETTLE),
    PUBLISH: (MAKE_PUBLIC,),
    KEEP: (MAKE_PUBLIC,),
}
# Which of the acts that end a clock are held against it: whoever asks for more or passes it on has the longer time.
HELD_AGAINST: Mapping[str, tuple[str, ...]] = {
    CHECK: (ACCEPT, REFUSE, GUIDE),
    FORWARD: (ASK, PASS_ON),
    SETTLE: (ANSWER, REFUSE, GUIDE),
    MAKE_PUBLIC: (PUBLISH, KEEP),
}
# What the law allows at most; a row may only say less.
LEGAL: Mapping[str, tuple[int, str]] = {
    "feedback.check": (2, "working_day"),
    "feedback.forward": (5, "working_day"),
    "feedback.settle": (15, "working_day"),
    "feedback.publish": (2, "working_day"),
}
# How long a person is waited for is no law's: a working figure of this product.
LIMITS: Mapping[str, tuple[int, str]] = {**LEGAL, "feedback.clarify": (10, "working_day")}

# --- work ------------------------------------------------------------------------------------------------------------
# What is open in each state: the one work item's step, by which queues tell it apart from that of other matters.
STEP_OF_STATE: Mapping[str, str] = {
    "arrived": "feedback_check",
    "in_hand": "feedback_answer",
    "asked_back": "feedback_clarify",
    "answered": "feedback_publish",
}
WAITING = "feedback_clarify"
OVERSEE = "feedback_oversee"
# Until when each step is to be done.
CLOCK_OF_STEP: Mapping[str, str] = {
    "feedback_check": CHECK,
    "feedback_answer": SETTLE,
    "feedback_publish": MAKE_PUBLIC,
}
# Who may act, by where it stands: whoever takes in looks at it first; a division, a department or whoever leads
# answers; only whoever answers for an office makes it public.
CAPABILITIES: Mapping[str, tuple[str, ...]] = {
    "arrived": ("dossiers.intake", "oversight.answer", "dossiers.lead"),
    "in_hand": ("dossiers.process", "oversight.answer", "dossiers.lead"),
    "asked_back": ("dossiers.process", "oversight.answer", "dossiers.lead"),
    "answered": ("oversight.answer", "dossiers.lead"),
}
# How officers behave is not for their colleagues to judge.
ON_CONDUCT = ("oversight.answer", "dossiers.lead")


def capabilities(state: str, topic: str) -> tuple[str, ...]:
    """What a post needs one of, to act on it where it stands."""
    return ON_CONDUCT if topic == CONDUCT and state not in FINISHED else CAPABILITIES.get(state, ())


def is_longer_than_the_law(name: str, value: int, unit: str) -> bool:
    """Whether this limit would allow more than the law does, or cannot be compared with what that allows."""
    return name in LEGAL and (unit != LEGAL[name][1] or value > LEGAL[name][0])


def is_late(clock: str, due_at: datetime, now: datetime, ended: tuple[datetime, str] | None) -> bool:
    """Whether a clock was not kept: ended after its time by an act that is held against it, or still running beyond it.

    That nothing was passed on yet is no fault: most of it belongs where it came.
    """
    if ended is None:
        return clock != FORWARD and now > due_at
    return ended[0] > due_at and ended[1] in HELD_AGAINST[clock]


def names_somebody(text: str, person: tuple[str, ...]) -> bool:
    """Whether words that are to be read by everybody hold a name, a telephone number or an address of the person."""
    plain = _plain(text)
    return any(each in plain for each in map(_plain, person) if len(each) > 3)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())

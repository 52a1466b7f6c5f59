"""How satisfied a person is with how a dossier was settled: one question, five faces (Decision 766, indicator 5.4).

Asked once the result was handed over or the dossier was refused; one answer for each dossier, which may be changed for
a while.
"""

from datetime import datetime, timedelta

SCORES = (1, 2, 3, 4, 5)
# Displeased (indicator 5.4 counts it), pleased.
LOW, HIGH = 2, 4
ASKED_IN = ("returned", "refused")
PLACES = ("online", "counter")
LONGEST = 500
# Whoever leads reads a bad answer with a sentence within so many working days.
HEARD_WITHIN = 3
# Asked for so long after the end, and changed for so long after the first answer.
ASKED_FOR, CHANGED_FOR = timedelta(days=90), timedelta(days=7)


def may_answer(state: str, ended_at: datetime | None, answered_at: datetime | None, now: datetime) -> bool:
    """Whether the question is open: asked for the first time, or the answer may still be changed."""
    if state not in ASKED_IN or ended_at is None:
        return False
    return now - answered_at <= CHANGED_FOR if answered_at else now - ended_at <= ASKED_FOR


def is_low(score: int) -> bool:
    """Whether the person is displeased."""
    return score <= LOW

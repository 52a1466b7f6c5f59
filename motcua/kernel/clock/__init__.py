"""The legal clock as a ledger: start, pause, resume, extend, stop → the due moment and the sentence for it.

Nouns: Limit (how long), Entry (one line of the ledger), Due (the moment, or why there is none yet), Why (everything
that led to it, as data), Standing (early, on time, late; within, due soon, overdue), Remaining. Only the entries are
stored. It reads no clock: every moment is given. Which days count is `kernel.calendar`'s to say.
"""

from motcua.kernel.clock.counting import COURSE, due
from motcua.kernel.clock.sentences import explain, explain_en, explain_vi
from motcua.kernel.clock.standing import Remaining, Standing, remaining, soon_until, standing
from motcua.kernel.clock.values import (
    SAME_DAY,
    SAME_DAY_CUTOFF,
    UNITS,
    Code,
    Due,
    Entry,
    EntryKind,
    Limit,
    Pause,
    Reason,
    Unit,
    Why,
)

__all__ = [
    "COURSE",
    "SAME_DAY",
    "SAME_DAY_CUTOFF",
    "UNITS",
    "Code",
    "Due",
    "Entry",
    "EntryKind",
    "Limit",
    "Pause",
    "Reason",
    "Remaining",
    "Standing",
    "Unit",
    "Why",
    "due",
    "explain",
    "explain_en",
    "explain_vi",
    "remaining",
    "soon_until",
    "standing",
]

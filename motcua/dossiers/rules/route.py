"""What a person needs for a step, and the work beside the route that no version names.

A *side step* is work on a dossier that does not move it: an opinion, an answer, a decision on a proposal. Its name
begins with "~", which no step of a route can.
"""

from collections.abc import Mapping

# Online filings are looked at within this many working hours (Decree 45/2020, from memory; a row may say otherwise).
INTAKE_HOURS = 8
AWAIT_SUPPLEMENT = "await_supplement"
# In place of a step while it is not known which office is competent: whoever received it looks for that office.
DETERMINE = "determine"
# One inbox shows the acts of all rooms: "oversee" is what others do about their own matters.
ADVISE, ANSWER, DECIDE, OVERSEE, CONFIRM_WITHDRAWAL = "advise", "answer", "decide", "see_to_late", "confirm_withdrawal"
# A message did not arrive: somebody has to tell the applicant.
TELL = "tell"
# A signed result waits for its number in the records.
NUMBER = "number"
# What another system was not told, or did not give: somebody sees to it there.
EXCHANGE = "exchange"
# A displeased person wrote why: whoever leads hears it.
HEAR = "hear"
SIDE_ACTS = frozenset({ADVISE, ANSWER, DECIDE, OVERSEE, CONFIRM_WITHDRAWAL, TELL, NUMBER, EXCHANGE, HEAR})
# These may be open on what is finished; whoever leads may be told that one of them is late.
OUTLIVES = frozenset({TELL, EXCHANGE, HEAR, OVERSEE})
# In place of the steps while another system says how far the dossier has come; and what it sent that fits nothing.
FOLLOW, MATCH = "follow", "match"
# What was received on blank slips during an outage is entered; of a block of slips, not of a dossier.
ENTER_SLIPS = "enter_slips"
WAYS_OF_TELLING = ("phone", "person", "letter", "unreachable")

# What the system opens by itself as long as there is a cause; an undoing does not bring it back.
NEVER_REOPENED = frozenset({OVERSEE})

# What the steps of a route do, in the order of the work.
ACTS_IN_ORDER = ("receive", "process", "request", "settle", "return")

# Which capability a person needs for a step, by what the step does.
CAPABILITY_OF_ACT: Mapping[str, str] = {
    "receive": "dossiers.intake",
    "process": "dossiers.process",
    "request": "dossiers.process",
    "settle": "dossiers.approve",
    "return": "dossiers.intake",
    DETERMINE: "dossiers.intake",
    ADVISE: "dossiers.process",
    ANSWER: "dossiers.intake",
    DECIDE: "dossiers.approve",
    OVERSEE: "dossiers.lead",
    CONFIRM_WITHDRAWAL: "dossiers.intake",
    TELL: "dossiers.intake",
    NUMBER: "dossiers.records",
    EXCHANGE: "dossiers.intake",
    HEAR: "dossiers.lead",
    MATCH: "dossiers.intake",
    ENTER_SLIPS: "dossiers.intake",
}


def side_step(act: str, key: object = "") -> str:
    """The name of a side step: one for each thing it is about."""
    return f"~{act}-{key}" if key != "" else f"~{act}"


def overseeing(item: int, level: int | None = None) -> str:
    """The name of what a leader has to see to about an open step; without a level, how all of them begin."""
    return f"{side_step(OVERSEE, item)}-{'' if level is None else level}"


def side_act(step: str) -> str:
    """What is done in a side step of this name; empty for a step of the route."""
    return step[1:].split("-")[0] if step.startswith("~") else ""

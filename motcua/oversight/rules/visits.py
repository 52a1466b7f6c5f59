"""The course of a working visit, and what a delegation looks at in every commune."""

from motcua.kernel.workflow import Machine, Transition

NEW = "new"
PLAN, CHANGE, CANCEL, CLOSE = "plan", "change", "cancel", "close"
MACHINE = Machine(
    (
        Transition(PLAN, (NEW,), "planned"),
        Transition(CHANGE, ("planned",), "planned"),
        Transition(CANCEL, ("planned",), "cancelled"),
        Transition(CLOSE, ("planned",), "held"),
    ),
    initial=(NEW,),
    final=("cancelled", "held"),
)
STATES = tuple(state for state in MACHINE.states if state != NEW)
# What the checklist asks of every commune, in the order in which one walks through it.
CHECKS = (
    "facilities",
    "offices",
    "vehicles",
    "equipment",
    "people",
    "posted",
    "online",
    "payment",
    "difficulties",
)
MARKS = ("good", "enough", "lacking")
FINDINGS = ("praise", "fault", "difficulty", "request")

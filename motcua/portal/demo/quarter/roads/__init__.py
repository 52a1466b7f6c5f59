"""The roads of the quarter: which act follows which, from the filing to where each ends.

A road yields a moment and what is done then; what comes next is decided when that has happened. Each is one function,
named in data/demo_quarter.yaml.
"""

from __future__ import annotations

from motcua.portal.demo.quarter.roads import elsewhere, others, papers, straight, undone
from motcua.portal.demo.quarter.roads.parts import Road

_MODULES = (straight, papers, elsewhere, undone, others)
# Roads that begin with a look at what was sent: only an online filing is looked at later.
LOOKED_AT = (
    straight.refused,
    straight.withdrawn_before_receipt,
    papers.papers_before_receipt,
    elsewhere.handed_on_before_receipt,
    undone.refusal_taken_back,
)


def named(name: str) -> Road:
    """The road of this name; KeyError for a name that none has."""
    found = [getattr(module, name) for module in _MODULES if hasattr(module, name) and not name.startswith("_")]
    if not found:
        raise KeyError(name)
    road: Road = found[0]
    return road

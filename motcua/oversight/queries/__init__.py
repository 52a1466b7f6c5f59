"""What is: difficulties and where they stand, who answers for what; one module per noun, one face."""

from motcua.oversight.queries.difficulties import (
    OF_THE_ASKER,
    OF_THE_OFFICE,
    PAGE,
    VOICE,
    Listed,
    askers,
    colleagues,
    communes_meeting,
    difficulties_listed,
    due_of,
    history_of,
    inconsistencies,
    open_items,
    possible_acts,
    standing_of,
)
from motcua.oversight.queries.routing import Way, due_from, limit_for, routes, way_for, way_of
from motcua.oversight.queries.similar import Alike, similar

__all__ = [
    "OF_THE_ASKER",
    "OF_THE_OFFICE",
    "PAGE",
    "VOICE",
    "Alike",
    "Listed",
    "Way",
    "askers",
    "colleagues",
    "communes_meeting",
    "difficulties_listed",
    "due_from",
    "due_of",
    "history_of",
    "inconsistencies",
    "limit_for",
    "open_items",
    "possible_acts",
    "routes",
    "similar",
    "standing_of",
    "way_for",
    "way_of",
]

"""What the catalogue says today: editions, lists, what everyday words find; one module per noun, one face."""

from motcua.procedures.queries.editions import (
    MODE_COUNTER,
    MODE_HERE,
    MODE_NONE,
    MODE_PORTAL,
    Edition,
    NotInForce,
    edition,
    edition_for,
    overlay_ids_for,
    procedure,
    step_names,
)
from motcua.procedures.queries.finding import forget, meant, nearest, ranked_codes
from motcua.procedures.queries.lists import ALL, Listed, listed, sectors
from motcua.procedures.queries.money import FeeLine, fee_lines
from motcua.procedures.queries.naming import Named, named
from motcua.procedures.queries.postings import (
    Board,
    Hung,
    Reprint,
    Sheet,
    boards_of,
    hung,
    outdated_postings,
    places_of,
    posted_between,
    postings_of,
    sheets_on,
)
from motcua.procedures.queries.synonyms import Said, said_at, said_row

__all__ = [
    "ALL",
    "MODE_COUNTER",
    "MODE_HERE",
    "MODE_NONE",
    "MODE_PORTAL",
    "Board",
    "Edition",
    "FeeLine",
    "Hung",
    "Listed",
    "Named",
    "NotInForce",
    "Reprint",
    "Said",
    "Sheet",
    "boards_of",
    "edition",
    "edition_for",
    "fee_lines",
    "forget",
    "hung",
    "listed",
    "meant",
    "named",
    "nearest",
    "outdated_postings",
    "overlay_ids_for",
    "places_of",
    "posted_between",
    "postings_of",
    "procedure",
    "ranked_codes",
    "said_at",
    "said_row",
    "sectors",
    "sheets_on",
    "step_names",
]

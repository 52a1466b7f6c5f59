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
from motcua.procedures.queries.synonyms import Said, said_at, said_row

__all__ = [
    "ALL",
    "MODE_COUNTER",
    "MODE_HERE",
    "MODE_NONE",
    "MODE_PORTAL",
    "Edition",
    "FeeLine",
    "Listed",
    "Named",
    "NotInForce",
    "Said",
    "edition",
    "edition_for",
    "fee_lines",
    "forget",
    "listed",
    "meant",
    "named",
    "nearest",
    "overlay_ids_for",
    "procedure",
    "ranked_codes",
    "said_at",
    "said_row",
    "sectors",
    "step_names",
]

"""What is missing on which procedure, and how much of the catalogue is there: the worklist of who completes it.

Nouns: Missing (one procedure and the keys it lacks), Completeness (of many procedures). Pure: it reads definitions.
Only procedures that a commune handles are counted; what police and military post is theirs to complete.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from motcua.procedures.definition import Definition


@dataclass(frozen=True, slots=True)
class Missing:
    """One procedure with what it lacks, as keys of FACTS."""

    code: str
    short_name: str
    sector: str
    sector_name: str
    detail: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """The worklist over many procedures, those that lack most first."""

    rows: tuple[Missing, ...]
    posted_only: int

    @property
    def by_detail(self) -> dict[str, int]:
        """How many procedures are known in full, in part, or by name only."""
        counted = Counter(row.detail for row in self.rows)
        return {detail: counted[detail] for detail in ("full", "partial", "catalogue_only")}

    @property
    def by_sector(self) -> dict[str, int]:
        """How many procedures each sector has, by the sector's name."""
        return dict(sorted(Counter(row.sector_name for row in self.rows).items()))

    def having(self, key: str) -> int:
        """How many procedures have this fact."""
        return sum(key not in row.keys for row in self.rows)

    def share(self, key: str) -> float:
        """The part of procedures that have this fact, from 0 to 1."""
        return self.having(key) / len(self.rows) if self.rows else 0.0

    @property
    def worklist(self) -> list[Missing]:
        """Procedures that lack something, the barest first."""
        return sorted((row for row in self.rows if row.keys), key=lambda row: (-len(row.keys), row.sector, row.code))


def _limit(found: Definition) -> bool:
    limits = [channel.limit for channel in found.channels]
    return bool(limits) and all(each and each.value is not None and each.unit for each in limits)


def _fee(found: Definition) -> bool:
    """An amount that is no zero of the portal: a zero there does not say that it is free."""
    fees = [fee for channel in found.channels for fee in channel.fees]
    return any(fee.amount is not None and (fee.amount or fee.status == "confirmed") for fee in fees)


FACTS: dict[str, Callable[[Definition], bool]] = {
    "channels": lambda found: bool(found.channels),
    "limit": _limit,
    "fee": _fee,
    "components": lambda found: bool(found.components),
    "legal_basis": lambda found: bool(found.legal_basis),
    "results": lambda found: bool(found.results),
    "applicants": lambda found: bool(found.applicants),
    "agencies": lambda found: bool(found.agencies),
    "announcement_decision": lambda found: bool(found.announcement_decision),
    "portal_url": lambda found: bool(found.portal_url),
    "official_name": lambda found: not found.name_shortened,
    "form": lambda found: bool(found.draft_grade),
}


def of(definitions: Iterable[Definition]) -> Completeness:
    """The completeness of these procedures."""
    every = list(definitions)
    own = [each for each in every if each.handled_by == "commune"]
    return Completeness(tuple(map(_missing, own)), len(every) - len(own))


def _missing(found: Definition) -> Missing:
    keys = tuple(key for key, has in FACTS.items() if not has(found))
    name = found.short_name.vi
    return Missing(found.code, name, found.sector, found.sector_name.vi, found.detail, keys)

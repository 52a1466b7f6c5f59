"""At which counter a person is served, for which commune, in which sitting: what an address of the counter says.

Nouns: Place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from motcua.dossiers import policies
from motcua.dossiers.at_counter import sittings
from motcua.kernel import organisation
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office


def commune_of(person: Person, day: date) -> Office | None:
    """The commune for whose counter the person works; None when there is none."""
    for office in policies.intake_offices(person, day):
        place: Office | None = office
        while place is not None:
            if place.kind == "commune":
                return place
            place = place.parent
    return None


@dataclass(frozen=True)
class Place:
    """Where the person stands: the counter's own commune, the one that is competent, and the sitting."""

    own: Office
    commune: Office
    sitting: str = ""
    # The number of the blank slip that is being entered.
    slip: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether another commune is competent."""
        return self.own.pk != self.commune.pk

    @property
    def query(self) -> str:
        """What an address says of it; empty for the own commune and a new person."""
        said = {"for": self.commune.slug if self.is_elsewhere else "", "sitting": self.sitting, "slip": self.slip}
        kept = urlencode({name: value for name, value in said.items() if value})
        return f"?{kept}" if kept else ""


def place_of(person: Person, asked: Mapping[str, str], day: date) -> Place | None:
    """What an address says of the place, as far as this person works there; None without a counter. An address that
    names no commune of the province means the own one.
    """
    own = commune_of(person, day)
    if own is None:
        return None
    named = organisation.communes(day).filter(slug=asked.get("for", "")).first() if asked.get("for") else None
    competent = named if named and policies.can_be_competent(named, own, day) else own
    sitting = asked.get("sitting", "")
    return Place(own, competent, sitting if sittings.is_one(sitting) else "", asked.get("slip", "").strip()[:60])

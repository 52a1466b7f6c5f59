"""What can happen to the one question about how satisfied a person is. The sentence is a row."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DossierRated:
    """The person said how satisfied he is, or said it anew."""

    type: ClassVar[str] = "dossiers.rated"
    score: int
    place: str


@dataclass(frozen=True, slots=True)
class RatingHeard:
    """Whoever leads has read what the person was displeased with; what was done is a row."""

    type: ClassVar[str] = "dossiers.rating_heard"

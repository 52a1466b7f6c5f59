"""How long a closed dossier is kept, and when that is over.

The periods themselves are data of each procedure, with the text that sets them; where nobody has said one, nothing is
ever over. Years are counted from the end of the year in which the dossier ended: never too early, whatever day a text
begins with.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of how long a dossier is kept."""

    legal_source: str = ""
    years: int | None = None
    permanent: bool = False
    # The last day of it; none while the dossier is open, when it is kept for ever, or when nothing is known.
    until: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether somebody has said it."""
        return self.permanent or self.years is not None


def last_day(ended_on: date, years: int) -> date:
    """The last day on which it must be kept."""
    return date(ended_on.year + years, 12, 31)


def ended_by(on: date, years: int) -> date:
    """Whatever ended up to this day has its time over on that day."""
    return date(on.year - years - 1, 12, 31)

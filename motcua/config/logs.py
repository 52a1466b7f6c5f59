"""Lines of the log: what broke and where, never whose it was.

A database may put the row that it refused into the text of its error; that part is cut off, and long numbers in an
error are masked.
"""

from __future__ import annotations

import logging
import re
from typing import Any

# PostgreSQL: "DETAIL:  Failing row contains (…)", over several lines when a value has some.
_DETAIL = re.compile(
    r"^DETAIL:.*?(?=^(?:HINT|CONTEXT|QUERY|LINE|WHERE)\b|^The above exception|^During handling|^Traceback|\Z)",
    re.M | re.S,
)
# PostgreSQL, of JSON that it cannot keep: it repeats the line up to the place.
_JSON = re.compile(r"^CONTEXT:  JSON data, line \d+: .*$", re.M)
_NUMBER = re.compile(r"(?<!\w)\d{9,15}(?!\w)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def without_values(text: str) -> str:
    """The text of an error without the row that it was about."""
    cut = _JSON.sub("CONTEXT: (left out)", _DETAIL.sub("DETAIL: (left out)\n", text))
    return _MAIL.sub("•••@•••", _NUMBER.sub("•••", cut)).rstrip("\n")


class Line(logging.Formatter):
    """One record as it goes to the console."""

    def formatException(self, ei: Any) -> str:
        """The traceback without values."""
        return without_values(super().formatException(ei))

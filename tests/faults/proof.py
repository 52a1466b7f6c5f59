"""What is said of a centre after the storm: lost, doubled, without work; the figures of the table that is printed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any

from tests.faults.centre import Centre
from tests.faults.clients import Filer, Ledger

# Whole runs (make faults) and the short form of every day.
WHOLE = os.environ.get("MOTCUA_FAULTS") == "whole"
TABLE: list[tuple[str, str]] = []


def say(what: str, figure: object) -> None:
    """A line of the table at the end of the run."""
    TABLE.append((what, str(figure)))


@dataclass
class Outcome:
    """What became of everything that was acknowledged."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Nothing lost, nothing doubled, nothing broken."""
        return not (self.lost or self.doubled or self.faults)

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} acknowledged, {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.faults)} faults of the records"
        )


def outcome(centre: Centre, filer: Filer, ledger: Ledger) -> Outcome:
    """Ask the running centre for every number it ever gave, send every key again, and look at its records."""
    found = Outcome(acknowledged=len(ledger.told))
    for key, (number, code) in ledger.told.items():
        status, content = centre.get(f"{filer.base}/filings/{number}", **{"Claim-Code": code})
        if status != 200 or json.loads(content)["number"] != number:
            found.lost.append(f"{number} ({key}): {status}")
        if not filer.send(key):
            found.lost.append(f"{number} ({key}): sent again it is unknown")
    found.doubled = [*ledger.wrong, *_twice(ledger.told)]
    found.faults = centre.faults()
    return found


def _twice(told: dict[str, tuple[str, str]]) -> list[Any]:
    numbers = [number for number, _code in told.values()]
    return sorted({number for number in numbers if numbers.count(number) > 1})

"""The register of some dossiers counted once more from their events alone, by other hands than the product's.

What was taken back is left out; then each dossier has a moment of receipt, of its result, and of another end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
ENDS = {"dossiers.refused": "refused", "dossiers.withdrawn": "withdrawn", "dossiers.stopped": "stopped"}


@dataclass(frozen=True)
class Line:
    """One dossier of the register."""

    filed: datetime
    received: datetime | None
    settled: datetime | None
    end: tuple[str, datetime] | None
    due: datetime | None


def line(events: Sequence[Any], due: datetime | None) -> Line:
    """What its events say of one dossier; its due moment is given."""
    taken_back = {event.payload["undone_seq"] for event in events if event.type == "dossiers.act_undone"}
    held = [event for event in events if event.seq not in taken_back]
    last = {event.type: event.at for event in held}
    ends = [(ENDS[event.type], event.at) for event in held if event.type in ENDS]
    return Line(
        last["dossiers.filed"], last.get("dossiers.received"), last.get("dossiers.settled"), next(iter(ends), None), due
    )


def figures(lines: Iterable[Line], first: date, last: date) -> Counter[str]:
    """How many of each in these days; what is in progress is one number."""
    found: Counter[str] = Counter()
    for each in lines:
        found.update(_counts(each, first, last))
    return found


def _counts(each: Line, first: date, last: date) -> list[str]:
    filed, received = _day(each.filed), _day(each.received) if each.received else None
    counts = ["filed"] if first <= filed <= last else []
    end = ("settled", each.settled) if each.settled else each.end
    ended = _day(end[1]) if end and end[1] else None
    if received is None or received > last:
        before = end is not None and received is None
        if filed > last or (before and ended is not None and ended < first):
            return counts
        waits = not before or ended is None or ended > last
        return [*counts, "waiting" if waits or end is None else f"{end[0]}_before_receipt"]
    if ended is not None and ended < first:
        return counts
    counts.append("received" if received >= first else "carried_over")
    if end is None or ended is None or ended > last:
        return [*counts, "in_progress"]
    return [*counts, _settled(each) if end[0] == "settled" else end[0]]


def _settled(each: Line) -> str:
    assert each.settled is not None
    if each.due is None or (_day(each.settled) == _day(each.due) and each.settled <= each.due):
        return "settled_on_time"
    return "settled_early" if each.settled < each.due else "settled_late"


def _day(moment: datetime) -> date:
    return moment.astimezone(HERE).date()

"""What stands in a pack, from the rooms that know it. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries import index as dossiers
from motcua.dossiers.queries import periods
from motcua.kernel.organisation import Office
from motcua.oversight import queries as oversight
from motcua.oversight.queries import GivenDirective, Listed
from motcua.portal import service_index
from motcua.portal.index_line import Line
from motcua.procedures import queries as procedures

# How far back the figures of a pack reach, in days.
DAYS = 90


@dataclass(frozen=True, slots=True)
class Count:
    """A number, what it counts, and whether it is one to speak about."""

    title: Any
    number: int
    weighs: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """One commune as the delegation meets it."""

    commune: Office
    first: date
    last: date
    last_visit: str
    last_visit_at: datetime | None
    # What the last visit asked for, with how it stands.
    asked: list[tuple[GivenDirective, str]]
    dossiers: list[Count]
    index: list[Line]
    difficulties: list[Listed]
    wall: list[Count]
    directives: list[tuple[GivenDirective, str]]


def packs(communes: Sequence[Office], before: datetime, now: datetime, day: date) -> list[Pack]:
    """A pack for each of these communes, as things are now; `before` is when the visit begins."""
    return [_pack(commune, before, now, day) for commune in communes]


def _pack(commune: Office, before: datetime, now: datetime, day: date) -> Pack:
    first = day - timedelta(days=DAYS)
    reported = periods.reported_between(commune, first, day, now)
    last = oversight.last_visit(commune, before)
    asked = oversight.asked_at(last, commune) if last else []
    known = {line.id for line in asked}
    others = [line for line in oversight.directives_of([commune]) if line.id not in known]
    return Pack(
        commune=commune,
        first=first,
        last=day,
        last_visit=last.title if last else "",
        last_visit_at=last.begins_at if last else None,
        asked=[(line, line.outcome(now)) for line in asked],
        dossiers=list(_dossiers(reported.situation)),
        index=list(_index(commune, reported, day)),
        difficulties=oversight.difficulties_open_in(commune),
        wall=list(_wall(commune, day)),
        directives=[(line, line.outcome(now)) for line in others],
    )


def _dossiers(situation: Any) -> Iterator[Count]:
    counts = situation.counts
    late = counts["in_progress_overdue"]
    yield Count(_("Received"), counts["received"])
    yield Count(_("Settled in time"), counts["settled_early"] + counts["settled_on_time"])
    yield Count(_("Settled late"), counts["settled_late"], weighs=counts["settled_late"] > 0)
    yield Count(_("In progress, within the limit"), counts["in_progress_within"])
    yield Count(_("In progress, overdue"), late, weighs=late > 0)


def _index(commune: Office, reported: Any, day: date) -> Iterator[Line]:
    """The lines that can be computed, each once."""
    found = dossiers.of_situation(reported.situation)
    seen: set[str] = set()
    for group in service_index.groups(found, service_index.in_competence(commune, day)):
        for line in group.lines:
            if not line.why_not and line.share is not None and line.code not in seen:
                seen.add(line.code)
                yield line


def _wall(commune: Office, day: date) -> Iterator[Count]:
    hung = procedures.postings_of(commune)
    outdated = procedures.outdated_postings(commune, day, hung)
    changed = sum(1 for each in outdated if each.hung is not None)
    never = len(outdated) - changed
    yield Count(_("Sheets that hang"), len(hung))
    yield Count(_("Sheets that no longer hold"), changed, weighs=changed > 0)
    yield Count(_("Procedures never posted"), never, weighs=never > 0)

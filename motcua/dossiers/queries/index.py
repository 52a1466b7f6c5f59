"""The service index (Decision 766/QĐ-TTg) of an office and a period: every number with the dossiers behind it.

Nouns: Index (the situation with what the index asks besides), Time (how long a procedure took). What dossiers do not
say is not here; whoever shows the index says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.dossiers import policies
from motcua.dossiers.events import SupplementRequested
from motcua.dossiers.models import Paper, Result, SupplementRequest, Undoing
from motcua.dossiers.queries import satisfaction
from motcua.dossiers.queries import situation as situations
from motcua.dossiers.queries.situation import Item, Situation
from motcua.dossiers.rules import figures
from motcua.dossiers.rules import index as rules
from motcua.dossiers.rules.figures import Period
from motcua.kernel import schedule
from motcua.kernel.identity import Person
from motcua.kernel.matters import ClockEntry
from motcua.kernel.organisation import Office
from motcua.procedures.queries import Named

HANDLED, IN_TIME, ONLINE = "index_handled", "index_in_time", "index_online"
WITH_RESULT, E_RESULT, DIGITISED = "index_settled", "index_e_result", "index_digitised"
CONTENT = "index_content"
_CHUNK = 10_000


@dataclass(frozen=True)
class Index:
    """The situation, and of its dossiers: how often papers were asked for, which have files of papers and results."""

    situation: Situation
    asked: Counter[Any]
    with_file: frozenset[Any]
    with_papers: frozenset[Any]
    # Whose people were displeased or sent feedback about it.
    displeased: frozenset[Any] = frozenset()

    def chosen(self, name: str) -> list[Item]:
        """The dossiers that this number of the index counts."""
        return [item for item in self.situation.items if item.bucket and TESTS[name](self, item)]

    def number(self, name: str) -> int:
        """How many they are."""
        return len(self.chosen(name))

    def received(self, channel: str = "") -> list[Item]:
        """What was received in the period, in one way or in all."""
        every = self.situation.chosen(figures.RECEIVED)
        return [item for item in every if channel in ("", item.fact.channel)]


def _handled(_index: Index, item: Item) -> bool:
    return item.bucket in figures.INSIDE


def _settled(_index: Index, item: Item) -> bool:
    return item.bucket in figures.SETTLED


def _received(index: Index, item: Item) -> bool:
    return item.fact.received_at in index.situation.within


TESTS: dict[str, Callable[[Index, Item], bool]] = {
    HANDLED: _handled,
    IN_TIME: lambda index, item: (
        _handled(index, item) and rules.in_time(item.fact, index.situation.within, index.asked[item.fact.id])
    ),
    # In time, and nobody was displeased with it or sent feedback about it (indicator 5.4).
    CONTENT: lambda index, item: TESTS[IN_TIME](index, item) and item.fact.id not in index.displeased,
    # Filed online, and the result, once there is one, given as a file, too.
    ONLINE: lambda index, item: (
        _received(index, item)
        and item.fact.channel == "online"
        and (not _settled(index, item) or item.fact.id in index.with_file)
    ),
    WITH_RESULT: _settled,
    E_RESULT: lambda index, item: _settled(index, item) and item.fact.id in index.with_file,
    # At least one paper as a file, and the result, once there is one.
    DIGITISED: lambda index, item: (
        _received(index, item)
        and item.fact.id in index.with_papers
        and (not _settled(index, item) or item.fact.id in index.with_file)
    ),
}


def index(office: Office, within: Period) -> Index:
    """Everything that the index asks of the dossiers of an office and those below it."""
    return of_situation(situations.situation(office, within, settlers=False))


def of_situation(found: Situation) -> Index:
    """The same of a situation that is known already; six statements for each ten thousand dossiers."""
    ids = [item.fact.id for item in found.items if item.bucket]
    asked: Counter[Any] = Counter()
    files: set[Any] = set()
    papers: set[Any] = set()
    displeased: set[Any] = set()
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        sent = SupplementRequest.objects.filter(dossier__in=chunk, sent_at__lt=found.within.end)
        asked.update(sent.values_list("dossier_id", flat=True))
        # One that was taken back as a mistake does not count (queries.supplements).
        mistakes = Undoing.objects.filter(dossier__in=chunk, event__type=SupplementRequested.type)
        asked.subtract(mistakes.filter(at__lt=found.within.end).values_list("dossier_id", flat=True))
        results = Result.objects.filter(dossier__in=chunk, file__isnull=False, revoked_at=None)
        files.update(results.values_list("dossier_id", flat=True))
        displeased |= satisfaction.displeased(chunk)
        filed = Paper.objects.filter(filing__dossier__in=chunk).order_by()
        papers.update(filed.values_list("filing__dossier_id", flat=True).distinct())
    return Index(found, asked, frozenset(files), frozenset(papers), frozenset(displeased))


@dataclass(frozen=True, slots=True)
class Time:
    """How long a procedure took in the period, in working days."""

    named: Named | None
    code: str
    number: int
    mean: float


def times(found: Index) -> list[Time]:
    """Of each procedure that was settled in the period, the slowest first."""
    settled = found.chosen(WITH_RESULT)
    pauses = _pauses([item.fact.id for item in settled])
    calendar = schedule.calendar_for(found.situation.office)
    days: dict[str, list[int]] = {}
    named: dict[str, Named | None] = {}
    for item in settled:
        fact = item.fact
        assert fact.received_at is not None
        assert fact.settled_at is not None
        taken = rules.working_days(calendar, fact.received_at, fact.settled_at, pauses.get(fact.id, ()))
        days.setdefault(fact.procedure, []).append(taken)
        named[fact.procedure] = item.named
    means = [Time(named[code], code, len(taken), sum(taken) / len(taken)) for code, taken in days.items()]
    return sorted(means, key=lambda each: (-each.mean, each.code))


def _pauses(ids: list[Any]) -> dict[Any, list[rules.Pause]]:
    """When the clocks of these dossiers stood still."""
    found: dict[Any, list[rules.Pause]] = {}
    for start in range(0, len(ids), _CHUNK):
        for matter, span in _spans(ids[start : start + _CHUNK]):
            found.setdefault(matter, []).append(span)
    return found


def _spans(ids: list[Any]) -> Iterator[tuple[Any, rules.Pause]]:
    rows = ClockEntry.objects.filter(matter__in=ids, kind__in=("pause", "resume")).order_by("matter_id", "seq")
    begun: dict[Any, datetime] = {}
    for matter, kind, at in rows.values_list("matter_id", "kind", "at"):
        if kind == "pause":
            begun[matter] = at
        elif matter in begun:
            yield matter, (begun.pop(matter), at)


def led_offices(person: Person, day: date) -> tuple[Office, ...]:
    """The communes and provinces that the person leads: whose index and board are open to him."""
    return policies.led_offices(person, day)

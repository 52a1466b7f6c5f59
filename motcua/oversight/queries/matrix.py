"""Directives × offices: which office stands where with which task, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from motcua.kernel.identity import Person
from motcua.oversight import policies
from motcua.oversight.models import Task
from motcua.oversight.queries.directives import GivenDirective, directive_lines
from motcua.oversight.rules.directives import OUTCOMES, Outcome

# So many tasks fit beside each other on paper; older ones are found by their conclusion.
MOST_TASKS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One directive as the matrix shows it."""

    reference: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """One office with its directives, in the order of the tasks; None where it was not asked."""

    office: str
    cells: tuple[Cell | None, ...]
    counts: dict[Outcome, int]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The tasks on top, one row for each office."""

    tasks: list[tuple[str, str]]
    rows: list[Row]


def matrix(
    person: Person, day: date, now: datetime, *, conclusion: str = "", order: str = "", most: int = MOST_TASKS
) -> Matrix:
    """What the person may see of the newest tasks, or of those of one conclusion; two queries.

    `order` is an outcome (most of it first) or the number of a task; by name otherwise.
    """
    seen = policies.visible_directives(person, day)
    if conclusion:
        seen = seen.filter(task__conclusion__matter__reference=conclusion)
    newest = Task.objects.filter(pk__in=seen.order_by().values("task")).order_by("-id")[:most]
    tasks = [(pk, reference, result) for pk, reference, result in newest.values_list("pk", "reference", "result")][::-1]
    lines = directive_lines(seen.filter(task__in=[pk for pk, *_ in tasks]).order_by("office__path"))
    by_task = {reference: place for place, (_pk, reference, _result) in enumerate(tasks)}
    rows = _rows(lines, by_task, now)
    return Matrix([(reference, result) for _pk, reference, result in tasks], _sorted(rows, order, by_task))


def _rows(lines: list[GivenDirective], places: dict[str, int], now: datetime) -> list[Row]:
    cells: dict[str, list[Cell | None]] = {}
    for line in lines:
        row = cells.setdefault(line.office, [None] * len(places))
        row[places[line.reference.partition(".")[0]]] = Cell(line.reference, line.outcome(now))
    return [
        Row(office, tuple(row), {name: sum(1 for each in row if each and each.outcome == name) for name in OUTCOMES})
        for office, row in cells.items()
    ]


def _sorted(rows: list[Row], order: str, places: dict[str, int]) -> list[Row]:
    if order in OUTCOMES:
        return sorted(rows, key=lambda row: -row.counts[order])
    if order in places:
        ranks = {name: rank for rank, name in enumerate(("open_late", "open", "done_late", "done", "withdrawn"))}
        last = len(ranks)
        place = places[order]

        def rank(row: Row) -> int:
            cell = row.cells[place]
            return ranks[cell.outcome] if cell else last

        return sorted(rows, key=rank)
    return rows

"""Three counters wrote two hundred receipts each on paper; afterwards six hundred dossiers stand in their order.

They are entered in any order by several officers at once, some slips by two of them, while people are served as usual.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from motcua.dossiers import invariants, services
from motcua.dossiers.models import BlankSlip, Dossier, SlipBlock
from motcua.dossiers.queries import blanks, register, situation, watch
from motcua.dossiers.rules import figures
from motcua.dossiers.services import Slip, SlipRefused
from motcua.kernel import ledger
from motcua.kernel.matters import WorkItem
from tests.cast import NOW, TODAY, Cast

COUNTERS, EACH, LIVE = ("Quầy 1", "Quầy 2", "Quầy 3"), 200, 40
OFFICERS = 4
PRINTED = NOW - timedelta(days=30)
# The line was down for two days, until NOW.
DOWN = NOW - timedelta(days=2)


@dataclass(frozen=True)
class Paper:
    """One slip as it was written by hand."""

    number: str
    moment: datetime


def written(cast: Cast) -> list[Paper]:
    """What lies on paper, in the order in which people came: each took the next slip of the counter that was free."""
    stacks = [iter(_numbers(cast, counter)) for counter in COUNTERS]
    order = [counter for counter in range(len(COUNTERS)) for _ in range(EACH)]
    random.Random(7).shuffle(order)
    return [Paper(next(stacks[at]), DOWN + timedelta(minutes=4 * n)) for n, at in enumerate(order)]


def _numbers(cast: Cast, counter: str) -> list[str]:
    """Two blocks for the counter, the second begun when the first was used up."""
    return [number for part in (1, 2) for number in _block(cast, counter, f"block-{counter}-{part}")]


def _block(cast: Cast, counter: str, op_id: str) -> list[str]:
    here = cast.here
    block = services.reserve_slips(
        office=here.centre, counter=counter, count=EACH // 2, by=here.intake, at=PRINTED, op_id=op_id
    )
    services.note_slips_printed(block=block, by=here.intake, at=PRINTED)
    return [slip.number for slip in blanks.printed(block)]


def together(*jobs: Callable[[], None]) -> None:
    """Each on a connection of its own, at once."""
    failed: list[BaseException] = []

    def run(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as fault:
            failed.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert not failed, failed


def stacks_of(papers: list[Paper]) -> Iterator[list[Paper]]:
    """How the papers were shared out: mixed, and some of them copied onto two stacks."""
    mixed = [*papers, *papers[:: len(papers) // 30]]
    random.Random(11).shuffle(mixed)
    for n in range(OFFICERS):
        yield mixed[n::OFFICERS]


@pytest.mark.django_db(transaction=True)
def test_three_counters_with_two_hundred_slips_each_are_merged_and_nothing_collides(cast: Cast) -> None:
    papers, twice, lock = written(cast), [], threading.Lock()
    requests = iter([cast.request("2.000815", by=cast.here.intake) for _ in range(len(papers) * 2 + LIVE)])

    def take_in(**said: object) -> None:
        with lock:
            request = next(requests)
        services.take_in_dossier(**{**request, **said})

    def enter(stack: list[Paper]) -> Callable[[], None]:
        def job() -> None:
            for paper in stack:
                try:
                    take_in(at=paper.moment, slip=Slip(paper.number, NOW))
                except SlipRefused as refused:
                    twice.append(refused.code)

        return job

    def serve() -> None:
        for n in range(LIVE):
            take_in(at=NOW - timedelta(minutes=LIVE - n))

    stacks = list(stacks_of(papers))
    together(*(enter(stack) for stack in stacks), serve)

    # Every slip is one dossier, and what two officers entered was refused to the second.
    assert twice == ["entered"] * (sum(map(len, stacks)) - len(papers))
    numbers = set(Dossier.objects.values_list("matter__reference", flat=True))
    assert len(numbers) == Dossier.objects.count() == len(papers) + LIVE
    assert {paper.number for paper in papers} < numbers
    entered = BlankSlip.objects.select_related("dossier__matter")
    assert all(slip.dossier is not None and slip.dossier.number == slip.number for slip in entered)
    # The book has them in the order in which people came, whatever the order of entering.
    of_slips = [number for number in in_the_book(cast) if number in {paper.number for paper in papers}]
    assert of_slips == [paper.number for paper in papers]
    assert in_the_book(cast, only_moments=True) == sorted(in_the_book(cast, only_moments=True))
    # One number, one filing, one open step; the record is unbroken.
    ids = list(Dossier.objects.values_list("pk", flat=True))
    assert not list(invariants.faults(ids))
    assert not list(watch.inconsistencies())
    assert not list(ledger.breaks())
    assert WorkItem.objects.filter(matter__kind="dossier", closed_by=None).count() == len(ids)
    # Nobody has anything to enter any more, once it is said that these were the last.
    blocks = SlipBlock.objects.all()
    assert not list(invariants.faults_of_slips([block.pk for block in blocks]))
    for block in blocks:
        services.say_last_slip(block=block, place=block.size, by=cast.here.intake, at=NOW)
    assert not WorkItem.objects.filter(matter__kind="slip_block", closed_by=None).exists()


def in_the_book(cast: Cast, *, only_moments: bool = False) -> list[object]:
    """Numbers, or moments of receipt, in the order of Form 07."""
    within = figures.period(TODAY - timedelta(days=3), TODAY, UTC, NOW)
    items = register.in_order(situation.situation(cast.here.commune, within).items)
    if only_moments:
        return [item.fact.received_at for item in items]
    return [entry.number for entry in register.entries(items)]


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_with_the_same_slip_one_enters_it(cast: Cast) -> None:
    number, outcome = _numbers(cast, "Quầy 1")[0], []
    ready = threading.Barrier(2, timeout=20)

    def job() -> None:
        ready.wait()
        try:
            cast.take_in(at=DOWN, slip=Slip(number, NOW))
            outcome.append("entered here")
        except SlipRefused as refused:
            outcome.append(refused.code)

    together(job, job)
    assert sorted(outcome) == ["entered", "entered here"]
    with transaction.atomic():
        assert Dossier.objects.get().number == number

"""The dossiers of the demonstration: all stories of data/demo_dossiers.yaml, told side by side with what happens at the
walls, with what communes find hard and with visits, in the order of time.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from motcua.kernel import schedule
from motcua.portal.demo import difficulties, exchange, feedback, papers, slips, upward, visits, wall
from motcua.portal.demo.offices import Places
from motcua.portal.demo.stories import Stage, Step, Story

Told = Callable[[int], None]
# When, in which story, what is done, and how that story goes on; two acts of one story never wait together.
Act = tuple[datetime, int, Callable[[datetime], object], Iterator[Step]]


def make(
    script: Mapping[str, Any],
    data: Mapping[str, Any],
    places: Places,
    at: datetime,
    told: Told,
    more: Callable[[Stage], Iterable[Iterator[Step]]] = lambda _stage: (),
) -> None:
    """Tell every story until now, and `more` beside them: what lies ahead of this moment has not happened. `told`
    counts them.
    """
    towns = places.towns
    stage = Stage(
        script=script,
        legal_source=data["overlays"]["legal_source"],
        calendar=schedule.calendar_for(towns[0].commune),
        now=at,
        photo=papers.photo(),
        result=papers.result("Kết quả dùng thử, không có giá trị"),
    )
    where = [towns[row["town"] - 1] for row in script["dossiers"]]
    people = papers.applicants(data["applicants"], where)
    cast = zip(script["dossiers"], where, people, strict=True)
    stories = [Story(row, n, town, person, stage).told() for n, (row, town, person) in enumerate(cast, 1)]
    others = [
        *wall.courses(data["wall"], data["overlays"], towns, stage),
        *difficulties.courses(data["oversight"], places, stage),
        *feedback.courses(data["oversight"], places, stage),
        *visits.courses(data["visits"], places, stage),
        *upward.courses(data["oversight"]["reports"], towns, places, stage),
        *exchange.courses(script["portal"], towns, stage),
        *slips.courses(towns, stage),
    ]
    _tell([*stories, *others, *more(stage)], at, told)


def _tell(courses: list[Iterator[Step]], until: datetime, told: Told) -> None:
    """The next act of each course stands in one queue, the earliest first."""
    waiting = [act for n, course in enumerate(courses) for act in _ahead(n, course, until)]
    heapq.heapify(waiting)
    while waiting:
        moment, n, act, course = heapq.heappop(waiting)
        act(moment)
        for following in _ahead(n, course, until):
            heapq.heappush(waiting, following)
        told(len(courses) - len(waiting))


def _ahead(n: int, course: Iterator[Step], until: datetime) -> Iterator[Act]:
    """What comes next in this story, unless it has ended or the moment has not come."""
    moment, act = next(course, (until, None))
    if act and moment <= until:
        yield moment, n, act, course

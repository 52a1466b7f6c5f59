"""A quarter of a commune: some hundred dossiers of some dozen procedures over every road that a dossier can go, three
closed months (data/demo_quarter.yaml).

All of it is made through services, act by act in the order of time, beside the stories of the demonstration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from motcua.dossiers import services
from motcua.dossiers.queries import periods
from motcua.kernel import organisation, schedule
from motcua.kernel.calendar import Day
from motcua.portal import shipped
from motcua.portal.demo.offices import Places, Town
from motcua.portal.demo.quarter import plan
from motcua.portal.demo.quarter.plan import Quarter, quarter_before
from motcua.portal.demo.stories import Stage, Step

__all__ = ["Quarter", "Told", "begun_before", "courses", "length", "quarter_before", "roads", "told"]
NAME = "demo_quarter"


def roads(number: int = 0) -> Counter[str]:
    """How often each road is gone among so many dossiers, or among as many as the script has."""
    script = shipped.read(NAME)
    return Counter(plan.spread(script["roads"], number or script["dossiers"]))


def length(number: int = 0) -> int:
    """How many dossiers it makes."""
    return roads(number).total()


@dataclass(frozen=True)
class Told:
    """What came of it: how many dossiers of how many procedures, and the figures of each closed month by its first
    day.
    """

    commune: str
    dossiers: int
    procedures: int
    months: list[tuple[date, dict[str, int]]]


def told(at: datetime) -> Told | None:
    """What the quarter made at this moment came to, in its commune; None when none was made."""
    over, code = quarter_before(at), shipped.read("demo")["communes"][0]["code"]
    commune = next(each for each in organisation.communes(timezone.localdate(at)) if each.code == code)
    months = [periods.reported_between(commune, first, last, at) for first, last in over.months()]
    if not all(each.closed for each in months):
        return None
    items = [
        item for item in periods.reported_between(commune, over.first, over.last, at).situation.items if item.bucket
    ]
    figures = [(each.situation.within.first, each.figures) for each in months]
    return Told(commune.name, len(items), len({item.fact.procedure for item in items}), figures)


def begun_before(at: datetime) -> datetime:
    """When the centre has to have been opened."""
    first = quarter_before(at).first - timedelta(days=shipped.read(NAME)["before"] + 7)
    return timezone.make_aware(datetime.combine(first, time(8)))


def courses(data: Mapping[str, Any], places: Places, stage: Stage, number: int = 0) -> Iterator[Iterator[Step]]:
    """Every dossier, the mornings of the house, and the day off that comes unannounced."""
    script, over = shipped.read(NAME), quarter_before(stage.now)
    drawn = plan.cases(script, data["applicants"], places.towns, stage, over, number or script["dossiers"])
    for case, road in drawn:
        yield road(case)
    yield _day_off(script["day_off"], places.towns[0], over, stage)
    yield _mornings(over, script["before"], stage)


def _mornings(over: Quarter, before: int, stage: Stage) -> Iterator[Step]:
    """What the product's own hand does each working day: late work is told, dates are counted again, months closed."""
    day = over.first - timedelta(days=before)
    while day <= timezone.localdate(stage.now):
        if stage.calendar.is_working_day(day):
            yield stage.calendar.at(day, time(7, 25)), _keep
        day += timedelta(days=1)


def _keep(at: datetime) -> None:
    services.recount_due_moments(at=at)
    services.escalate_late_work(at=at)
    services.close_due_periods(at=at)


def _day_off(said: Mapping[str, Any], town: Town, over: Quarter, stage: Stage) -> Iterator[Step]:
    """The commune rests one day, and says so on the working day before: what runs is counted again."""
    calendar = schedule.calendar_for(town.commune)
    day = calendar.next_working_day(over.first + timedelta(days=said["days"]))
    off = Day(day, "off", said["name"])
    moment = calendar.at(stage.day_before(day), time(16, 50))

    def act(at: datetime) -> None:
        schedule.set_day(office=town.commune, day=off, at=at, by=town.one_of("administrator", 0))

    yield moment, act

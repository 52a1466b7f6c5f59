"""What the front doors and the settings pages show."""

from motcua.portal.queries.acts import Act, acts_of
from motcua.portal.queries.front import Character, Group, cast, communes_found
from motcua.portal.queries.people import Worker, offices_below, people_found, worker
from motcua.portal.queries.tour import Row, Sentence, tour
from motcua.portal.queries.working_time import (
    DayLine,
    Promise,
    WeekLine,
    day_from_above,
    days_of,
    planned_weeks,
    promise,
    week_of,
)

__all__ = [
    "Act",
    "Character",
    "DayLine",
    "Group",
    "Promise",
    "Row",
    "Sentence",
    "WeekLine",
    "Worker",
    "acts_of",
    "cast",
    "communes_found",
    "day_from_above",
    "days_of",
    "offices_below",
    "people_found",
    "planned_weeks",
    "promise",
    "tour",
    "week_of",
    "worker",
]

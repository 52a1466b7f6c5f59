"""What the front doors and the settings pages show."""

from motcua.portal.queries.acts import Act, acts_of
from motcua.portal.queries.communes import last_acts
from motcua.portal.queries.front import Character, Group, cast, communes_found
from motcua.portal.queries.operation import (
    Health,
    breaches_for,
    downtimes,
    downtimes_past,
    downtimes_to_come,
    earliest_downtime,
    health_of_the_centre,
    may_run,
    stuck_for,
    systems_outside,
)
from motcua.portal.queries.people import Worker, colleagues_of, offices_below, people_found, stand_ins, worker
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
    "Health",
    "Promise",
    "Row",
    "Sentence",
    "WeekLine",
    "Worker",
    "acts_of",
    "breaches_for",
    "cast",
    "colleagues_of",
    "communes_found",
    "day_from_above",
    "days_of",
    "downtimes",
    "downtimes_past",
    "downtimes_to_come",
    "earliest_downtime",
    "health_of_the_centre",
    "last_acts",
    "may_run",
    "offices_below",
    "people_found",
    "planned_weeks",
    "promise",
    "stand_ins",
    "stuck_for",
    "systems_outside",
    "tour",
    "week_of",
    "worker",
]

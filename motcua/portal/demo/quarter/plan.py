"""What happens in the quarter, drawn once for all from a seed: which procedure by which road, when and how it is filed.

The same anchor gives the same quarter. A smaller one has every road, too.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Any

from django.utils import timezone

from motcua.dossiers.services import ApplicantData
from motcua.kernel import schedule
from motcua.portal.demo import papers
from motcua.portal.demo.offices import Town
from motcua.portal.demo.quarter.case import PLAIN, Case
from motcua.portal.demo.quarter.roads import LOOKED_AT, named
from motcua.portal.demo.quarter.roads.parts import Road
from motcua.portal.demo.stories import Stage
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Definition

# Numbers of the quarter's dossiers begin where those of the other stories have long ended.
FIRST_NUMBER = 1001
# A month is closed when it has been over for some days; the quarter ends with the last one that is.
CLOSED_AFTER = timedelta(days=5)
COUNTER = (time(7, 35), 205, time(13, 5), 190)


@dataclass(frozen=True)
class Quarter:
    """Three whole months, all closed at the anchor."""

    first: date
    last: date

    def months(self) -> list[tuple[date, date]]:
        """First and last day of each."""
        begins = [_month(self.first, n) for n in range(4)]
        return [(begin, after - timedelta(days=1)) for begin, after in pairwise(begins)]


def quarter_before(at: datetime) -> Quarter:
    """The last three months that are over and closed at this moment."""
    after = (timezone.localdate(at) - CLOSED_AFTER).replace(day=1)
    return Quarter(_month(after, -3), after - timedelta(days=1))


def _month(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def spread(roads: Mapping[str, int], number: int) -> list[str]:
    """The roads of so many dossiers in their shares, each at least once."""
    total = sum(roads.values())
    return [name for name, share in roads.items() for _ in range(max(1, round(share * number / total)))]


def cases(
    script: Mapping[str, Any],
    people: Mapping[str, Any],
    towns: Sequence[Town],
    stage: Stage,
    over: Quarter,
    number: int,
) -> Iterator[tuple[Case, Road]]:
    """Every dossier with its road."""
    chance = random.Random(script["seed"])  # noqa: S311 - made-up dossiers, no secrets
    roads = spread(script["roads"], number)
    chance.shuffle(roads)
    draw = _Draw(script, chance, towns[0], over)
    where = [towns[0]] * (FIRST_NUMBER + len(roads))
    applicants = islice(papers.applicants(people, where), FIRST_NUMBER, None)
    for n, (name, applicant) in enumerate(zip(roads, applicants, strict=False), FIRST_NUMBER):
        yield draw.case(n, name, towns, applicant, stage), named(name)


class _Draw:
    """Chance with everything that it chooses from."""

    def __init__(self, script: Mapping[str, Any], chance: random.Random, town: Town, over: Quarter) -> None:
        self.script, self.chance = script, chance
        calendar = schedule.calendar_for(town.commune)
        begin = over.first - timedelta(days=script["before"])
        days = [begin + timedelta(days=n) for n in range((over.last - begin).days + 1)]
        self.calendar, self.days = calendar, [day for day in days if calendar.is_working_day(day)]
        codes = [*script["procedures"], script["linked"]]
        self.known = {code: procedures.edition_for(town.commune, code, begin).definition for code in codes}
        self.turn = list(script["procedures"])
        chance.shuffle(self.turn)

    def case(self, n: int, road: str, towns: Sequence[Town], applicant: ApplicantData, stage: Stage) -> Case:
        code = self._code(road)
        channel = self._channel(road, self.known[code])
        settled = self.chance.choices(list(self.script["settled"]), list(self.script["settled"].values()))[0]
        return Case(
            n=n,
            code=code,
            channel=channel,
            filed_at=self._moment(channel),
            settled=settled,
            town=towns[0],
            other=towns[1],
            applicant=applicant,
            stage=stage,
            words=self.script["words"],
            wrong=self.script["wrong"],
        )

    def _code(self, road: str) -> str:
        """The next procedure in turn that can go this road."""
        if road == "agencies_outside":
            return str(self.script["linked"])
        if road == "wrong_procedure":
            return str(self.chance.choice(sorted(self.script["wrong"].values())))
        found = next(code for code in self.turn if self._can_go(road, code))
        self.turn.remove(found)
        self.turn.append(found)
        return str(found)

    def _can_go(self, road: str, code: str) -> bool:
        definition = self.known[code]
        asked = any(each.handed_in for each in definition.components) or any(
            field.type in PLAIN and field.required for field in definition.fields
        )
        kinds = {each.kind for each in definition.channels}
        if road == "newer_edition" and code in self.script["wrong"]:
            return False
        return (asked or not road.startswith("papers")) and ("online" in kinds or road not in _LOOKED_AT)

    def _channel(self, road: str, definition: Definition) -> str:
        if road in _LOOKED_AT:
            return "online"
        offered = {each.kind for each in definition.channels} or {"direct"}
        shares = {kind: share for kind, share in self.script["channels"].items() if kind in offered}
        return str(self.chance.choices(list(shares), list(shares.values()))[0])

    def _moment(self, channel: str) -> datetime:
        day = self.chance.choice(self.days)
        if channel == "online":
            return self.calendar.at(day, time(6)) + timedelta(minutes=self.chance.randint(0, 15 * 60))
        morning, length, afternoon, longer = COUNTER
        begin, most = (morning, length) if self.chance.random() < 0.6 else (afternoon, longer)
        return self.calendar.at(day, begin) + timedelta(minutes=self.chance.randint(0, most))


_LOOKED_AT = frozenset(road.__name__ for road in LOOKED_AT)

"""What the communes of the demonstration report upward, drafted from what has happened (data/demo_oversight.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from motcua.oversight import services
from motcua.portal import situation
from motcua.portal.demo.offices import Places, Town
from motcua.portal.demo.stories import Stage, Step


def courses(rows: list[Mapping[str, Any]], towns: list[Town], places: Places, stage: Stage) -> list[Iterator[Step]]:
    """Each report: drafted and sent in one morning, and perhaps acknowledged in the afternoon."""
    return [_told(row, towns[row["town"] - 1], places, stage) for row in rows]


def _told(row: Mapping[str, Any], town: Town, places: Places, stage: Stage) -> Iterator[Step]:
    first, last = stage.day(row["since"]), stage.day(row["until"])
    leader, sent = town.one_of("leader", 0), {}

    def send(at: datetime) -> None:
        said = situation.sections(town.commune, first, last, at)
        draft = services.draft_report(office=town.commune, first=first, last=last, sections=said, by=leader, at=at)
        sent["report"] = services.send_report(report=draft, by=leader, at=at)

    def acknowledge(at: datetime) -> None:
        governor = places.departments[""].people[0]
        services.acknowledge_report(report=sent["report"], by=governor, at=at, remark=row["remark"])

    moment = stage.calendar.at(stage.day(row["until"] - 1), time(8, 30))
    yield moment, send
    if "remark" in row:
        yield stage.calendar.add_working_minutes(moment, 300), acknowledge

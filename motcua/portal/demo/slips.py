"""A block of blank slips for the first commune's counter, printed before anything fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from motcua.dossiers import services
from motcua.kernel import organisation
from motcua.portal.demo.offices import Town
from motcua.portal.demo.stories import Stage, Step

COUNTER, COUNT = "Quầy 1", 12
BEFORE = timedelta(days=2)


def courses(towns: list[Town], stage: Stage) -> list[Iterator[Step]]:
    """One course of one act."""
    return [_printed(towns[0], stage)]


def _printed(town: Town, stage: Stage) -> Iterator[Step]:
    def act(at: datetime) -> None:
        centre, by = organisation.division_for(town.commune, "receive", at.date()), town.one_of("intake_officer", 0)
        key = f"demo-slips-{centre.code}"
        block = services.reserve_slips(office=centre, counter=COUNTER, count=COUNT, by=by, at=at, op_id=key)
        services.note_slips_printed(block=block, by=by, at=at)

    yield stage.now - BEFORE, act

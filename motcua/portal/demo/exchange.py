"""What the National Portal of the demonstration sends: a dossier that fits, and one that somebody has to match
(demo_dossiers.yaml, portal). Nothing is told back: this portal has no address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from motcua.dossiers.services import exchange
from motcua.kernel import files, identity
from motcua.portal.demo.offices import Town
from motcua.portal.demo.stories import Stage, Step


def courses(script: Mapping[str, Any], towns: list[Town], stage: Stage) -> list[Iterator[Step]]:
    """Each message as a course of one act; the first also makes the portal known."""
    return [_told(script, row, towns[row["town"] - 1], stage) for row in script["messages"]]


def _told(script: Mapping[str, Any], row: Mapping[str, Any], town: Town, stage: Stage) -> Iterator[Step]:
    def act(at: datetime) -> None:
        hand = identity.system_person()
        system = exchange.add_system(**script["system"], office=town.commune, by=hand, at=at)
        message = {"DonViXuLy": town.commune.agency_code} | row["message"]
        beside = {script["photo"]: files.read(stage.photo.sha256)}
        exchange.take_message(system=system, message=message, way="folder", at=at, beside=beside)

    yield stage.now - timedelta(minutes=row["minutes"]), act

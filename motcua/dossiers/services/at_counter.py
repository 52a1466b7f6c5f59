"""Who takes a request in at whose counter, and which offices have to do with it therefore."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.services import course, receipt
from motcua.dossiers.services.blanks.entering import Slip
from motcua.dossiers.services.content import Request
from motcua.kernel import matters, organisation
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office


@dataclass(frozen=True, slots=True)
class Counter:
    """Who takes it in, at whose counter; `only_helps` leaves the receiving to the competent commune's centre."""

    by: Person
    post: Post
    limit: receipt.GivenLimit | None
    place: Office
    centre: Office
    only_helps: bool
    reused: tuple[tuple[str, str], ...]
    scans: tuple[int, ...]
    # The blank slip on which it was received during an outage.
    slip: Slip | None = None


def receiving_office(commune: Office, at: datetime) -> Office:
    """The commune's service centre: the part whose duty is to receive."""
    return organisation.division_for(commune, "receive", course.day_of(at))


def offices(request: Request, counter: Counter | None, at: datetime) -> tuple[Office, Office | None]:
    """Where it is received, and where the person was helped to file when that is somewhere else."""
    own = receiving_office(request.commune, at)
    if counter is None:
        return own, None
    return (own, counter.centre) if counter.only_helps else (counter.centre, None)


def is_elsewhere(office: Office, commune: Office) -> bool:
    """Whether the office is of another commune."""
    return not office.path.startswith(commune.path)


def across(request: Request, counter: Counter | None, at: datetime) -> list[tuple[Office, str]]:
    """Of a dossier of another commune: who took it in stays with it, and the competent one's counter knows of it."""
    if counter is None or counter.place.pk == request.commune.pk:
        return []
    own = receiving_office(request.commune, at)
    helping = [(counter.place, matters.HELPING), (counter.centre, matters.HELPING)]
    return helping if counter.only_helps else [*helping[:1], (own, matters.INFORMED)]

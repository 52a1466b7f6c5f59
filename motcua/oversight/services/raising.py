"""A difficulty is raised where somebody met it: it has a number, a place, an office that has it, and a due moment.

One act, one transaction. However often the same is sent, it is one difficulty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from motcua.kernel import identity, matters, numbering, organisation, rows, search
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.events.difficulties import DifficultyRaised
from motcua.oversight.models import Difficulty
from motcua.oversight.rules import difficulties as rules
from motcua.oversight.services import course
from motcua.oversight.services.course import Given
from motcua.procedures import queries as procedures
from motcua.ui.here import Here

KIND, SERIES, PATTERN = "difficulty", "VM", "{agency}-{yyyy}-{n}"


@dataclass(frozen=True, slots=True)
class _Place:
    """What is true of what the page said."""

    procedure: str = ""
    sector: str = ""
    version: int | None = None


def raise_difficulty(
    *,
    text: str,
    topic: str,
    here: Here,
    office: Office,
    at: datetime,
    by: Person | None = None,
    shared: bool = True,
    files: Sequence[Given] = (),
    op_id: str | None = None,
) -> Difficulty:
    """Raise it for this office, in the name of a person or, without one, of somebody of the public.

    `shared`: every officer of the province may read it. Raises WordsNeeded, policies.NotAllowed.
    """
    if op_id and (known := Difficulty.objects.filter(matter__events__op_id=op_id).first()):
        return known
    said, place, day = course.words(text), _place(here), course.day_of(at)
    post, commune = policies.post_in(by, office, day) if by else None, organisation.commune_of(office)
    act, holder = _first_holder(office, commune, place, topic, by, day)
    with transaction.atomic():
        difficulty = Difficulty(
            matter=_matter(said, at, office, commune, holder, policies.OFFICERS if shared and by else "parties"),
            state=rules.MACHINE.next(rules.NEW, act),
            topic=topic,
            text=said,
            procedure_code=place.procedure,
            sector=place.sector,
            version_id=place.version,
            step=here.step,
            field=here.field,
            page=here.page,
            error_reference=here.error,
            about=_about(here, by, day),
            office=office,
            commune=commune,
            raised_by=by,
            holder=holder,
        )
        if act == rules.RAISE:
            course.run_clock(difficulty, at)
        rows.insert(difficulty)
        rows.insert_all(course.attached(difficulty, files))
        happening = _raised(difficulty)
        course.move(happening=happening, difficulty=difficulty, by=by, post=post, at=at, office=holder, op_id=op_id)
        search.index(KIND, difficulty.pk.hex, said, new=True)
    return difficulty


def _raised(difficulty: Difficulty) -> DifficultyRaised:
    return DifficultyRaised(
        difficulty.topic,
        difficulty.holder.code,
        difficulty.procedure_code or None,
        difficulty.step or None,
        difficulty.error_reference or None,
    )


def _first_holder(
    office: Office, commune: Office | None, place: _Place, topic: str, by: Person | None, day: date
) -> tuple[str, Office]:
    """The department, or the commune's leader first where the province says so; not when the leader raises it."""
    way = queries.way_for(office, day, procedure=place.procedure, sector=place.sector, topic=topic)
    leads = by is not None and commune is not None and identity.post_for(by, day, identity.OVERSEE, commune.path)
    if way.leader_first and commune is not None and not leads:
        return rules.RAISE_AT_HOME, commune
    return rules.RAISE, way.department


def _matter(said: str, at: datetime, office: Office, commune: Office | None, holder: Office, visibility: str) -> Matter:
    informed = [(commune, matters.INFORMED)] if commune and commune != office else []
    return matters.open_matter(
        kind=KIND,
        reference=numbering.take(SERIES, course.day_of(at), PATTERN),
        title=course.title(said),
        at=at,
        parties=[(office, matters.OWNER), *informed, (holder, matters.RECEIVING)],
        visibility=visibility,
    )


def _place(here: Here) -> _Place:
    """What the page said, as far as it exists; a page that knows nothing never stops a difficulty."""
    try:
        procedure = procedures.procedure(here.procedure)
        version = procedures.edition(int(here.version), ()) if here.version else None
    except (ObjectDoesNotExist, ValueError):
        return _Place()
    fits = version is not None and version.definition.code == procedure.code
    return _Place(procedure.code, procedure.sector_id, int(here.version) if fits else None)


def _about(here: Here, by: Person | None, day: date) -> Matter | None:
    """The matter on whose page it was met, if whoever raises it may see that matter."""
    if by is None or not here.matter:
        return None
    return Matter.objects.visible_to(by, day).filter(reference=here.matter).first()

"""An answer becomes guidance: it stands at its step in every commune of its area, until another takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.kernel import identity, ledger, matters, numbering, organisation, rows, search
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.events.guidance import (
    GuidancePublished,
    GuidanceReplaced,
    GuidanceRested,
    GuidanceWithdrawn,
)
from motcua.oversight.models import Difficulty, Guidance, GuidingDocument, Scope
from motcua.oversight.services import course

KIND, SERIES, PATTERN = "guidance", "HD", "{agency}-{yyyy}-{n}"


class NotAnswered(ValueError):
    """A difficulty without an answer has nothing to publish."""


class NoLongerLive(ValueError):
    """Another edition stands in its place, or it was withdrawn."""


@dataclass(frozen=True, slots=True)
class Place:
    """What guidance is about."""

    procedure: str = ""
    sector: str = ""
    step: str = ""
    field: str = ""

    @property
    def is_somewhere(self) -> bool:
        """Whether it names a procedure or a field."""
        return bool(self.procedure or self.sector)


@dataclass(frozen=True, slots=True)
class Content:
    """What an edition says, where and from when to when."""

    question: str
    text: str
    places: tuple[Place, ...]
    valid_from: date
    valid_to: date | None = None
    document: GuidingDocument | None = None


def publish_answer(*, difficulty: Difficulty, by: Person, at: datetime) -> Guidance:
    """The answer of a difficulty, as it stands, at the place where that was met.

    Raises NotAnswered, policies.NotAllowed, WordsNeeded for a difficulty that names no place.
    """
    difficulty = Difficulty.objects.select_related(*policies.RELATED).get(pk=difficulty.pk)
    answer = difficulty.answers.last()
    if answer is None or difficulty.answered_at is None:
        raise NotAnswered(difficulty.number)
    place = Place(difficulty.procedure_code, difficulty.sector, difficulty.step, difficulty.field)
    content = Content(difficulty.text, answer.text, (place,), course.day_of(at))
    return publish_guidance(content=content, office=difficulty.holder, by=by, at=at, difficulty=difficulty)


def publish_guidance(
    *, content: Content, office: Office, by: Person, at: datetime, difficulty: Difficulty | None = None
) -> Guidance:
    """Publish an entry for this office: a department's holds in the whole province, a commune's in the commune.

    Raises policies.NotAllowed, WordsNeeded.
    """
    post = policies.post_for(by, identity.ANSWER, office, course.day_of(at))
    with transaction.atomic():
        return _published(content, office, by, post, at, difficulty)


def _published(
    content: Content, office: Office, by: Person, post: Post, at: datetime, difficulty: Difficulty | None
) -> Guidance:
    question, text = course.words(content.question), course.words(content.text)
    places = [place for place in content.places if place.is_somewhere]
    if not places:
        raise course.WordsNeeded
    area = _area(office)
    matter = matters.open_matter(
        kind=KIND,
        reference=numbering.take(SERIES, course.day_of(at), PATTERN),
        title=course.title(question),
        at=at,
        parties=[(office, matters.OWNER)] if office == area else [(office, matters.OWNER), (area, matters.INFORMED)],
        visibility=policies.OFFICERS,
    )
    guidance = Guidance(
        matter=matter,
        question=question,
        text=text,
        document=content.document,
        difficulty=difficulty,
        by=by,
        office=office,
        area=area,
        valid_from=content.valid_from,
        valid_to=content.valid_to,
    )
    rows.insert(guidance)
    rows.insert_all(scopes_of(matter, places))
    happening = GuidancePublished(
        area.code,
        content.valid_from,
        difficulty.number if difficulty else None,
        content.document.reference if content.document else None,
    )
    ledger.record(happening, matter=matter, at=at, by=by, post=post, office=office)
    search.index(KIND, matter.pk.hex, question, text, new=True)
    return guidance


def revise_guidance(*, guidance: Guidance, content: Content, by: Person, at: datetime) -> Guidance:
    """Another edition takes its place; the old address leads to it.

    Raises NoLongerLive, policies.NotAllowed, WordsNeeded.
    """
    with transaction.atomic():
        held, post = _held(guidance, by, at)
        new = _published(content, held.office, by, post, at, held.difficulty)
        held.replaced_by = new
        held.save(update_fields=["replaced_by"])
        _close(held, at)
        ledger.record(GuidanceReplaced(new.reference), matter=held.matter, at=at, by=by, post=post, office=held.office)
    return new


def rest_on_document(*, guidance: Guidance, document: GuidingDocument, by: Person, at: datetime) -> Guidance:
    """A document stands behind it from now on. Raises NoLongerLive, policies.NotAllowed."""
    with transaction.atomic():
        held, post = _held(guidance, by, at)
        held.document = document
        held.save(update_fields=["document"])
        happening = GuidanceRested(document.reference)
        ledger.record(happening, matter=held.matter, at=at, by=by, post=post, office=held.office)
    return held


def withdraw_guidance(*, guidance: Guidance, by: Person, at: datetime) -> Guidance:
    """It no longer holds, and nothing takes its place. Raises NoLongerLive, policies.NotAllowed."""
    with transaction.atomic():
        held, post = _held(guidance, by, at)
        held.valid_to = max(course.day_of(at), held.valid_from)
        held.save(update_fields=["valid_to"])
        _close(held, at)
        happening = GuidanceWithdrawn(held.valid_to)
        ledger.record(happening, matter=held.matter, at=at, by=by, post=post, office=held.office)
    return held


def scopes_of(matter: matters.Matter, places: Sequence[Place]) -> list[Scope]:
    """What the matter is about, not written yet."""
    return [
        Scope(
            matter=matter,
            procedure_code=place.procedure,
            sector=place.sector or queries.sector_of(place.procedure),
            step=place.step,
            field=place.field,
        )
        for place in places
    ]


def _held(guidance: Guidance, by: Person, at: datetime) -> tuple[Guidance, Post]:
    """The live edition, held until the transaction ends, and the post by which it may be changed."""
    rows_held = Guidance.objects.select_for_update(of=("self",)).select_related("matter", "office", "area")
    held = rows_held.get(pk=guidance.pk)
    post = policies.post_for(by, identity.ANSWER, held.office, course.day_of(at))
    if held.matter.closed_at is not None:
        raise NoLongerLive(held.reference)
    return held, post


def _close(guidance: Guidance, at: datetime) -> None:
    guidance.matter.closed_at = at
    guidance.matter.save(update_fields=["closed_at"])


def _area(office: Office) -> Office:
    """Where an office's word holds: a commune's and its divisions' in the commune, everybody else's in the province."""
    return organisation.commune_of(office) or Office.objects.get(code=office.codes[0])

"""Which guidance applies here today, what it rests on, and which procedures have difficulties and none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Cast

from motcua.kernel import identity, search
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.oversight import policies
from motcua.oversight.models import DocumentLink, Guidance, GuidingDocument, Scope
from motcua.oversight.rules import difficulties as course
from motcua.oversight.rules import guidance as rules
from motcua.procedures import queries as procedures

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One live edition as it stands beside a step: what, how, who says so and since when, and on which document."""

    reference: str
    question: str
    text: str
    worth: rules.Worth
    by: str
    office: str
    at: datetime
    document: str
    document_reference: str
    step: str
    id: UUID


def sector_of(procedure: str) -> str:
    """The field of a procedure; empty for one that the catalogue does not have."""
    known = procedures.named().get(procedure)
    return known.sector if known else ""


def guidance_at(
    office: Office, day: date, *, procedure: str, step: str = "", field: str = "", sector: str | None = None
) -> list[Entry]:
    """What stands at this step of this procedure in this office: what is about the step first, then the rest."""
    about = _about(procedure, sector_of(procedure) if sector is None else sector)
    here = Q(step="") | Q(step=step), Q(field="") | Q(field=field)
    scopes = Scope.objects.filter(about, *here, matter=OuterRef("pk"))
    return [each for each in _entries(live(office, day).filter(Exists(scopes)), day) if each.worth != "outdated"]


def guidance_for(office: Office, day: date, procedure: str) -> list[Entry]:
    """Which guidance applies to this procedure in this office on that day, whatever the step."""
    scopes = Scope.objects.filter(_about(procedure, sector_of(procedure)), matter=OuterRef("pk"))
    return [each for each in _entries(live(office, day).filter(Exists(scopes)), day) if each.worth != "outdated"]


def _about(procedure: str, sector: str) -> Q:
    of_procedure = Q(procedure_code=procedure) if procedure else Q(pk=None)
    return of_procedure | Q(procedure_code="", sector=sector) if sector else of_procedure


def live(office: Office, day: date) -> QuerySet[Guidance]:
    """The live editions that hold in this office on that day."""
    valid = Q(valid_to=None) | Q(valid_to__gt=day)
    return Guidance.objects.filter(valid, area__code__in=office.codes, replaced_by=None, valid_from__lte=day)


def _entries(found: QuerySet[Guidance], day: date) -> list[Entry]:
    """One query, whatever stands behind them."""
    # What is about one step stands before what is about the whole procedure.
    step = Scope.objects.filter(matter=OuterRef("pk")).order_by("-step").values("step")[:1]
    rows = found.annotate(of_step=Subquery(step), replaced_on=_replaced_on("document")).order_by(
        "-of_step", "-valid_from", "-matter_id"
    )
    return [_entry(row, day) for row in rows.values_list(*_COLUMNS)]


_COLUMNS = (
    "matter__reference",
    "question",
    "text",
    "by__full_name",
    "office__name",
    "matter__opened_at",
    "document__number",
    "document__matter__reference",
    "document__effective_from",
    "document__effective_to",
    "replaced_on",
    "of_step",
    "matter_id",
)


def _entry(row: Sequence[Any], day: date) -> Entry:
    *told, number, document, effective_from, effective_to, replaced_on, step, pk = row
    reference, question, text, by, office, at = told
    holds = bool(number) and rules.is_in_force(day, effective_from, effective_to, replaced_on)
    worth = rules.worth(in_force=True, has_document=bool(number), document_in_force=holds)
    return Entry(reference, question, text, worth, by, office, at, number or "", document or "", step or "", pk)


def _replaced_on(document: str) -> Subquery:
    """From which day another document stands in the place of this one."""
    links = DocumentLink.objects.filter(kind=rules.REPLACES, other=OuterRef(document))
    return Subquery(links.values("document__effective_from")[:1])


def worth_of(guidance: Guidance, day: date) -> rules.Worth:
    """What one entry is worth on that day."""
    in_force = rules.is_in_force(day, guidance.valid_from, guidance.valid_to) and guidance.replaced_by_id is None
    document = guidance.document
    holds = document is not None and is_in_force(document, day)
    return rules.worth(in_force=in_force, has_document=document is not None, document_in_force=holds)


def edition_in_place_of(guidance: Guidance) -> Guidance:
    """The live edition to which an old address leads; itself when nothing stands in its place."""
    while guidance.replaced_by_id is not None:
        guidance = Guidance.objects.select_related(*policies.OF_GUIDANCE).get(pk=guidance.replaced_by_id)
    return guidance


# --- documents -------------------------------------------------------------------------------------------------------
def is_in_force(document: GuidingDocument, day: date) -> bool:
    """Whether the document holds on that day."""
    by = document_in_place_of(document)
    replaced_on = by.effective_from if by else None
    return rules.is_in_force(day, document.effective_from, document.effective_to, replaced_on)


def document_in_place_of(document: GuidingDocument) -> GuidingDocument | None:
    """The document that takes its place, if one does."""
    link = document.taken_by.filter(kind=rules.REPLACES).select_related("document__matter").first()
    return link.document if link else None


def edition_of_document(document: GuidingDocument, day: date) -> GuidingDocument:
    """The document that is in force in its place on that day; itself when none is yet."""
    following = document_in_place_of(document)
    while following is not None and following.effective_from <= day:
        document, following = following, document_in_place_of(following)
    return document


def documents_in_force(office: Office, day: date) -> QuerySet[GuidingDocument]:
    """The documents that hold in this office on that day: exactly one edition of each."""
    valid = Q(effective_to=None) | Q(effective_to__gt=day)
    replaced = DocumentLink.objects.filter(kind=rules.REPLACES, other=OuterRef("pk"), document__effective_from__lte=day)
    in_area = GuidingDocument.objects.filter(valid, area__code__in=office.codes, effective_from__lte=day)
    return in_area.filter(~Exists(replaced)).select_related("matter").order_by("-effective_from", "-matter_id")


def documents_for(office: Office, day: date, procedure: str) -> QuerySet[GuidingDocument]:
    """Those of them that are about this procedure or its field."""
    scopes = Scope.objects.filter(_about(procedure, sector_of(procedure)), matter=OuterRef("pk"))
    return documents_in_force(office, day).filter(Exists(scopes))


def unread_by(person: Person, day: date) -> QuerySet[GuidingDocument]:
    """Documents in force that none of this person's posts has read."""
    posts = identity.posts_of(person, day)
    if not posts:
        return GuidingDocument.objects.none()
    return documents_in_force(posts[0].office, day).exclude(readings__post__in=[post.pk for post in posts])


# --- lists -----------------------------------------------------------------------------------------------------------
def guidance_listed(office: Office, day: date, text: str = "", after: UUID | None = None) -> list[Entry]:
    """One page of the live editions that hold here, the newest first, with one line more when there is a next page."""
    found = live(office, day)
    if text.strip():
        found = found.filter(pk__in=_keys("guidance", text))
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = found.annotate(of_step=F("question"), replaced_on=_replaced_on("document")).order_by("-matter_id")
    return [_entry(row, day) for row in rows.values_list(*_COLUMNS)[: PAGE + 1]]


def documents_listed(office: Office, text: str = "", after: UUID | None = None) -> list[GuidingDocument]:
    """One page of the documents kept for this area, replaced ones too, the newest first, with one line more."""
    found = GuidingDocument.objects.filter(area__code__in=office.codes).select_related("matter", "office")
    if text.strip():
        found = found.filter(pk__in=_keys("document", text))
    if after is not None:
        found = found.filter(pk__lt=after)
    replaced = found.annotate(replaced_on=_replaced_on("pk")).annotate(read=Count("readings"))
    return list(replaced.order_by("-matter_id")[: PAGE + 1])


def _keys(kind: str, text: str) -> Any:
    return search.matching(kind, text).annotate(matter=Cast("key", UUIDField())).values("matter")


@dataclass(frozen=True, slots=True)
class Gap:
    """A procedure with open difficulties and no guidance."""

    procedure: str
    name: Any
    difficulties: int
    communes: int
    since: datetime


def gaps(person: Person, office: Office, day: date) -> list[Gap]:
    """Procedures with difficulties that wait for an answer and no live guidance here, the most often met first."""
    scopes = Scope.objects.filter(matter__in=live(office, day).values("pk"))
    guided = Q(procedure_code__in=scopes.exclude(procedure_code="").values("procedure_code"))
    guided |= Q(sector__in=scopes.filter(procedure_code="").values("sector"))
    waiting = policies.visible_difficulties(person, day).filter(state__in=course.UNANSWERED)
    rows = (
        waiting.exclude(Q(procedure_code="") | guided)
        .order_by()
        .values_list("procedure_code")
        .annotate(found=Count("pk"), communes=Count("commune", distinct=True), since=Min("matter__opened_at"))
        .order_by("-found", "procedure_code")
    )
    named = procedures.named()
    return [Gap(row[0], named[row[0]].name if row[0] in named else row[0], *row[1:]) for row in rows]

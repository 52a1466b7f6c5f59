"""Guiding documents: kept with number, issuer and dates, with what they replace and amend; read by post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.kernel import identity, ledger, matters, numbering, organisation, rows, search
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office
from motcua.oversight import policies
from motcua.oversight.events.guidance import DocumentLinked, DocumentRead, DocumentRegistered
from motcua.oversight.models import DocumentFile, DocumentLink, GuidingDocument, Reading
from motcua.oversight.rules import guidance as rules
from motcua.oversight.services import course
from motcua.oversight.services.course import Given
from motcua.oversight.services.guidance import Place, scopes_of

KIND, SERIES, PATTERN = "document", "VB", "{agency}-{yyyy}-{n}"


class CannotLink(ValueError):
    """`reason`: itself, replaced (another has taken its place already), circle; `other`: the document it is about."""

    def __init__(self, reason: str, other: str) -> None:
        super().__init__(f"{reason}: {other}")
        self.reason, self.other = reason, other


class KnownAlready(ValueError):
    """This document is kept here under a number."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


@dataclass(frozen=True, slots=True)
class Described:
    """What stands on a document."""

    number: str
    kind: str
    issuer: str
    title: str
    issued_date: date
    effective_from: date
    effective_to: date | None = None
    signer: str = ""
    summary: str = ""
    places: tuple[Place, ...] = ()


def register_document(
    *,
    described: Described,
    office: Office,
    by: Person,
    at: datetime,
    files: Sequence[Given] = (),
    replaces: Sequence[GuidingDocument] = (),
    amends: Sequence[GuidingDocument] = (),
) -> GuidingDocument:
    """Keep a document for this office's area, with what it replaces and amends.

    Raises policies.NotAllowed, KnownAlready, CannotLink, WordsNeeded.
    """
    post = policies.post_for(by, identity.ANSWER, office, course.day_of(at))
    known = GuidingDocument.objects.filter(
        issuer=described.issuer, number=described.number, issued_date=described.issued_date
    )
    if found := known.select_related("matter").first():
        if found in replaces or found in amends:
            raise CannotLink("itself", found.reference)
        raise KnownAlready(found.reference)
    with transaction.atomic():
        document = _document(described, office, by, at)
        rows.insert(document)
        rows.insert_all([DocumentFile(document=document, file=each.file, name=each.name) for each in files])
        rows.insert_all(scopes_of(document.matter, [place for place in described.places if place.is_somewhere]))
        for kind, others in ((rules.REPLACES, replaces), (rules.AMENDS, amends)):
            rows.insert_all([_link(document, other, kind) for other in others])
        happening = DocumentRegistered(
            described.number,
            described.effective_from,
            document.area.code,
            tuple(each.reference for each in replaces),
            tuple(each.reference for each in amends),
        )
        ledger.record(happening, matter=document.matter, at=at, by=by, post=post, office=office)
        words = (described.number, described.title, described.issuer, described.summary)
        search.index(KIND, document.pk.hex, *words, new=True)
    return document


def _document(described: Described, office: Office, by: Person, at: datetime) -> GuidingDocument:
    area = organisation.commune_of(office) or Office.objects.get(code=office.codes[0])
    matter = matters.open_matter(
        kind=KIND,
        reference=numbering.take(SERIES, course.day_of(at), PATTERN),
        title=course.title(course.words(described.title)),
        at=at,
        parties=[(office, matters.OWNER)] if office == area else [(office, matters.OWNER), (area, matters.INFORMED)],
        visibility=policies.OFFICERS,
    )
    return GuidingDocument(
        matter=matter,
        number=described.number,
        kind=described.kind,
        issuer=described.issuer,
        signer=described.signer,
        issued_date=described.issued_date,
        effective_from=described.effective_from,
        effective_to=described.effective_to,
        summary=described.summary,
        office=office,
        area=area,
        registered_by=by,
    )


def link_documents(
    *, document: GuidingDocument, other: GuidingDocument, kind: str, by: Person, at: datetime
) -> DocumentLink:
    """Say later that it takes the place of another, or amends it. Raises policies.NotAllowed, CannotLink."""
    post = policies.post_for(by, identity.ANSWER, document.office, course.day_of(at))
    with transaction.atomic():
        link = _link(document, other, kind)
        link.save()
        happening = DocumentLinked(other.reference, kind)
        ledger.record(happening, matter=document.matter, at=at, by=by, post=post, office=document.office)
    return link


def _link(document: GuidingDocument, other: GuidingDocument, kind: str) -> DocumentLink:
    """The link, not written yet, if it leaves exactly one live edition. Raises CannotLink."""
    if document.pk == other.pk:
        raise CannotLink("itself", other.reference)
    if kind == rules.REPLACES:
        links = DocumentLink.objects.select_for_update().filter(kind=rules.REPLACES)
        if links.filter(other=other).exists():
            raise CannotLink("replaced", other.reference)
        taken: dict[object, list[object]] = {}
        for one, its in links.values_list("document_id", "other_id"):
            taken.setdefault(one, []).append(its)
        if rules.leads_back(document.pk, [other.pk], taken):
            raise CannotLink("circle", other.reference)
    return DocumentLink(document=document, other=other, kind=kind)


def mark_read(*, document: GuidingDocument, by: Person, post: Post, at: datetime) -> Reading:
    """Whoever holds this post read and understood it; twice is once. Raises policies.NotAllowed."""
    if post.person_id != by.pk:
        raise policies.NotAllowed("post", post.office)
    with transaction.atomic():
        known = Reading.objects.filter(document=document, post=post).first()
        if known:
            return known
        reading = Reading.objects.create(document=document, post=post, at=at)
        ledger.record(DocumentRead(post.pk), matter=document.matter, at=at, by=by, post=post, office=post.office)
    return reading

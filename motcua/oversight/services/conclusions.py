"""A conclusion is drafted and, with number, date and signer, issued: its words and its paper stand from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from motcua.kernel import files, ledger, matters, numbering, rows
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office
from motcua.oversight import papers, policies
from motcua.oversight.events.directives import ConclusionDrafted, ConclusionIssued, ConclusionRevised
from motcua.oversight.models import Conclusion, Paragraph
from motcua.oversight.services import course
from motcua.oversight.services.directing import Incomplete

KIND, SERIES, PATTERN = "conclusion", "KL", "{agency}-{yyyy}-{n}"


class IssuedAlready(ValueError):
    """What is issued is not changed: another conclusion takes its place."""


class NumberTaken(ValueError):
    """This office has issued another conclusion with this number on that day."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a conclusion says; number, date and signer may come later."""

    title: str
    text: str
    number: str = ""
    dated: date | None = None
    signer: str = ""
    signer_title: str = ""

    def missing(self) -> str:
        """What a conclusion cannot be issued without; empty when nothing is missing."""
        needed = {"title": self.title, "text": self.text, "number": self.number, "signer": self.signer}
        empty = next((name for name, value in needed.items() if not value.strip()), "")
        return empty or ("" if self.dated else "dated")


def draft_conclusion(*, written: Written, office: Office, by: Person, at: datetime) -> Conclusion:
    """Begin a conclusion of this office. Raises policies.NotAllowed, Incomplete without title or words."""
    post = policies.post_to_direct(by, office, course.day_of(at))
    _check(written)
    with transaction.atomic():
        matter = matters.open_matter(
            kind=KIND,
            reference=numbering.take(SERIES, course.day_of(at), PATTERN),
            title=course.title(written.title),
            at=at,
            parties=[(office, matters.OWNER)],
        )
        conclusion = Conclusion(matter=matter, office=office, drafted_by=by, **_columns(written))
        rows.insert(conclusion)
        ledger.record(ConclusionDrafted(), matter=matter, at=at, by=by, post=post, office=post.office)
    return conclusion


def revise_conclusion(*, conclusion: Conclusion, written: Written, by: Person, at: datetime) -> Conclusion:
    """Write the draft anew. Raises IssuedAlready, policies.NotAllowed, Incomplete."""
    _check(written)
    with transaction.atomic():
        conclusion, post = _held(conclusion, by, at)
        for name, value in _columns(written).items():
            setattr(conclusion, name, value)
        conclusion.save()
        conclusion.matter.title = course.title(written.title)
        conclusion.matter.save(update_fields=["title"])
        ledger.record(ConclusionRevised(), matter=conclusion.matter, at=at, by=by, post=post, office=post.office)
    return conclusion


def issue_conclusion(*, conclusion: Conclusion, by: Person, at: datetime) -> Conclusion:
    """It stands from now on: its paragraphs are rows, its paper is kept.

    Raises Incomplete, IssuedAlready, NumberTaken, policies.NotAllowed.
    """
    try:
        with transaction.atomic():
            conclusion, post = _held(conclusion, by, at)
            if missing := _written(conclusion).missing():
                raise Incomplete(missing)
            lines = paragraphs_of(conclusion.text)
            conclusion.paper = files.keep(papers.conclusion_pdf(conclusion, lines), type="application/pdf")
            conclusion.issued_at = at
            conclusion.save(update_fields=["paper", "issued_at"])
            rows.insert_all([Paragraph(conclusion=conclusion, no=n, text=text) for n, text in enumerate(lines, 1)])
            happening = ConclusionIssued(conclusion.number, conclusion.paper.sha256, len(lines))
            ledger.record(happening, matter=conclusion.matter, at=at, by=by, post=post, office=post.office)
    except IntegrityError as refused:
        raise NumberTaken(conclusion.number) from refused
    return conclusion


def paragraphs_of(text: str) -> list[str]:
    """Every line that says something."""
    return papers.paragraphs(text)


def _held(conclusion: Conclusion, by: Person, at: datetime) -> tuple[Conclusion, Post]:
    if connection.features.has_select_for_update:
        Conclusion.objects.select_for_update().values_list("pk").get(pk=conclusion.pk)
    found = Conclusion.objects.select_related(*policies.OF_CONCLUSION).get(pk=conclusion.pk)
    post = policies.post_to_direct(by, found.office, course.day_of(at))
    if found.issued_at is not None:
        raise IssuedAlready(found.reference)
    return found, post


def _check(written: Written) -> None:
    for name in ("title", "text"):
        if not getattr(written, name).strip():
            raise Incomplete(name)


def _columns(written: Written) -> dict[str, object]:
    return {
        "title": written.title.strip(),
        "text": written.text.strip(),
        "number": written.number.strip(),
        "dated": written.dated,
        "signer": written.signer.strip(),
        "signer_title": written.signer_title.strip(),
    }


def _written(conclusion: Conclusion) -> Written:
    return Written(conclusion.title, conclusion.text, conclusion.number, conclusion.dated, conclusion.signer)

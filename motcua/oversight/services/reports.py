"""A commune's leader drafts a report on a period, writes it, and sends it to the province; there it is somebody's to
read. What was sent stays as it was sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import connection, transaction

from motcua.kernel import files, identity, ledger, matters, numbering, organisation, rows
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Happening
from motcua.kernel.matters import Remark, WorkItem
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.events.reports import (
    ReportAcknowledged,
    ReportDrafted,
    ReportDropped,
    ReportSent,
    ReportWritten,
)
from motcua.oversight.models import SentReport, SituationReport
from motcua.oversight.papers import situation as papers
from motcua.oversight.services import course
from motcua.ui import official

KIND, SERIES, PATTERN = "situation_report", "BC", "{agency}-{yyyy}-{n}"
READ_REPORT = "read_report"


class SentAlready(ValueError):
    """What was sent is not changed: another report says what is different."""


class NothingSaid(ValueError):
    """A report of which every section is empty."""


class NotSent(ValueError):
    """Only what was sent, and not acknowledged yet, is acknowledged."""


@dataclass(frozen=True, slots=True)
class ReportGrid:
    """A table of a section, in words and numbers as they are printed."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    numbers: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One section: a name for machines, its title, its text, its tables."""

    name: str
    title: str
    text: str
    grids: Sequence[ReportGrid] = ()


def draft_report(
    *, office: Office, first: date, last: date, sections: Sequence[Section], by: Person, at: datetime
) -> SituationReport:
    """Keep a draft of this commune's report. Raises policies.NotAllowed, ValueError for days in no order."""
    if last < first or office.kind != organisation.COMMUNE:
        raise ValueError(office.code)
    post = policies.post_for(by, identity.OVERSEE, office, course.day_of(at))
    with transaction.atomic():
        matter = matters.open_matter(
            kind=KIND,
            reference=numbering.take(SERIES, course.day_of(at), PATTERN),
            title=title_of(first, last),
            at=at,
            parties=[(office, matters.OWNER)],
        )
        said = [asdict(section) for section in sections]
        report = SituationReport(
            matter=matter, office=office, first=first, last=last, sections=said, drafted_by=by, as_of=at
        )
        rows.insert(report)
        _record(ReportDrafted(first, last), report, by, post, at)
    return report


def title_of(first: date, last: date) -> str:
    """What the report is called; Vietnamese, as it goes onto paper."""
    return f"Tình hình hoạt động từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"


def write_report(*, report: SituationReport, texts: Mapping[str, str], by: Person, at: datetime) -> SituationReport:
    """Other words in these sections; the tables stay. Raises SentAlready, policies.NotAllowed."""
    with transaction.atomic():
        held, post = _draft(report, by, at)
        held.sections = [
            section | {"text": texts.get(section["name"], section["text"]).strip()} for section in held.sections
        ]
        held.save(update_fields=["sections"])
        _record(ReportWritten(_digest(_content(held, by, held.office, at))), held, by, post, at)
    return held


def drop_report(*, report: SituationReport, by: Person, at: datetime) -> None:
    """Give the draft up. Raises SentAlready, policies.NotAllowed."""
    with transaction.atomic():
        held, post = _draft(report, by, at)
        _close(held, at)
        _record(ReportDropped(), held, by, post, at)


def send_report(*, report: SituationReport, by: Person, at: datetime) -> SituationReport:
    """It goes to the office above as it is now, and is somebody's to read there.

    Raises SentAlready, NothingSaid, policies.NotAllowed.
    """
    to = organisation.above(report.office)
    assert to is not None
    with transaction.atomic():
        held, post = _draft(report, by, at)
        if not any(section["text"] for section in held.sections):
            raise NothingSaid(held.reference)
        content = _content(held, by, to, at, post)
        pdf = files.keep(papers.pdf(content), type="application/pdf")
        word = files.keep(papers.word(content), type=official.WORD)
        sha256 = _digest(content)
        sent = SentReport(report=held, content=content, sha256=sha256, pdf=pdf, word=word, by=by, to=to, at=at)
        rows.insert(sent)
        held.sent_at = at
        held.save(update_fields=["sent_at"])
        matters.join(held.matter, to, matters.RECEIVING, at)
        happening = ReportSent(to.code, sha256, pdf.sha256, word.sha256)
        event = _record(happening, held, by, post, at)
        due_at = queries.due_from("report.read", to, at)
        step = {"step": READ_REPORT, "act": READ_REPORT, "due_at": due_at}
        rows.insert(WorkItem(matter=held.matter, office=to, opened_by=event, **step))
    return held


def acknowledge_report(*, report: SituationReport, by: Person, at: datetime, remark: str = "") -> SituationReport:
    """The office above has read it. Raises NotSent, policies.NotAllowed."""
    with transaction.atomic():
        held = _held(report)
        sent = SentReport.objects.select_related("to").filter(report=held).first()
        if sent is None or held.acknowledged_at is not None:
            raise NotSent(held.reference)
        post = policies.post_for(by, identity.OVERSEE, sent.to, course.day_of(at))
        said = (
            Remark.objects.create(matter=held.matter, author=by, at=at, text=remark.strip()) if remark.strip() else None
        )
        held.acknowledged_at = at
        held.save(update_fields=["acknowledged_at"])
        _close(held, at)
        event = _record(ReportAcknowledged(said.pk if said else None), held, by, post, at)
        WorkItem.objects.filter(matter=held.matter, closed_by=None).update(closed_by=event)
    return held


def report_content(*, report: SituationReport, by: Person, at: datetime) -> str:
    """What a draft would say if it were sent now: for its papers."""
    to = organisation.above(report.office)
    assert to is not None
    return _content(report, by, to, at, identity.post_for(by, course.day_of(at), identity.OVERSEE, report.office.path))


def _held(report: SituationReport) -> SituationReport:
    if connection.features.has_select_for_update:
        SituationReport.objects.select_for_update().values_list("pk").get(pk=report.pk)
    return SituationReport.objects.select_related("matter", "office").get(pk=report.pk)


def _draft(report: SituationReport, by: Person, at: datetime) -> tuple[SituationReport, Post]:
    """The draft, held until the transaction ends, and the post by which it may be changed."""
    held = _held(report)
    post = policies.post_for(by, identity.OVERSEE, held.office, course.day_of(at))
    if held.sent_at is not None or held.matter.closed_at is not None:
        raise SentAlready(held.reference)
    # Who leads the province leads its communes too, but writes nothing in their name.
    if not post.office.path.startswith(held.office.path):
        raise policies.NotAllowed(identity.OVERSEE, held.office)
    return held, post


def _content(report: SituationReport, by: Person, to: Office, at: datetime, post: Post | None = None) -> str:
    """Everything that it says, and nothing that another moment would say differently."""
    place = report.office.locality
    return papers.canonical(
        {
            "reference": report.reference,
            "office": report.office.name,
            "to": to.name,
            "place": place.name if place else "",
            "title": report.matter.title,
            "dated": course.day_of(at).isoformat(),
            "as_of": report.as_of.isoformat(),
            "sections": report.sections,
            "signer": by.full_name,
            "signer_title": post.role.name_vi if post else "",
            "sample": organisation.is_demo(),
        }
    )


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _close(report: SituationReport, at: datetime) -> None:
    report.matter.closed_at = at
    report.matter.save(update_fields=["closed_at"])


def _record(happening: Happening, report: SituationReport, by: Person, post: Post, at: datetime) -> ledger.Event:
    return ledger.record(happening, matter=report.matter, at=at, by=by, post=post, office=post.office)

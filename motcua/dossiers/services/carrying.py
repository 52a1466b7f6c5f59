"""Dossiers that were under way in an earlier system go on here, with the number and the appointment that people have.

Each is filed as that system's list has it; its receipt and its due moment are kept, so that registers and figures count
it as carried over. The same (system, number) is taken once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction

from motcua.dossiers import queries, rules
from motcua.dossiers.events import CarriedOver, DossierReceived
from motcua.dossiers.models import Dossier, ExternalRef
from motcua.dossiers.queries import blanks
from motcua.dossiers.rules import exchange
from motcua.dossiers.services import content, course, filing, receipt
from motcua.dossiers.services.content import ApplicantData
from motcua.kernel import clock, ledger, matters, numbering, schedule
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter, WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures.queries import Edition

TITLE = "Theo danh sách chuyển từ hệ thống trước"
# What stands as the source of the time limit: the appointment itself.
SOURCE = "Hạn như đã hẹn trên hệ thống trước"


class NumberTaken(ValueError):
    """Another dossier of this centre has the number."""


@dataclass(frozen=True, slots=True)
class CarriedData:
    """One open dossier of an earlier system; without a receipt it waits for being received here."""

    number: str
    edition: Edition
    applicant: ApplicantData
    channel: str
    filed_at: datetime
    received_at: datetime | None = None
    due_at: datetime | None = None
    # The row as it was written, by the titles of its columns.
    said: Mapping[str, str] = field(default_factory=dict)


def is_carried(system: str, number: str) -> bool:
    """Whether it was taken before."""
    return ExternalRef.objects.filter(system=system, number=number).exists()


def is_number_free(number: str) -> bool:
    """Whether no matter of this centre has the number, nor a slip that was printed with it."""
    return not Matter.objects.filter(reference=number).exists() and not blanks.is_number_of_slip(number)


def carry_over(*, commune: Office, system: str, data: CarriedData, by: Person, at: datetime) -> Dossier:
    """Take the dossier over; the one that is there already when it was taken before. Raises NumberTaken.

    `at` is the moment of taking over; receipt and filing keep their own.
    """
    with transaction.atomic():
        if known := ExternalRef.objects.select_related("dossier__matter").filter(system=system, number=data.number):
            return known[0].dossier
        if not is_number_free(data.number):
            raise NumberTaken(data.number)
        dossier = filing.file_request(request=_request(commune, system, data), at=data.filed_at).dossier
        ExternalRef.objects.create(
            dossier=dossier, system=system, number=data.number, owner=exchange.HERE, carried_over=True
        )
        agency = commune.agency_code or commune.code
        numbering.keep_clear(agency, course.day_of(data.filed_at), commune.number_pattern, data.number)
        if data.received_at is not None and data.due_at is not None:
            _receive(dossier, data, data.received_at, data.due_at)
        carried = CarriedOver(system, data.number, dossier.due_at)
        ledger.record(carried, matter=dossier.matter, at=at, by=by, office=dossier.receiving_office)
    return dossier


def _request(commune: Office, system: str, data: CarriedData) -> content.Request:
    key = rules.sha256(f"carried {system} {data.number}")
    rows = [[f"carried:{n}", title, value] for n, (title, value) in enumerate(data.said.items()) if value]
    return content.Request(
        commune=commune,
        edition=data.edition,
        channel=data.channel,
        applicant=data.applicant,
        answers={},
        components=(),
        op_id=f"carried-{key}",
        request_sha256=rules.sha256(rules.canonical(asdict(data.applicant) | {"number": data.number})),
        file_names={},
        said={"readback": [{"title": TITLE, "rows": rows}], "external": {"system": system, "number": data.number}},
        number=data.number,
        quiet=True,
    )


def _receive(dossier: Dossier, data: CarriedData, received_at: datetime, due_at: datetime) -> None:
    """As it was received and appointed there: the limit is what lies between, the due moment is kept exactly."""
    calendar = schedule.calendar_for(dossier.competent_office)
    days = calendar.working_days_between(course.day_of(received_at), course.day_of(due_at))
    limit = clock.Limit(days, "working_day", cutoff=None)
    dossier.state = rules.MACHINE.next(dossier.state, rules.RECEIVE)
    dossier.received_at, dossier.calendar_version = received_at, calendar.version
    dossier.limit = receipt.limit_as_data(limit, SOURCE)
    lines: list[tuple[str, datetime | None]] = [("start", None)]
    counted = clock.due(calendar, limit, [clock.Entry("start", received_at)])
    if counted.at != due_at:
        lines.append(("extend", due_at))
    for kind, until in lines:
        matters.enter_clock(dossier.matter, kind, received_at, calendar.version, reason=SOURCE, until=until)
    due = queries.due_of(dossier)
    dossier.due_at, dossier.due_estimated = due.at, due.estimated
    dossier.save()
    _open_next(dossier, data.edition, received_at)


def _open_next(dossier: Dossier, edition: Edition, received_at: datetime) -> None:
    assert dossier.limit is not None  # just set
    happened = DossierReceived(
        dossier.limit["value"], "working_day", dossier.due_at, dossier.calendar_version or 0, SOURCE
    )
    event = ledger.record(happened, matter=dossier.matter, at=received_at, office=dossier.receiving_office)
    item = WorkItem.objects.get(matter=dossier.matter, closed_by=None)
    course.close_step(item, event)
    for step, office in course.following(dossier, edition.definition, item, received_at):
        course.open_step(
            dossier=dossier,
            step=step.sid,
            act=step.act,
            office=office,
            due_at=dossier.due_at or item.due_at,
            event=event,
        )

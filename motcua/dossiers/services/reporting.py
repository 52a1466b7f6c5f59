"""Reporting: months are closed, the cut-off day is set, and a report that leaves the house with names is noted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.dossiers import policies, rules
from motcua.dossiers.events import CutOffSet, PeriodClosed, ReportTaken
from motcua.dossiers.models import ClosedPeriod, CutOff
from motcua.dossiers.queries import periods
from motcua.dossiers.queries import situation as situations
from motcua.dossiers.rules import figures, months
from motcua.kernel import identity, ledger, matters, organisation
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Happening
from motcua.kernel.organisation import Office

# So long corrections of a month that is over still go into it; a leader may close it sooner.
OPEN_FOR = timedelta(days=3)


class NotOver(ValueError):
    """Only a whole reporting month that is over can be closed."""


def close_period(*, office: Office, first: date, last: date, by: Person, at: datetime) -> ClosedPeriod:
    """Freeze the figures of a reporting month; the ones that stand when it is closed already.

    Raises NotOver, policies.NotAllowed.
    """
    if periods.months_of(office).whole(first, last) is None or last >= timezone.localdate(at):
        raise NotOver(f"{first} to {last}")
    post = _post(by, office, at)
    if found := periods.closed(office, first, last):
        return found
    content = _content(office, first, last, at)
    digest = rules.sha256(rules.canonical(content))
    with transaction.atomic():
        made = ClosedPeriod.objects.create(
            office=office, first=first, last=last, content=content, closed_at=at, closed_by=by
        )
        _record(PeriodClosed(office.code, first, last, digest), office, by, post, at)
    return made


def close_due_periods(*, at: datetime) -> int:
    """Close every month that has been over for OPEN_FOR, as the product's own hand; says how many."""
    by, until = identity.system_person(), timezone.localdate(at - OPEN_FOR)
    number = 0
    for office in Office.objects.on(until).filter(kind__in=(organisation.COMMUNE, organisation.PROVINCE)):
        for first, last in periods.open_months(office, until):
            close_period(office=office, first=first, last=last, by=by, at=at)
            number += 1
    return number


def _content(office: Office, first: date, last: date, at: datetime) -> dict[str, Any]:
    within = figures.period(first, last, timezone.get_current_timezone(), at)
    found = situations.situation(office, within)
    return {"figures": found.counts, "groups": {name: found.counts_by(key) for name, key in _GROUPS.items()}}


_GROUPS = {
    "sector": lambda item: item.sector,
    "procedure": lambda item: item.fact.procedure,
    "channel": lambda item: item.fact.channel,
    "office": lambda item: str(item.fact.office),
    "officer": lambda item: str(item.officer.person_id or "") if item.officer else "",
}


def set_cut_off(*, office: Office, day: int, by: Person, at: datetime) -> CutOff:
    """From the next reporting month on, months end with this day; 0 is the last. Raises ValueError, NotAllowed."""
    if day not in months.CUT_OFFS:
        raise ValueError(f"{day} is no cut-off day")
    post = _post(by, office, at)
    year, number = months.later(periods.months_of(office).of(timezone.localdate(at)))
    with transaction.atomic():
        made = CutOff.objects.create(office=office, year=year, month=number, day=day, by=by, at=at)
        _record(CutOffSet(office.code, year, number, day), office, by, post, at)
    return made


def note_report_taken(
    *, office: Office, report: str, first: date, last: date, form: str, rows: int, by: Person, at: datetime
) -> None:
    """That somebody took a report with names of people out as a file."""
    with transaction.atomic():
        _record(ReportTaken(office.code, report, first, last, form, rows), office, by, None, at)


def _post(by: Person, office: Office, at: datetime) -> Post | None:
    """By which post; the product's own hand needs none."""
    return None if by.is_system else policies.post_for(by, identity.LEAD, office, timezone.localdate(at))


def _record(happening: Happening, office: Office, by: Person, post: Post | None, at: datetime) -> None:
    ledger.record(happening, matter=matters.administration_of(office, at), at=at, by=by, post=post, office=office)

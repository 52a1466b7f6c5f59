"""When an office works: its week from a day on, and single days that differ.

Each change is a new version of the calendar. Dossiers whose limit already runs are counted again by it within minutes,
and their applicants are told where the moment moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.kernel import schedule
from motcua.kernel.calendar import DAYS_OFF, Day, Sessions
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.kernel.schedule import CalendarVersion
from motcua.portal import policies, queries
from motcua.portal.services.record import CannotChange


def set_hours(
    *, office: Office, week: Mapping[int, Sessions], valid_from: date, by: Person, at: datetime
) -> CalendarVersion:
    """The office and all below it work so from a day on. Raises CannotChange, policies.NotAllowed."""
    today = timezone.localdate(at)
    post = policies.post_to_change(by, office, today)
    if valid_from < today:
        raise CannotChange(_("Choose today or a later day: hours of past days cannot be changed."), "valid_from")
    if not any(week.values()):
        raise CannotChange(
            _("Enter the hours of at least one day of the week: an office that never works has no limits.")
        )
    return schedule.set_hours(office=office, week=week, valid_from=valid_from, at=at, by=by, post=post)


def set_day(*, office: Office, day: Day, source: str, by: Person, at: datetime) -> CalendarVersion:
    """A date is not like its weekday for this office and all below it. Raises CannotChange, policies.NotAllowed."""
    today = timezone.localdate(at)
    post = policies.post_to_change(by, office, today)
    if day.date < today:
        raise CannotChange(_("Choose today or a later day: what a past day was cannot be changed."), "date")
    _refuse_what_is_fixed(office, day)
    with transaction.atomic():
        return schedule.set_day(office=office, day=day, source=source, at=at, by=by, post=post)


def _refuse_what_is_fixed(office: Office, day: Day) -> None:
    above = queries.day_from_above(office, day.date)
    if above is not None and above.kind != "ordinary" and not _may_be_replaced(above.status, day):
        sentence = _("This day is set for everyone already: {name}. Please choose another day.")
        raise CannotChange(sentence.format(name=above.name), "date")
    works = schedule.calendar_for(office).is_working_day(day.date)
    if day.kind in DAYS_OFF and not works and above is None:
        raise CannotChange(_("The office rests on this day anyway: choose a day on which it works."), "date")


def _may_be_replaced(status: str, day: Day) -> bool:
    """What is only estimated, by anything; what the law gives but is not announced, by a day off that confirms it."""
    return status == "estimated" or (status != "official" and day.kind in DAYS_OFF)


def take_back_day(*, office: Office, day: date, by: Person, at: datetime) -> CalendarVersion:
    """The date is again what it is for everyone, or what its weekday says. Raises CannotChange, policies.NotAllowed."""
    today = timezone.localdate(at)
    post = policies.post_to_change(by, office, today)
    if day < today:
        raise CannotChange(_("Choose today or a later day: what a past day was cannot be changed."))
    above = queries.day_from_above(office, day)
    again = Day(day, "ordinary", "") if above is None else schedule.as_day(above)
    source = "" if above is None else above.source
    with transaction.atomic():
        return schedule.set_day(office=office, day=again, source=source, at=at, by=by, post=post)

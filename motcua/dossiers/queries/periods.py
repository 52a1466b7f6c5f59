"""An office's reporting months, and what of them is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min
from django.utils import timezone

from motcua.dossiers.models import ClosedPeriod, CutOff, Dossier
from motcua.dossiers.queries import figures
from motcua.dossiers.queries.situation import Situation, situation
from motcua.dossiers.rules.figures import Figures, Period, adjustments, period
from motcua.dossiers.rules.months import Month, Months
from motcua.kernel.organisation import Office

# Nobody reports further back when a centre begins with dossiers of long ago.
MOST_MONTHS = 24


# The longest period that a page goes through at once, in days, and the years of which there can be any.
LONGEST = 400
YEARS = range(2000, 2100)


def day_asked(text: str) -> date | None:
    """The day that an address says, if it says one."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def span_asked(given: Mapping[str, str], months: Months, day: date) -> tuple[date, date]:
    """First and last day that an address asks for; without them the reporting month in which today lies."""
    first, last = day_asked(given.get("from", "")), day_asked(given.get("to", ""))
    if first is None or last is None or first > last or (last - first).days > LONGEST:
        return months.span(months.of(day))
    return first, last


@dataclass(frozen=True)
class Reported:
    """The figures of a period as they are reported: frozen where they were closed, else what the rows say now."""

    situation: Situation
    closed: ClosedPeriod | None
    figures: Figures
    # What was corrected since they were frozen, by key; nothing while all is as it was.
    adjustments: Figures


def reported(office: Office, within: Period) -> Reported:
    """What is reported for the period, with what was corrected since where it is closed."""
    found, frozen = situation(office, within), closed(office, within.first, within.last)
    if frozen is None:
        return Reported(found, None, found.counts, {})
    kept: Figures = frozen.content["figures"]
    return Reported(found, frozen, kept, adjustments(kept, found.counts))


def reported_between(office: Office, first: date, last: date, now: datetime) -> Reported:
    """The same for the days from the first to the last, as of their end or of now."""
    return reported(office, period(first, last, timezone.get_current_timezone(), now))


def months_of(office: Office) -> Months:
    """The reporting months of the office: its own cut-off days, or those of the nearest office above that has any."""
    rows = CutOff.objects.filter(office__code__in=office.codes).order_by("office__path", "id")
    of_each: dict[int, dict[Month, int]] = {}
    for office_id, year, number, day in rows.values_list("office_id", "year", "month", "day"):
        of_each.setdefault(office_id, {})[year, number] = day
    nearest = list(of_each.values())[-1] if of_each else {}
    return Months(tuple(sorted(nearest.items())))


def closed(office: Office, first: date, last: date) -> ClosedPeriod | None:
    """The frozen figures of exactly these days, if they were closed."""
    return ClosedPeriod.objects.select_related("closed_by").filter(office=office, first=first, last=last).first()


def last_closed(office: Office) -> ClosedPeriod | None:
    """The newest month that is closed."""
    return ClosedPeriod.objects.filter(office=office).order_by("-last").first()


def open_months(office: Office, until: date) -> Iterator[tuple[date, date]]:
    """The months that were over before `until` and are not closed, the oldest first, since there was anything."""
    months, newest = months_of(office), last_closed(office)
    since = newest.last if newest else _first_day(office)
    if since is None:
        return
    spans = []
    for _n, month in zip(range(MOST_MONTHS), months.over(until), strict=False):
        first, last = months.span(month)
        if last <= since if newest else last < since:
            break
        spans.append((first, last))
    yield from reversed(spans)


def _first_day(office: Office) -> date | None:
    """The day of the first filing that the office has."""
    below = figures.offices_below(office)
    found = Dossier.objects.filter(competent_office__in=below).aggregate(first=Min("filed_at"))["first"]
    return figures.local_day(found) if found else None

"""The daily hand-over list: on screen, and as a sheet that both sides sign."""

from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.dossiers import queries, slips
from motcua.dossiers.queries import periods
from motcua.dossiers.views.printing import pdf
from motcua.kernel.access import person_of, signed_in


def _day(request: HttpRequest) -> date:
    return periods.day_asked(request.GET.get("day", "")) or timezone.localdate()


@signed_in
@require_GET
def day(request: HttpRequest) -> HttpResponse:
    on = _day(request)
    found = queries.handed_over(person_of(request), on, timezone.localdate())
    groups = [(office, list(rows)) for office, rows in groupby(found, key=lambda row: row.office)]
    return render(request, "dossiers/desk/handover.html", {"on": on, "groups": groups})


@signed_in
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    on = _day(request)
    found = queries.handed_over(person_of(request), on, timezone.localdate())
    return pdf(slips.handover_sheet(person_of(request), found, on), f"ban-giao-{on.isoformat()}")

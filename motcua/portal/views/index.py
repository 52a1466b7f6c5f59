"""The service index, and the procedures behind its numbers."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.dossiers.queries import index as dossiers
from motcua.dossiers.queries import periods
from motcua.kernel import freshness, identity
from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office
from motcua.portal import service_index


def _asked(request: HttpRequest) -> tuple[tuple[Office, ...], Office, date, date]:
    """The offices that the person leads, the one that is asked for, and the first and last day."""
    day, code = timezone.localdate(), request.GET.get("office", "")
    offices = dossiers.led_offices(person_of(request), day)
    office = next((each for each in offices if code in ("", each.code)), None)
    if office is None:
        raise Http404
    first, last = periods.span_asked(request.GET.dict(), periods.months_of(office), day)
    return offices, office, first, last


@requires(identity.LEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    with freshness.held():
        offices, office, first, last = _asked(request)
        context = service_index.page(office, offices, first, last, timezone.now())
        return render(request, "portal/index.html", context)


@requires(identity.LEAD)
@require_GET
def procedures(request: HttpRequest) -> HttpResponse:
    with freshness.held():
        _offices, office, first, last = _asked(request)
        what = request.GET.get("what", "")
        context = service_index.procedures_page(office, what, first, last, timezone.now())
        return render(request, "portal/index_procedures.html", context)

"""All communes at once, and the same as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.dossiers.queries import index as dossiers
from motcua.kernel import freshness, identity, tables
from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office
from motcua.portal import province_page
from motcua.ui import sending


def _offices(request: HttpRequest) -> tuple[Office, ...]:
    """The province or the communes that the person leads."""
    offices = dossiers.led_offices(person_of(request), timezone.localdate())
    if not offices:
        raise Http404
    return offices


@requires(identity.LEAD)
@require_GET
def shown(request: HttpRequest) -> HttpResponse:
    with freshness.held():
        context = province_page.page(_offices(request), request.GET.dict(), timezone.now(), timezone.localdate())
        return render(request, "portal/province.html", context)


@requires(identity.LEAD)
@require_GET
def file(request: HttpRequest, form: str) -> HttpResponse:
    if form not in tables.TYPES:
        raise Http404
    offices, zone = _offices(request), timezone.get_current_timezone()
    table, asked = province_page.as_file(offices, request.GET.dict(), timezone.now(), timezone.localdate())
    content = tables.as_csv(table, zone).encode() if form == "csv" else tables.as_xlsx(table, zone)
    name = f"cac-xa-{asked.within.first}-{asked.within.last}.{form}"
    return sending.made(content, name, tables.TYPES[form])

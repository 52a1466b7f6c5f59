"""Scanned papers at the counter: looked at before they are attached, and those that came meanwhile."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.dossiers import queries
from motcua.dossiers.at_counter.tray import Tray
from motcua.dossiers.views.desk_counter import place_of
from motcua.kernel import identity
from motcua.kernel.access import requires
from motcua.procedures import queries as procedures
from motcua.ui import sending


@requires(identity.INTAKE)
@require_GET
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    scan = get_object_or_404(queries.scan_at(place_of(request).own, pk))
    return sending.bytes_of(scan.file, scan.name) if scan.file else HttpResponse(status=404)


@requires(identity.INTAKE)
@require_GET
def fresh(request: HttpRequest, code: str) -> HttpResponse:
    """The rows of the sheet's tray as they are now, for a page that is open."""
    place = place_of(request)
    try:
        edition = procedures.edition_for(place.commune, code, timezone.localdate())
    except procedures.NotInForce:
        raise Http404 from None
    tray = Tray(place.own, request.GET.get("op_id", "")[:100], edition.definition, None)
    return render(request, "dossiers/desk/_tray_rows.html", {"tray": tray})

"""The counter: find the procedure, fill one screen, one submit, print, next person. Works without JavaScript."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.dossiers import counter, policies, slips
from motcua.dossiers.models import Dossier
from motcua.dossiers.views import printing
from motcua.kernel import identity
from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.ui import here


def _commune(request: HttpRequest) -> Office:
    commune = counter.commune_of(person_of(request), timezone.localdate())
    if commune is None:
        raise PermissionDenied
    request.office = commune  # type: ignore[attr-defined]
    return commune


@requires(identity.INTAKE)
@require_http_methods(["GET"])
def start(request: HttpRequest) -> HttpResponse:
    text, commune = request.GET.get("q", "")[:200], _commune(request)
    found = procedures.listed(commune, timezone.localdate(), text=text)
    codes = [each.code for each in found]
    meant = codes[0] if len(codes) == 1 else procedures.meant(commune, text)
    if text and meant in codes and "list" not in request.GET:
        return redirect(f"{reverse('desk-counter-sheet', args=[meant])}?{urlencode({'q': text})}")
    return render(request, "dossiers/desk/counter.html", {"text": text, "found": found})


@requires(identity.INTAKE)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    try:
        shown = counter.sheet(_commune(request), code, timezone.localdate(), data)
    except procedures.NotInForce:
        raise Http404 from None
    return _answer(request, shown)


def _answer(request: HttpRequest, shown: Any) -> HttpResponse:
    definition = shown.edition.definition
    here.put(request, procedure=definition.code, version=str(shown.edition.version_id), step=definition.steps[0].sid)
    if shown.data is not None and "read_card" in shown.data:
        shown.read_card()
    elif shown.data is not None and eforms.wants_redraw(shown.data):
        shown.look_again()
    elif shown.data is not None:
        shown.take_in(person_of(request), timezone.now())
    if shown.filed is not None:
        return _done(request, shown)
    asks = shown.alike and not shown.scanned
    status = 422 if shown.problems else 409 if shown.refused or asks else 200
    return render(request, "dossiers/desk/counter_sheet.html", {"sheet": shown}, status=status)


def _done(request: HttpRequest, shown: Any) -> HttpResponse:
    """The answer to the sending itself: a reload is the same request under the same key, so the same dossier."""
    context = {"filed": shown.filed, "again": reverse("desk-counter-sheet", args=[shown.edition.code])}
    response = render(request, "dossiers/desk/counter_done.html", context)
    response["Cache-Control"] = "no-store"
    return response


@requires(identity.INTAKE)
@require_POST
def slip(request: HttpRequest) -> HttpResponse:
    """Form 01 with the claim code that was just given; a wrong code prints nothing."""
    number, code = request.POST.get("number", ""), request.POST.get("claim_code", "")
    try:
        dossier = policies.get_dossier(person_of(request), number, timezone.localdate())
        policies.get_dossier_by_claim(number, code)
    except Dossier.DoesNotExist:
        raise Http404 from None
    pdf = slips.receipt_slip(dossier, code, origin=request.build_absolute_uri("/").rstrip("/"))
    return printing.pdf(pdf, f"{number}-01")

"""The counter: find the procedure, fill one screen, one submit, print, next person. Works without JavaScript."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.dossiers import policies, slips
from motcua.dossiers.at_counter import counter, outage, places, sittings
from motcua.dossiers.at_counter.counter import Sheet
from motcua.dossiers.at_counter.places import Place
from motcua.dossiers.models import Dossier
from motcua.dossiers.views import printing
from motcua.kernel import identity, networks, organisation
from motcua.kernel.access import person_of, requires
from motcua.procedures import queries as procedures
from motcua.ui import here


def place_of(request: HttpRequest) -> Place:
    """Where the address says that the person stands; nobody without a counter has one."""
    place = places.place_of(person_of(request), request.GET.dict(), timezone.localdate())
    if place is None:
        raise PermissionDenied
    request.office = place.own  # type: ignore[attr-defined]
    return place


@requires(identity.INTAKE)
@require_http_methods(["GET"])
def start(request: HttpRequest) -> HttpResponse:
    text, place = request.GET.get("q", "")[:400], place_of(request)
    if number := outage.slip_in(text):
        return redirect(f"{reverse('desk-counter')}{replace(place, slip=number).query}")
    day = timezone.localdate()
    found = procedures.listed(place.commune, day, text=text)
    codes = [each.code for each in found]
    meant = codes[0] if len(codes) == 1 else procedures.meant(place.commune, text)
    if text and meant in codes and "list" not in request.GET:
        kept = {name: request.GET[name] for name in ("for", "sitting", "slip") if request.GET.get(name)}
        return redirect(f"{reverse('desk-counter-sheet', args=[meant])}?{urlencode(kept | {'q': text})}")
    shown = {"text": text, "found": found, "place": place, "communes": organisation.communes(day)}
    return render(request, "dossiers/desk/counter.html", shown | _beside(request, place))


def _beside(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Who sits there, and how many blank slips are ready for an outage."""
    return {**_sitting(request, place.sitting), "slips_ready": outage.ready(place.own, timezone.localdate())}


def _sitting(request: HttpRequest, sitting: str) -> dict[str, Any]:
    """Who sits there and what was taken in so far."""
    taken = sittings.taken(sitting, person_of(request), timezone.localdate()) if sitting else []
    return {"taken": taken, "person": taken[-1].dossier.applicant.full_name if taken else "", "sitting": sitting}


@requires(identity.INTAKE)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    try:
        shown = counter.sheet(place_of(request), code, timezone.localdate(), data, person_of(request), request.FILES)
    except procedures.NotInForce:
        raise Http404 from None
    return _answer(request, shown)


def _answer(request: HttpRequest, shown: Sheet) -> HttpResponse:
    definition = shown.edition.definition
    here.put(request, procedure=definition.code, version=str(shown.edition.version_id), step=definition.steps[0].sid)
    shown.answer(timezone.now())
    if shown.filed is not None:
        return _done(request, shown)
    asks = shown.alike and not shown.scanned
    status = 422 if shown.problems else 409 if shown.refused or asks else 200
    return render(
        request, "dossiers/desk/counter_sheet.html", {"sheet": shown, **_phone(request, shown)}, status=status
    )


def _phone(request: HttpRequest, shown: Sheet) -> dict[str, Any]:
    """The address behind the QR code, under the name by which this page was called."""
    if shown.phone is None:
        return {}
    address = request.build_absolute_uri(reverse("phone-photos", args=[shown.phone[1]]))
    return {"phone_address": address, "phone_is_local": networks.is_loopback(request.get_host())}


def _done(request: HttpRequest, shown: Sheet) -> HttpResponse:
    """The answer to the sending itself: a reload is the same request under the same key, so the same dossier."""
    again = reverse("desk-counter-sheet", args=[shown.edition.code])
    context = {"filed": shown.filed, "again": again, "place": shown.place, "on_slip": bool(shown.on_slip())}
    context |= _sitting(request, sitting := sittings.of_key(shown.op_id))
    following = replace(shown.place, sitting=sitting, slip="")
    context["same_person"] = f"{reverse('desk-counter')}{following.query}"
    response = render(request, "dossiers/desk/counter_done.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


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
    made = slips.receipt_slip if dossier.received_at else slips.filing_confirmation
    return printing.pdf(made(dossier, code, origin=_origin(request)), f"{number}-01")


@requires(identity.INTAKE)
@require_POST
def slip_of_sitting(request: HttpRequest) -> HttpResponse:
    """Form 01 of everything that this officer took in from the person today, in one file."""
    taken = sittings.taken(request.POST.get("sitting", ""), person_of(request), timezone.localdate())
    received = [(each.dossier, each.claim_code) for each in taken if each.dossier.received_at]
    if not received:
        raise Http404
    return printing.pdf(slips.receipt_slips(received, origin=_origin(request)), f"{received[0][0].number}-01")

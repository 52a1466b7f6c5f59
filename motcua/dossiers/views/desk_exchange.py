"""The desk's pages of the exchange: matching what came, and seeing to what could not be told or fetched."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.dossiers import acts, policies
from motcua.dossiers.at_desk import arrivals
from motcua.dossiers.forms.exchange import AsideForm
from motcua.dossiers.models import Arrival, OutsidePaper
from motcua.dossiers.services import exchange, uploads
from motcua.dossiers.services.exchange import Whereto
from motcua.dossiers.views.opened import dossier_of
from motcua.kernel.access import person_of, requires, signed_in
from motcua.kernel.identity import INTAKE
from motcua.kernel.outbox import Delivery

AGAIN, BY_HAND = "again", "by-hand"


def _arrival(request: HttpRequest, pk: int) -> Arrival:
    try:
        return policies.get_arrival(person_of(request), pk, timezone.localdate())
    except Arrival.DoesNotExist:
        raise Http404 from None


@requires(INTAKE)
@require_GET
def arrival(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _arrival(request, pk))


def _page(request: HttpRequest, shown: Arrival, status: int = 200, **more: Any) -> HttpResponse:
    context = arrivals.page(person_of(request), shown, timezone.now(), timezone.localdate())
    return render(request, "dossiers/desk/arrival.html", context | more, status=status)


@requires(INTAKE)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    shown, by, at = _arrival(request, pk), person_of(request), timezone.now()
    form = arrivals.match_form(by, shown, at, timezone.localdate(), request.POST)
    if not form.is_valid():
        return _page(request, shown, 422, form=form)
    try:
        dossier = exchange.take_arrival(arrival=shown, said=Whereto(**form.cleaned_data), by=by, at=at)
    except exchange.Unfit as unfit:
        words = " ".join(str(arrivals.FAULTS[fault]) for fault in unfit.faults)
        return _page(request, shown, 409, form=form, refused=words)
    except acts.REFUSALS:
        return _too_late(request, pk)
    messages.success(request, _("It is a dossier now: %(number)s.") % {"number": dossier.number})
    return redirect("desk-dossier", dossier.number)


@requires(INTAKE)
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        dossier = exchange.note_arrival(arrival=_arrival(request, pk), by=person_of(request), at=timezone.now())
    except acts.REFUSALS:
        return _too_late(request, pk)
    messages.success(request, _("Thank you, it is noted."))
    return redirect("desk-dossier", dossier.number)


@requires(INTAKE)
@require_POST
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    shown, form = _arrival(request, pk), AsideForm(request.POST, prefix="aside")
    if not form.is_valid():
        return _page(request, shown, 422, aside=form)
    reason = form.cleaned_data["reason"]
    try:
        exchange.set_arrival_aside(arrival=shown, reason=reason, by=person_of(request), at=timezone.now())
    except acts.REFUSALS:
        return _too_late(request, pk)
    messages.success(request, _("It was set aside."))
    return redirect("desk-inbox")


def _too_late(request: HttpRequest, pk: int) -> HttpResponse:
    words = _("This was not done: somebody was faster, or none of your posts allows it. The page shows what is.")
    return _page(request, _arrival(request, pk), 409, refused=words)


@signed_in
@require_POST
def delivery(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    dossier, way = dossier_of(request, number), request.POST.get("way", "")
    found = get_object_or_404(Delivery, pk=pk, event__matter=dossier.matter)
    services = {AGAIN: exchange.try_exchange_again, BY_HAND: exchange.note_done_by_hand}
    if way not in services:
        raise Http404
    try:
        services[way](dossier=dossier, delivery=found, by=person_of(request), at=timezone.now())
    except acts.REFUSALS as refused:
        messages.error(request, acts.why_not(refused, dossier))
    else:
        messages.success(request, _("It will be tried again now.") if way == AGAIN else _("Thank you, it is noted."))
    return redirect("desk-dossier", number)


@signed_in
@require_POST
def paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    dossier, sent = dossier_of(request, number), request.FILES.get("file")
    found = get_object_or_404(OutsidePaper, pk=pk, dossier=dossier)
    content = sent.read() if sent is not None else b""
    try:
        exchange.attach_paper(paper=found, content=content, by=person_of(request), at=timezone.now())
    except uploads.UploadRefused as refused:
        messages.error(request, str(refused.message))
    except acts.REFUSALS as why:
        messages.error(request, acts.why_not(why, dossier))
    else:
        messages.success(request, _("The paper was attached."))
    return redirect("desk-dossier", number)

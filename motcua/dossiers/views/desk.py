"""The officer's pages: finding a dossier, the dossier with its acts, its papers and its printed forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from motcua.dossiers import acts, queries, slips
from motcua.dossiers.at_desk import desk
from motcua.dossiers.models import Dossier, Opinion, Paper, Result
from motcua.dossiers.rules import accesses
from motcua.dossiers.views import opened, printing
from motcua.kernel import freshness
from motcua.kernel.access import person_of, signed_in
from motcua.ui import here, sending


@signed_in
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:200]
    found = queries.found(person_of(request), text, timezone.localdate())
    if len(found) == 1:
        return redirect("desk-dossier", found[0].number)
    return render(request, "dossiers/desk/found.html", {"q": text, "found": found})


@signed_in
@require_GET
def dossier(request: HttpRequest, number: str) -> HttpResponse:
    try:
        return _page(request, opened.to_read(request, number), request.GET.get("act", ""))
    except opened.PurposeNeeded:
        return redirect("desk-purpose", number)


def seen_by(request: HttpRequest, shown: Dossier) -> acts.Seen:
    """The dossier as whoever is signed in sees it now; from here on the page knows where it is, also when it fails."""
    seen = acts.Seen(person_of(request), shown, timezone.now(), timezone.localdate())
    step = seen.item.step if seen.item else ""
    here.put(request, procedure=shown.procedure_code, version=str(shown.version_id), step=step, matter=shown.number)
    return seen


def _page(
    request: HttpRequest, shown: Dossier, act: str = "", form: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    seen = seen_by(request, shown)
    with freshness.held():
        overseen = opened.is_overseen(request)
        context = desk.dossier_page(seen) | ({"overseen": True, "acts": [], "rare_acts": []} if overseen else {})
        if act in acts.ACTS and not overseen:
            context |= desk.act_form(seen, act, form)
        return render(request, "dossiers/desk/dossier.html", context | more, status=status)


@signed_in
@require_POST
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    shown = opened.dossier_of(request, number)
    if name not in acts.ACTS:
        raise Http404
    form = acts.form_for(seen_by(request, shown), name, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, shown, name, form, 422)
    try:
        outcome = acts.ACTS[name].do(shown, person_of(request), timezone.now(), form)
    except acts.REFUSALS as refused:
        return _page(request, opened.dossier_of(request, number), name, form, 409, refused=acts.why_not(refused, shown))
    return _done(request, shown, name, outcome)


def _done(request: HttpRequest, shown: Dossier, name: str, outcome: Any) -> HttpResponse:
    if name == acts.REISSUE:
        response = _page(request, opened.dossier_of(request, shown.number), claim_code=outcome)
        response["Cache-Control"] = "no-store"
        return response
    messages.success(request, acts.ACTS[name].said_when_done(outcome))
    return redirect("desk-dossier", shown.number)


@signed_in
@require_GET
def paper(request: HttpRequest, number: str, sid: str, position: int, n: int = 1) -> HttpResponse:
    shown = opened.to_read(request, number, accesses.PAPER)
    of_dossier = Paper.objects.select_related("file").filter(filing__dossier=shown, filing__n=n)
    found = get_object_or_404(of_dossier, sid=sid, position=position)
    return sending.bytes_of(found.file, found.name)


@signed_in
@require_GET
def result(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    shown = opened.to_read(request, number, accesses.PAPER)
    results = Result.objects.select_related("file", "signature__file")
    found = get_object_or_404(results, dossier=shown, pk=pk, file__isnull=False)
    file = queries.file_of(found)
    return sending.bytes_of(file, found.name) if file else HttpResponse(status=404)


@signed_in
@require_GET
def opinion_file(request: HttpRequest, number: str, pk: int, side: str) -> HttpResponse:
    """The file beside a question to another office, or beside its answer."""
    shown = opened.to_read(request, number, accesses.PAPER)
    found = get_object_or_404(Opinion.objects.select_related("question_file", "answer_file"), dossier=shown, pk=pk)
    file = {"question": found.question_file, "answer": found.answer_file}.get(side)
    if file is None:
        raise Http404
    return sending.bytes_of(file, f"{number}-{side}")


@signed_in
@require_GET
def slip(request: HttpRequest, number: str) -> HttpResponse:
    shown = opened.to_read(request, number, accesses.PRINT)
    origin = request.build_absolute_uri("/").rstrip("/")
    return printing.pdf(slips.receipt_slip(shown, origin=origin), f"{number}-01")

"""The desk's pages of a supplement: making the request, and entering for the person what was brought to the counter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import acts
from motcua.dossiers.at_desk.asking import Asking
from motcua.dossiers.online import supplementing
from motcua.dossiers.online.supplementing import Supplementing
from motcua.dossiers.services import ComponentData, drafts
from motcua.dossiers.views import uploading
from motcua.dossiers.views.desk import seen_by
from motcua.dossiers.views.opened import dossier_of
from motcua.kernel.access import person_of, signed_in
from motcua.procedures import eforms
from motcua.procedures.definition import Page


@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    seen = seen_by(request, dossier_of(request, number))
    own = Asking(seen, request.POST if request.method == "POST" else None)
    if own.sending:
        try:
            own.send(timezone.now())
        except acts.REFUSALS as refused:
            own.refused = acts.why_not(refused, seen.dossier)
    return _asked(request, own) if own.sent else _asking(request, own)


def _asked(request: HttpRequest, own: Any) -> HttpResponse:
    words = acts.ACTS[acts.ASK_SUPPLEMENT].done
    messages.success(request, str(words) if own.sent.accepted else _("The further request waits for an approver."))
    return redirect("desk-dossier", own.dossier.number)


def _asking(request: HttpRequest, own: Asking) -> HttpResponse:
    status = 422 if own.problems else 409 if own.refused else 200
    shown = {"own": own, "dossier": own.dossier, "queues": None}
    return render(request, "dossiers/desk/supplement_ask.html", shown, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, number: str) -> HttpResponse:
    dossier = dossier_of(request, number)
    try:
        own = supplementing.find(dossier, timezone.now(), timezone.localdate())
    except supplementing.NothingAsked:
        return redirect("desk-dossier", number)
    if request.method != "POST":
        return _entering(request, own)
    return _entered(request, own)


def _entered(request: HttpRequest, own: Supplementing) -> HttpResponse:
    """Everything typed is kept first; then it is filed if it is whole and this officer may."""
    refused = _kept(request, own)
    own = supplementing.find(own.dossier, timezone.now(), timezone.localdate())
    brought = _brought(request, own)
    if "remove" in request.POST or eforms.wants_redraw(request.POST):
        return _entering(request, own, (), brought)
    problems = [*refused, *own.problems([each.sid for each in brought])]
    if problems:
        return _entering(request, own, problems, brought)
    try:
        problems = own.send(timezone.now(), person_of(request), brought)
    except acts.REFUSALS as why:
        return _entering(request, own, (), brought, acts.why_not(why, own.dossier))
    return _entering(request, own, problems, brought) if problems else _filed(request, own)


def _filed(request: HttpRequest, own: Supplementing) -> HttpResponse:
    messages.success(request, str(acts.ACTS[acts.ENTER_SUPPLEMENT].done))
    return redirect("desk-dossier", own.dossier.number)


def _kept(request: HttpRequest, own: Supplementing) -> list[Any]:
    """Every page and every file of the form, put to the draft; what was refused of it."""
    refused: list[Any] = []
    for page in own.pages:
        raw, wrong = uploading.typed(request, own, page)
        refused += wrong
        drafts.save_page(draft=own.draft, page=page, cleaned=own.cleaned(page, raw), raw=raw, at=timezone.now())
    return [*refused, *uploading.papers(request, own)]


def _brought(request: HttpRequest, own: Supplementing) -> list[ComponentData]:
    """The papers that were ticked as lying on the counter."""
    ticked = request.POST.getlist("brought")
    return [ComponentData(each.sid, kind=each.kinds[0], quantity=1) for each in own.components if each.sid in ticked]


def _entering(
    request: HttpRequest, own: Supplementing, problems: Any = (), brought: Any = (), refused: str = ""
) -> HttpResponse:
    ticked = {each.sid for each in brought}
    shown = {
        "own": own,
        "dossier": own.dossier,
        "problems": problems,
        "refused": refused,
        "pages": [(page, own.wanted(page), own.drawn(page, None, _of_page(own, page, problems))) for page in own.pages],
        "papers": [{**each, "brought": each["sid"] in ticked} for each in own.papers()],
        "kinds": uploading.ACCEPT,
    }
    status = 422 if problems else 409 if refused else 200
    return render(request, "dossiers/desk/supplement_enter.html", shown, status=status)


def _of_page(own: Supplementing, page: Page, problems: Any) -> Any:
    """What is wrong on the page, said at its questions once something was sent."""
    return own.cleaned(page, own.draft.raw[page.sid]).problems if problems and page.sid in own.draft.raw else ()

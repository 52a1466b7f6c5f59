"""Answering a supplement request page by page: questions, papers, check, send, sent. No JavaScript needed."""

from __future__ import annotations

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.online import supplementing
from motcua.dossiers.online.supplementing import Supplementing
from motcua.dossiers.online.way import CHECK, PAPERS
from motcua.dossiers.services import drafts
from motcua.dossiers.views import claimed, uploading, walking
from motcua.dossiers.words import wording
from motcua.kernel import workflow
from motcua.kernel.access import public
from motcua.procedures import eforms
from motcua.procedures.definition import Page


def asked(view: claimed.View) -> claimed.View:
    """Gives the view what is asked for; where nothing is, or no longer, the page that says what became of it."""

    @claimed.claimed
    @functools.wraps(view)
    def with_request(request: HttpRequest, dossier: Dossier, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, _own(dossier), **kwargs)
        except (supplementing.NothingAsked, drafts.DraftSent):
            return _sent_or_status(dossier)

    return with_request


def _own(dossier: Dossier) -> Supplementing:
    return supplementing.find(dossier, timezone.now(), timezone.localdate())


def _sent_or_status(dossier: Dossier) -> HttpResponse:
    answered = any(each.answered_at for each in queries.supplement_requests_of(dossier))
    return walking.see(reverse("citizen-supplement-sent" if answered else "citizen-opened", args=[dossier.number]))


@public
@asked
@require_safe
def start(request: HttpRequest, own: Supplementing) -> HttpResponseBase:
    return walking.see(own.first_undone)


@public
@asked
def page(request: HttpRequest, own: Supplementing, sid: str) -> HttpResponseBase:
    found = own.page(sid)
    if found is None:
        return walking.see(own.first_undone)
    if request.method != "POST":
        return _question(request, own, found)
    raw, refused = uploading.typed(request, own, found)
    if refused or eforms.wants_redraw(request.POST):
        return _question(request, own, found, raw, refused)
    return _answered(request, own, found, raw)


def _answered(request: HttpRequest, own: Supplementing, found: Page, raw: dict[str, Any]) -> HttpResponseBase:
    if walking.is_beside(request, own, found, raw):
        return _question(request, own, found, raw)
    cleaned = own.cleaned(found, raw)
    saved = drafts.save_page(draft=own.draft, page=found, cleaned=cleaned, raw=raw, at=timezone.now())
    if cleaned.problems:
        own.draft.seq = saved.seq
        return _question(request, own, found, raw, cleaned.problems)
    return walking.see(_own(own.dossier).after(found.sid))


def _question(
    request: HttpRequest, own: Supplementing, found: Page, raw: dict[str, Any] | None = None, problems: Any = ()
) -> HttpResponse:
    frame = _frame(own, found.sid) | {"wanted": own.wanted(found)}
    return walking.question(request, own, found, "dossiers/citizen/supplement_page.html", frame, raw, problems)


def _frame(own: Supplementing, sid: str) -> dict[str, Any]:
    """What stands around every page of the way."""
    number = own.dossier.number
    return {
        "back": own.before(sid) or reverse("citizen-opened", args=[number]),
        "place": own.place(sid),
        "total": len(own.stops),
        "autosave": reverse("citizen-supplement-autosave", args=[number, sid]),
    }


@public
@asked
@require_POST
def autosave(request: HttpRequest, own: Supplementing, sid: str) -> HttpResponseBase:
    return walking.autosave(request, own, sid)


@public
@asked
def papers(request: HttpRequest, own: Supplementing) -> HttpResponseBase:
    if not own.components:
        return walking.see(own.first_undone)
    refused = uploading.papers(request, own) if request.method == "POST" else []
    if request.method != "POST" or refused:
        return walking.papers(request, _own(own.dossier), _frame(own, PAPERS), refused)
    if "go_on" not in request.POST:
        return walking.see(own.address(PAPERS))
    own = _own(own.dossier)
    missing = own.missing_papers()
    return walking.papers(request, own, _frame(own, PAPERS), missing) if missing else walking.see(own.address(CHECK))


@public
@asked
def check(request: HttpRequest, own: Supplementing) -> HttpResponseBase:
    problems = own.problems() if request.method == "POST" else []
    if request.method == "POST" and not problems:
        problems = _filed(own)
        if not problems:
            return walking.see(reverse("citizen-supplement-sent", args=[own.dossier.number]))
    shown = {"own": own, "problems": problems, "sections": own.sections(), "papers": own.papers()}
    shown |= _frame(own, CHECK)
    return render(request, "dossiers/citizen/supplement_check.html", shown, status=422 if problems else 200)


def _filed(own: Supplementing) -> Any:
    try:
        return own.send(timezone.now())
    except workflow.Refused:
        return []  # it was sent, or is no longer needed: the page behind says which


@public
@claimed.claimed
@require_safe
def sent(request: HttpRequest, dossier: Dossier) -> HttpResponseBase:
    answered = [each for each in queries.supplement_requests_of(dossier) if each.answered_at]
    if not answered:
        return walking.see(reverse("citizen-opened", args=[dossier.number]))
    shown = {
        "dossier": dossier,
        "answered": answered[-1],
        "status": wording.status_of(dossier, timezone.now()),
        "centre": dossier.receiving_office or dossier.competent_office,
    }
    return render(request, "dossiers/citizen/supplement_sent.html", shown)

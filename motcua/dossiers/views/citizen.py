"""The citizen's way page by page: start, questions, papers, check, send, sent. No account, no JavaScript needed."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers import applicant, slips
from motcua.dossiers.online import application, device, sending
from motcua.dossiers.online.application import Application
from motcua.dossiers.online.way import CHECK, PAPERS, SENT
from motcua.dossiers.services import drafts
from motcua.dossiers.views import printing, receipts, uploading, walking
from motcua.kernel.access import public
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Page
from motcua.ui import cookies, here
from motcua.ui.context import commune_at

COOKIE = "draft"
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


Opened = Callable[Concatenate[HttpRequest, Application, P], HttpResponseBase]


def opened(view: Opened[P]) -> Callable[..., HttpResponseBase]:
    """Gives the view the application that this browser's cookie opens; else says that there is none."""

    @never_cache
    @functools.wraps(view)
    def with_application(request: HttpRequest, commune: str, code: str, **kwargs: Any) -> HttpResponseBase:
        commune_at(request, commune)
        here.put(request, procedure=code, field=kwargs.get("sid", ""))
        try:
            found = _application(request, code)
        except application.Absent:
            return render(request, "dossiers/citizen/absent.html", {"code": code}, status=404)
        return view(request, found, **kwargs)  # type: ignore[call-arg]

    return with_application


def _application(request: HttpRequest, code: str) -> Application:
    keys, now = cookies.read(request, COOKIE), timezone.now()
    return application.find(keys, request.office, code, now, timezone.localdate())  # type: ignore[attr-defined]


@public
@never_cache
@csrf_exempt  # the public page sets no cookie, so it has no token; all this does is begin an empty draft
def start(request: HttpRequest, commune: str, code: str) -> HttpResponseBase:
    office, now = commune_at(request, commune), timezone.now()
    begun = application.unfinished(cookies.read(request, COOKIE), office, code, now, timezone.localdate())
    if request.method != "POST":
        return _unfinished(request, begun) if begun else _to_the_public_page(commune, code)
    if begun and "anew" not in request.POST:
        return walking.see(request.path)
    try:
        edition = procedures.edition_for(office, code, timezone.localdate())
    except procedures.NotInForce:
        edition = None
    if edition is None or not edition.filed_here:
        return render(request, "dossiers/citizen/not_here.html", {"code": code}, status=404)
    return _begun(request, drafts.start_draft(commune=office, edition=edition, at=now), commune, code)


def _to_the_public_page(commune: str, code: str) -> HttpResponse:
    return redirect(reverse("citizen-start", args=[commune, code]).replace("/apply/", "/procedures/"))


def _unfinished(request: HttpRequest, begun: Application) -> HttpResponse:
    return render(request, "dossiers/citizen/unfinished.html", {"own": begun})


def _begun(request: HttpRequest, started: drafts.Started, commune: str, code: str) -> HttpResponse:
    response = redirect("citizen-page", commune, code, applicant.SID)
    response.status_code = 303
    return with_key(request, started.key, response)


def with_key(request: HttpRequest, key: str, response: R) -> R:
    """The answer, after which this browser opens the draft of this key."""
    return with_keys(request, application.keys_with(cookies.read(request, COOKIE), key), response)


def with_keys(request: HttpRequest, keys: str, response: R) -> R:
    """The answer, after which this browser opens just these drafts."""
    cookies.give(request, response, COOKIE, keys, drafts.LASTS)
    return response


@public
@opened
def page(request: HttpRequest, own: Application, sid: str) -> HttpResponseBase:
    asked = own.page(sid)
    if own.draft.dossier_id is not None:
        return walking.see(own.address(SENT))
    if asked is None:
        return walking.see(own.first_undone)
    if request.method != "POST":
        return _question(request, own, asked)
    raw, refused = uploading.typed(request, own, asked)
    if refused or eforms.wants_redraw(request.POST):
        return _question(request, own, asked, raw, refused)
    return _answered(request, own, asked, raw)


def _answered(request: HttpRequest, own: Application, asked: Page, raw: dict[str, Any]) -> HttpResponseBase:
    if walking.is_beside(request, own, asked, raw):
        return _question(request, own, asked, raw)
    cleaned = own.cleaned(asked, raw)
    starting = own.starting(cleaned.values) if asked.sid == applicant.SID else None
    saved = drafts.save_page(
        draft=own.draft, page=asked, cleaned=cleaned, raw=raw, at=timezone.now(), starting=starting
    )
    if cleaned.problems:
        own.draft.seq = saved.seq
        return _question(request, own, asked, raw, cleaned.problems)
    return walking.see(Application(saved, own.today, own.lang).after(asked.sid))


def _question(request: HttpRequest, own: Application, asked: Page, raw: Any = None, problems: Any = ()) -> HttpResponse:
    frame = _frame(own, asked.sid) | {"intro": asked.intro.get(own.lang) if asked.intro else ""}
    return walking.question(request, own, asked, "dossiers/citizen/page.html", frame, raw, problems)


def _frame(own: Application, sid: str) -> dict[str, Any]:
    """What stands around every page of the way."""
    return {
        "back": own.before(sid),
        "place": own.place(sid),
        "total": len(own.stops),
        "autosave": reverse("citizen-autosave", args=[own.commune.slug, own.edition.code, sid]),
        "device": device.facts(own, sid),
    }


@public
@opened
@require_POST
def autosave(request: HttpRequest, own: Application, sid: str) -> HttpResponseBase:
    return walking.autosave(request, own, sid)


@public
@opened
def papers(request: HttpRequest, own: Application) -> HttpResponseBase:
    if own.draft.dossier_id is not None:
        return walking.see(own.address(SENT))
    if request.method != "POST":
        return walking.papers(request, own, _frame(own, PAPERS))
    refused = uploading.papers(request, own)
    if refused:
        return walking.papers(request, _again(request, own), _frame(own, PAPERS), refused)
    own = _again(request, own)
    if "go_on" not in request.POST:
        return walking.see(own.address(PAPERS))
    missing = own.missing_papers()
    return walking.papers(request, own, _frame(own, PAPERS), missing) if missing else walking.see(own.address(CHECK))


def _again(request: HttpRequest, own: Application) -> Application:
    return _application(request, own.edition.code)


@public
@opened
def check(request: HttpRequest, own: Application) -> HttpResponseBase:
    if own.draft.dossier_id is not None:
        return walking.see(own.address(SENT))
    problems = own.problems() if request.method == "POST" else []
    if request.method == "POST" and not problems:
        problems = sending.send(own, timezone.now())
        if not problems:
            return walking.see(own.address(SENT))
    papers = own.papers()
    sent = [paper for paper in papers if paper["files"] or paper["required"]]
    shown = {"own": own, "problems": problems, "sections": own.sections(), "papers": sent}
    shown |= {"left_out": len(papers) - len(sent)} | _frame(own, CHECK)
    return render(request, "dossiers/citizen/check.html", shown, status=422 if problems else 200)


@public
@opened
@require_POST
def newest(request: HttpRequest, own: Application) -> HttpResponseBase:
    if own.newer is not None and own.draft.dossier_id is None:
        drafts.move_draft(draft=own.draft, edition=own.newer, at=timezone.now())
        own = _again(request, own)
    return walking.see(own.first_undone)


@public
@opened
@require_safe
def sent(request: HttpRequest, own: Application) -> HttpResponseBase:
    if own.draft.dossier is None:
        return walking.see(own.first_undone)
    shown = {"own": own, **sending.receipt(own.draft, own.lang)}
    return render(request, "dossiers/citizen/sent.html", shown)


@public
@opened
@require_safe
def slip(request: HttpRequest, own: Application) -> HttpResponseBase:
    if own.draft.dossier is None:
        return walking.see(own.first_undone)
    code = sending.receipt(own.draft, own.lang)["claim_code"]
    pdf = slips.applicants_slip(own.draft.dossier, code, origin=request.build_absolute_uri("/").rstrip("/"))
    return printing.pdf(pdf, own.draft.dossier.number)


@public
@opened
@require_safe
def receipt(request: HttpRequest, own: Application) -> HttpResponseBase:
    return walking.see(own.first_undone) if own.draft.dossier is None else receipts.kept(own.draft.dossier)

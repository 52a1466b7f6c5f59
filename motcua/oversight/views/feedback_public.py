"""Anybody sends feedback to a commune without an account, follows it by number and claim code, and reads what others
were answered.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.kernel import networks, opening
from motcua.kernel.access import public
from motcua.kernel.matters import Matter
from motcua.kernel.workflow import Refused
from motcua.oversight import limits, services
from motcua.oversight.at_desk import feedback_pages
from motcua.oversight.forms.attached import kept_all
from motcua.oversight.forms.feedback import JudgeForm, OpenForm, ReplyForm, SendForm
from motcua.oversight.models import Feedback, FeedbackFile
from motcua.oversight.policies import feedback as policies
from motcua.oversight.services import Sent, WordsNeeded, claim_code_of
from motcua.oversight.views.guidance import after
from motcua.ui import cookies, sending
from motcua.ui.context import commune_at

COOKIE, SALT = "feedback", "motcua.oversight.feedback"
View = Callable[..., HttpResponse]


# --- sending ---------------------------------------------------------------------------------------------------------
@public
@never_cache
@csrf_exempt  # the page sets no cookie, so it has no token; whoever sends it acts in nobody's name
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, commune: str) -> HttpResponse:
    office = commune_at(request, commune)
    if request.method != "POST":
        return _form(request, SendForm(initial={"dossier": request.GET.get("dossier", "")[:60]}))
    form, now = SendForm(request.POST, request.FILES), timezone.now()
    if not form.is_valid():
        return _form(request, form, 422)
    try:
        limits.count(request, now)
        about = _dossier(request, form)
    except networks.TooMany as many:
        return _form(request, form, 429, minutes=many.wait // 60)
    return _form(request, form, 422) if form.errors else _send(request, office, form, about)


def _dossier(request: HttpRequest, form: SendForm) -> Matter | None:
    """The dossier that was named; a wrong pair is said at its field, whichever of the two is wrong."""
    number, code = form.cleaned_data["dossier"], form.cleaned_data["claim_code"]
    try:
        return limits.dossier(request, number, code, timezone.now())
    except limits.NotOpened:
        words = _("Number and claim code do not open a dossier. Look at them again, or leave both empty.")
        form.add_error("dossier", words)
    except networks.TooMany:
        form.add_error("dossier", _("Wrong claim codes were typed too often. Leave both empty, and send it so."))
    return None


def _send(request: HttpRequest, office: Any, form: SendForm, about: Matter | None) -> HttpResponse:
    sent = services.send_feedback(
        said=form.said(request.POST.get("procedure", "")[:20], about),
        commune=office,
        op_id=request.POST.get("op_id", "")[:60] or _op_id(),
        at=timezone.now(),
        files=kept_all(form.cleaned_data["attached"]),
    )
    response = redirect("feedback-sent", office.slug, sent.feedback.number)
    response.status_code = 303
    return _remembered(request, sent.feedback, response)


def _form(request: HttpRequest, form: SendForm, status: int = 200, **more: Any) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    context = {"form": form, "op_id": given.get("op_id", "")[:60] or _op_id(), "procedure": given.get("procedure", "")}
    return render(request, "oversight/feedback/new.html", context | more, status=status)


def _op_id() -> str:
    return f"feedback-{uuid.uuid4()}"


# --- following -------------------------------------------------------------------------------------------------------
@public
@never_cache
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, commune: str) -> HttpResponse:
    commune_at(request, commune)
    if request.method != "POST":
        return _ask(request, OpenForm(initial={"number": request.GET.get("number", "")[:60]}))
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, 422)
    return _opened(request, commune, form)


def _opened(request: HttpRequest, commune: str, form: OpenForm) -> HttpResponse:
    number, code = form.cleaned_data["number"], form.cleaned_data["claim_code"]
    try:
        feedback = limits.opened(request, number, code, timezone.now())
    except Feedback.DoesNotExist:
        form.add_error("number", _("Look at the number and the claim code again: together they open nothing."))
        return _ask(request, form, 422)
    except networks.TooMany as many:
        words = _("Wrong claim codes were typed too often. Wait %(minutes)s minutes, or ask the service centre.")
        form.add_error("number", words % {"minutes": many.wait // 60})
        return _ask(request, form, 429)
    return _remembered(request, feedback, redirect("feedback-opened", commune, feedback.number))


def _ask(request: HttpRequest, form: OpenForm, status: int = 200) -> HttpResponse:
    return render(request, "oversight/feedback/status_form.html", {"form": form}, status=status)


def _remembered(request: HttpRequest, feedback: Feedback, response: HttpResponse) -> HttpResponse:
    proof, cookie = policies.proof_of_claim(feedback), cookies.read(request, COOKIE)
    value = opening.with_proof(cookie, SALT, feedback.number, proof, timezone.now())
    cookies.give(request, response, COOKIE, value)
    return response


def _open_here(request: HttpRequest, number: str) -> Feedback | None:
    proof = opening.proof_in(cookies.read(request, COOKIE), SALT, number, timezone.now())
    try:
        return policies.get_feedback_by_proof(number, proof)
    except Feedback.DoesNotExist:
        return None


def claimed(view: View) -> Callable[..., HttpResponseBase]:
    """Gives the view the feedback that this browser has open, and keeps it open; else asks for the code."""

    @never_cache
    @functools.wraps(view)
    def with_feedback(request: HttpRequest, commune: str, number: str, **kwargs: Any) -> HttpResponseBase:
        office = commune_at(request, commune)
        feedback = _open_here(request, number)
        if feedback is None:
            return _ask(request, OpenForm(initial={"number": number}), 403)
        if feedback.commune_id != office.pk:
            raise Http404
        return _remembered(request, feedback, view(request, feedback, **kwargs))

    return with_feedback


@public
@claimed
@require_safe
def sent(request: HttpRequest, feedback: Feedback) -> HttpResponse:
    shown = Sent(feedback, claim_code_of(feedback))
    return render(request, "oversight/feedback/sent.html", {"sent": shown})


@public
@claimed
@require_safe
def one(request: HttpRequest, feedback: Feedback) -> HttpResponse:
    return _page(request, feedback)


def _page(request: HttpRequest, feedback: Feedback, form: ReplyForm | None = None, status: int = 200) -> HttpResponse:
    context = feedback_pages.person_page(feedback, timezone.now()) | {"form": form or ReplyForm()}
    return render(request, "oversight/feedback/status.html", context, status=status)


@public
@claimed
@require_POST
def reply(request: HttpRequest, feedback: Feedback) -> HttpResponse:
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, feedback, form, 422)
    op_id = request.POST.get("op_id", "")[:60] or _op_id()
    given = {"text": form.cleaned_data["text"], "files": kept_all(form.cleaned_data["attached"])}
    try:
        services.clarify_feedback(feedback=feedback, op_id=op_id, at=timezone.now(), **given)
    except (Refused, WordsNeeded):  # the page says how far it has come
        return _page(request, feedback, form, 409)
    return redirect("feedback-opened", feedback.commune.slug, feedback.number)


@public
@claimed
@require_POST
def judge(request: HttpRequest, feedback: Feedback) -> HttpResponse:
    form = JudgeForm(request.POST)
    if form.is_valid() and feedback.answered_at is not None:
        helped, text = form.cleaned_data["helped"] == "yes", form.cleaned_data["text"]
        services.judge_answer(feedback=feedback, helped=helped, text=text, at=timezone.now())
    return redirect("feedback-opened", feedback.commune.slug, feedback.number)


@public
@claimed
@require_safe
def file(request: HttpRequest, feedback: Feedback, pk: int) -> HttpResponse:
    found = get_object_or_404(FeedbackFile.objects.select_related("file"), feedback=feedback, pk=pk)
    return sending.bytes_of(found.file, found.name)


# --- what everybody may read -----------------------------------------------------------------------------------------
@public
@require_safe
def answers(request: HttpRequest, commune: str) -> HttpResponse:
    office = commune_at(request, commune)
    return render(request, "oversight/feedback/answers.html", feedback_pages.public_list(office, after(request)))

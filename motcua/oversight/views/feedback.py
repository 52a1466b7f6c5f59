"""The pages of feedback at the desk: the list, one with its acts and files, what is written down for somebody."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.kernel import freshness, identity
from motcua.kernel.access import person_of, requires, signed_in
from motcua.kernel.organisation import Office
from motcua.oversight import queries, services
from motcua.oversight.acting import feedback_acts as acts
from motcua.oversight.at_desk import feedback_pages
from motcua.oversight.forms.attached import kept_all
from motcua.oversight.forms.feedback import TakenForm
from motcua.oversight.models import Feedback, FeedbackFile
from motcua.oversight.policies import feedback as policies
from motcua.oversight.queries import AskedFeedback
from motcua.oversight.queries import feedback_figures as figures
from motcua.oversight.rules import feedback as rules
from motcua.oversight.services import Sent, claim_code_of
from motcua.oversight.views.guidance import after
from motcua.ui import given, sending

# The code is shown once, to be handed over: afterwards the desk no longer shows it.
SALT, SHOWN_FOR = "oversight.feedback.taken", 15 * 60
TAKING = (identity.INTAKE, identity.ANSWER, identity.LEAD)


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    person, day, state = person_of(request), timezone.localdate(), request.GET.get("state", "")
    asked = AskedFeedback(state if state in rules.STATES else "", request.GET.get("q", "")[:200])
    found = queries.feedback_listed(person, day, asked, after(request))
    may_take = feedback_pages.taking_office(person, day) is not None
    return render(request, "oversight/feedback/list.html", feedback_pages.list_page(found, asked, may_take=may_take))


def _get(request: HttpRequest, number: str) -> Feedback:
    try:
        return policies.get_feedback(person_of(request), number, timezone.localdate())
    except Feedback.DoesNotExist:
        raise Http404 from None


@signed_in
@require_GET
def one(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, _get(request, number), request.GET.get("act", ""))


def _page(
    request: HttpRequest, shown: Feedback, act: str = "", form: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    person, now, day = person_of(request), timezone.now(), timezone.localdate()
    with freshness.held():
        context = feedback_pages.desk_page(person, shown, now, day)
    if act in {name for name, _act in context["acts"]} or form is not None:
        context |= {"act_name": act, "act": acts.ACTS[act], "form": form or acts.form_for(shown, act, day)}
    return render(request, "oversight/feedback/one.html", context | more, status=status)


@signed_in
@require_POST
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    shown, person = _get(request, number), person_of(request)
    if name not in acts.ACTS:
        raise Http404
    form = acts.form_for(shown, name, timezone.localdate(), request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, shown, name, form, 422)
    try:
        acts.ACTS[name].do(shown, person, timezone.now(), form)
    except acts.REFUSALS as refused:
        return _page(request, shown, name, form, 409, refused=acts.why_not(refused))
    messages.success(request, str(acts.ACTS[name].done))
    # An act may leave it with others alone: then the list is what there is to see.
    visible = policies.visible_feedback(person, timezone.localdate()).filter(matter__reference=number)
    return redirect("feedback", number) if visible.exists() else redirect("feedback-list")


@signed_in
@require_GET
def file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = get_object_or_404(FeedbackFile.objects.select_related("file"), feedback=_get(request, number), pk=pk)
    return sending.bytes_of(found.file, found.name)


@requires(*TAKING)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    office = feedback_pages.taking_office(person_of(request), timezone.localdate())
    if office is None:
        raise Http404
    form = TakenForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        return _taken(request, office, form)
    context = {"form": form, "op_id": request.POST.get("op_id", "")[:60] or f"feedback-{uuid.uuid4()}"}
    return render(request, "oversight/feedback/take.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, office: Any, form: TakenForm) -> HttpResponse:
    sent = services.send_feedback(
        said=form.said(),
        commune=office,
        op_id=request.POST.get("op_id", "")[:60] or f"feedback-{uuid.uuid4()}",
        at=timezone.now(),
        by=person_of(request),
        channel=form.cleaned_data["channel"],
        files=kept_all(form.cleaned_data["attached"]),
    )
    return redirect("feedback-taken", signing.dumps(sent.feedback.number, salt=SALT))


@requires(*TAKING)
@never_cache
@require_GET
def taken(request: HttpRequest, token: str) -> HttpResponse:
    try:
        number = signing.loads(token, salt=SALT, max_age=SHOWN_FOR)
    except signing.BadSignature:
        raise Http404 from None
    feedback = get_object_or_404(
        Feedback.objects.select_related("matter", "commune"), matter__reference=number, taken_by=person_of(request)
    )
    return render(request, "oversight/feedback/taken.html", {"sent": Sent(feedback, claim_code_of(feedback))})


@requires(identity.LEAD)
@require_GET
def counted(request: HttpRequest) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    try:
        office = policies.get_led_office(person, request.GET.get("office", ""), day)
    except Office.DoesNotExist:
        raise Http404 from None
    first, last = (given.day(request.GET.get(name, "")) for name in ("from", "to"))
    if first is None or last is None:
        raise Http404
    found = figures.feedback_between(office, first, last, timezone.now())
    what = request.GET.get("what", figures.ALL)
    shown = figures.chosen(found, what if what in figures.TESTS else figures.ALL)
    context = feedback_pages.counted_page(person, day, shown) | {"office": office, "first": first, "last": last}
    return render(request, "oversight/feedback/counted.html", context)

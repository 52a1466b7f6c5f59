"""The pages of difficulties: the list, one with its acts, its files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from motcua.kernel import freshness
from motcua.kernel.access import person_of, signed_in
from motcua.oversight import policies, queries
from motcua.oversight.acting import acts
from motcua.oversight.at_desk import desk
from motcua.oversight.models import Attachment, Difficulty
from motcua.oversight.queries import Asked
from motcua.oversight.rules import difficulties as rules
from motcua.ui import sending


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    person, day = person_of(request), timezone.localdate()
    found = queries.difficulties_listed(person, day, asked, _cursor(request))
    hidden = queries.unreadable(person, day, asked)
    return render(request, "oversight/difficulties/list.html", desk.list_page(found, asked, hidden, timezone.now()))


def _asked(request: HttpRequest) -> Asked:
    state = request.GET.get("state", "")
    said = {name: request.GET.get(name, "")[:80] for name in ("procedure", "commune")}
    known = state if state in (*rules.STATES, queries.OPEN) else ""
    return Asked(known, text=request.GET.get("q", "")[:200], sector=request.GET.get("sector"), **said)


def _cursor(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _get(request: HttpRequest, number: str) -> Difficulty:
    try:
        return policies.get_difficulty(person_of(request), number, timezone.localdate())
    except Difficulty.DoesNotExist:
        raise Http404 from None


@signed_in
@require_GET
def one(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, _get(request, number), request.GET.get("act", ""))


def _page(
    request: HttpRequest, shown: Difficulty, act: str = "", form: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    person, now, day = person_of(request), timezone.now(), timezone.localdate()
    with freshness.held():
        context = desk.one_page(person, shown, now, day)
    if act in acts.ACTS:
        form = form or acts.form_for(person, shown, act, day)
        context |= {"act_name": act, "act": acts.ACTS[act], "form": form}
    return render(request, "oversight/difficulties/one.html", context | more, status=status)


@signed_in
@require_POST
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    shown, person = _get(request, number), person_of(request)
    if name not in acts.ACTS:
        raise Http404
    form = acts.form_for(person, shown, name, timezone.localdate(), request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, shown, name, form, 422)
    try:
        acts.ACTS[name].do(shown, person, timezone.now(), form)
    except acts.REFUSALS as refused:
        return _page(request, _get(request, number), name, form, 409, refused=acts.why_not(refused, shown))
    messages.success(request, str(acts.ACTS[name].done))
    return redirect("difficulty", number)


@signed_in
@require_GET
def file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = get_object_or_404(Attachment.objects.select_related("file"), difficulty=_get(request, number), pk=pk)
    return sending.bytes_of(found.file, found.name)

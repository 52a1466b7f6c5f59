"""Raising a difficulty from the desk: first what others met at the same place, then one sentence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.kernel import identity
from motcua.kernel.access import person_of, signed_in
from motcua.oversight import queries, services
from motcua.oversight.at_desk import desk
from motcua.oversight.forms.attached import kept
from motcua.oversight.forms.difficulties import RaiseForm
from motcua.oversight.queries import Alike
from motcua.ui import here
from motcua.ui.here import Here


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    place = here.read(request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return _page(request, place, RaiseForm(initial={"topic": desk.likely_topic(place)}), _alike(request, place))
    form = RaiseForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, place, form, _alike(request, place), status=422)
    alike = _alike(request, place, form.cleaned_data["text"])
    if any(each.difficulty.number not in request.POST.get("seen", "").split() for each in alike):
        return _page(request, place, form, alike, found_by_words=True)
    return _raised(request, place, form)


def _alike(request: HttpRequest, place: Here, text: str = "") -> list[Alike]:
    return queries.similar(person_of(request), timezone.localdate(), place, text)


def _page(
    request: HttpRequest, place: Here, form: RaiseForm, alike: list[Alike], *, status: int = 200, **more: Any
) -> HttpResponse:
    context = desk.new_page(place, form, alike, request.POST.get("op_id", ""))
    context["entries"] = desk.guidance_at(person_of(request), place, timezone.localdate())
    return render(request, "oversight/difficulties/new.html", context | more, status=status)


def _raised(request: HttpRequest, place: Here, form: RaiseForm) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    difficulty = services.raise_difficulty(
        text=form.cleaned_data["text"],
        topic=form.cleaned_data["topic"],
        here=place,
        office=identity.posts_of(person, day)[0].office,
        by=person,
        at=timezone.now(),
        shared=not form.cleaned_data["discreet"],
        files=kept(form.cleaned_data["file"]),
        op_id=request.POST.get("op_id") or None,
    )
    messages.success(request, _("The difficulty is sent. Its number is %(number)s.") % {"number": difficulty.number})
    return redirect("difficulty", difficulty.number)

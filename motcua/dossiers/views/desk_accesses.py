"""Saying what for a dossier of a commune is opened from the province, and who has opened one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers import forms, policies, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.views import opened
from motcua.dossiers.words.labels import LOOKS, PURPOSES
from motcua.kernel import identity
from motcua.kernel.access import person_of, requires
from motcua.ui import given

PAGE = 50


@requires(identity.LEAD)
@require_http_methods(["GET", "POST"])
def purpose(request: HttpRequest, number: str) -> HttpResponse:
    dossier = opened.overseen(request, number)
    form = forms.PurposeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        opened.say_purpose(request, number, **form.cleaned_data)
        return redirect("desk-dossier", number)
    status = 422 if form.is_bound else 200
    return render(request, "dossiers/desk/purpose.html", {"dossier": dossier, "form": form}, status=status)


@requires(identity.LEAD, identity.SETTINGS)
@require_GET
def accesses(request: HttpRequest, number: str) -> HttpResponse:
    dossier, before = _known(request, number), request.GET.get("before", "")
    found = list(queries.accesses_of(dossier, given.number(before))[: PAGE + 1])
    shown = [(each, LOOKS[each.what], PURPOSES[each.purpose]) for each in found[:PAGE]]
    following = f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    context = {"dossier": dossier, "shown": shown, "next": following, "first": "?" if before else ""}
    return render(request, "dossiers/desk/accesses.html", context)


def _known(request: HttpRequest, number: str) -> Dossier:
    """Who may open it, or administers where it is; looking at the record of openings opens nothing."""
    try:
        return policies.get_watched(person_of(request), number, timezone.localdate())
    except Dossier.DoesNotExist:
        return opened.overseen(request, number)

"""Pages that only whoever has shown the claim code may open, and what happens when that was too long ago.

What was typed on a page that is no longer open is not lost: the code is asked for beside it, and it is sent on.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.dossiers import limits
from motcua.dossiers.models import Dossier
from motcua.dossiers.online import opening
from motcua.ui import cookies

R = TypeVar("R", bound=HttpResponseBase)
View = Callable[..., HttpResponseBase]
_OWN = ("csrfmiddlewaretoken", "claim_code")


def claimed(view: View) -> View:
    """Gives the view the dossier that this browser has open, and keeps it open; else asks for the claim code."""

    @never_cache
    @functools.wraps(view)
    def with_dossier(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponseBase:
        try:
            dossier = _opened(request, number)
        except (Dossier.DoesNotExist, limits.TooMany):
            return _asked_again(request, number)
        request.office = dossier.competent_office  # type: ignore[attr-defined]
        return remembered(request, dossier, view(request, dossier, **kwargs))

    return with_dossier


def _opened(request: HttpRequest, number: str) -> Dossier:
    now = timezone.now()
    try:
        return opening.opened(cookies.read(request, opening.COOKIE), number, now)
    except Dossier.DoesNotExist:
        if "claim_code" not in request.POST:
            raise
        return limits.opened_by_claim(request, number, request.POST["claim_code"], now)


def _asked_again(request: HttpRequest, number: str) -> HttpResponse:
    """A page that was only looked at is opened by the status page; one that was sent keeps what stands on it."""
    if request.method != "POST":
        return HttpResponse(status=303, headers={"Location": f"{reverse('citizen-status')}?number={number}"})
    kept = [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values]
    wrong = _("Look at the claim code again.") if "claim_code" in request.POST else ""
    shown = {"number": number, "kept": kept, "wrong": wrong, "files": bool(request.FILES)}
    shown["problems"] = [("claim_code", wrong)] if wrong else []
    return render(request, "dossiers/citizen/asked_again.html", shown, status=403)


def remembered(request: HttpRequest, dossier: Dossier, response: R) -> R:
    """The answer, with which this browser has the dossier open from now on."""
    value = opening.with_dossier(cookies.read(request, opening.COOKIE), dossier, timezone.now())
    return _with_cookie(request, response, value)


def forgotten(request: HttpRequest, number: str, response: R) -> R:
    """The answer, with which this browser no longer has the dossier open."""
    value = opening.without(cookies.read(request, opening.COOKIE), number, timezone.now())
    return _with_cookie(request, response, value)


def _with_cookie(request: HttpRequest, response: R, value: str) -> R:
    cookies.give(request, response, opening.COOKIE, value)
    return response

"""One question, five faces: on the status page, and on a screen at the counter that shows nothing else."""

from __future__ import annotations

import contextlib

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from motcua.dossiers.models import Dossier
from motcua.dossiers.online import faces as shown
from motcua.dossiers.rules import satisfaction as rules
from motcua.dossiers.services import satisfaction as services
from motcua.dossiers.views import claimed
from motcua.kernel.access import public
from motcua.ui import given

# How long the screen waits for a tap, and how long it says thank you, in seconds; then the desk is there again.
WAITS, THANKS = 180, 8


@public
@claimed.claimed
@require_POST
def rate(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    # What is no longer asked is not on the page either, which says how it stands.
    with contextlib.suppress(ValueError):
        services.rate_dossier(
            dossier=dossier,
            score=_score(request),
            sentence=request.POST.get("sentence", "")[: rules.LONGEST],
            at=timezone.now(),
        )
    return redirect(f"{reverse('citizen-opened', args=[dossier.number])}#faces")


def _score(request: HttpRequest) -> int:
    return given.number(request.POST.get("score", "")) or 0


@public
@never_cache
@csrf_exempt  # the screen has no session of its own: the signed address lets one answer, for a short time
@require_http_methods(["GET", "POST"])
def faces(request: HttpRequest, number: str, token: str) -> HttpResponse:
    dossier = _of_token(number, token)
    request.office = dossier.competent_office  # type: ignore[attr-defined]
    thanked = request.method == "POST" and _taken(request, dossier)
    context = {"faces": shown.FACES, "thanked": thanked, "back": reverse("desk-dossier", args=[number])}
    response = render(request, "dossiers/citizen/faces.html", context)
    if request.GET.get("desk"):
        response["Refresh"] = f"{THANKS if thanked else WAITS}; url={context['back']}"
    return response


def _taken(request: HttpRequest, dossier: Dossier) -> bool:
    with contextlib.suppress(ValueError):
        services.rate_dossier(dossier=dossier, score=_score(request), place="counter", at=timezone.now())
    return True


def _of_token(number: str, token: str) -> Dossier:
    try:
        return shown.dossier_of_token(number, token)
    except (signing.BadSignature, Dossier.DoesNotExist):
        raise Http404 from None

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
from motcua.dossiers.asking import Asking
from motcua.dossiers.views.desk import dossier_of, seen_by
from motcua.kernel.access import signed_in


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

"""What an applicant does from the status page: write to the office, take the dossier back, leave it after all."""

from __future__ import annotations

import contextlib
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.dossiers import rules, services
from motcua.dossiers.acts import refused
from motcua.dossiers.models import Dossier
from motcua.dossiers.views import citizen_status, claimed
from motcua.kernel import workflow
from motcua.kernel.access import public


def _key(request: HttpRequest) -> str:
    """The page's own key; a request without one stands for itself alone."""
    return request.POST.get("op_id", "")[:100] or f"page-{uuid.uuid4().hex}"


@public
@claimed.claimed
@require_POST
def message(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        services.write_message(dossier=dossier, text=text, op_id=_key(request), at=timezone.now())
    except services.NoMessageTaken as why:
        words = refused.MESSAGES[why.code]
        return citizen_status.page(request, dossier, 422, text=text, problems=[("text", words)])
    return redirect(f"{reverse('citizen-opened', args=[dossier.number])}#messages")


@public
@claimed.claimed
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    if request.method == "POST":
        with contextlib.suppress(workflow.Refused):  # the page says how far it has come
            services.ask_withdrawal(dossier=dossier, op_id=_key(request), at=timezone.now())
        return redirect("citizen-opened", dossier.number)
    if rules.WITHDRAW not in rules.MACHINE.allowed(dossier.state):
        return redirect("citizen-opened", dossier.number)
    shown = {"dossier": dossier, "op_id": f"page-{uuid.uuid4().hex}"}
    return render(request, "dossiers/citizen/withdraw.html", shown)


@public
@claimed.claimed
@require_POST
def keep(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    # It may have been confirmed a moment before, or taken back already: the page says which.
    with contextlib.suppress(services.NothingOpen):
        services.take_back_withdrawal(dossier=dossier, op_id=_key(request), at=timezone.now())
    return redirect("citizen-opened", dossier.number)

"""A message that did not arrive: an officer says how the applicant was told, or has it tried again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.dossiers import acts, services
from motcua.dossiers.at_desk import telling
from motcua.dossiers.models import Dossier
from motcua.dossiers.views.opened import dossier_of
from motcua.kernel.access import person_of, signed_in
from motcua.kernel.outbox import Delivery

AGAIN = "again"


@signed_in
@require_POST
def message(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The officer's answer for one message of this dossier."""
    way = request.POST.get("way", "")
    dossier = dossier_of(request, number)
    delivery = get_object_or_404(Delivery, pk=pk, event__matter=dossier.matter)
    if way not in telling.WAYS and way != AGAIN:
        raise Http404
    _carry_out(request, dossier, delivery, way)
    return redirect("desk-dossier", number)


def _carry_out(request: HttpRequest, dossier: Dossier, delivery: Delivery, way: str) -> None:
    about: dict[str, Any] = {"dossier": dossier, "delivery": delivery, "by": person_of(request), "at": timezone.now()}
    try:
        if way == AGAIN:
            services.send_again(**about)
        else:
            services.tell_applicant(way=way, **about)
    except acts.REFUSALS as refused:
        messages.error(request, acts.why_not(refused, dossier))
    else:
        messages.success(request, _("It will be tried again now.") if way == AGAIN else _("Thank you, it is noted."))

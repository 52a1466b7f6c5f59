"""The status page: number and claim code together open it; a wrong pair and an unknown number get the same words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.dossiers import limits, queries, wording
from motcua.dossiers.models import Dossier, Ending
from motcua.kernel import watch
from motcua.kernel.access import public


@public
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    number = (request.POST.get("number") or request.GET.get("number") or "").strip()
    code = request.POST.get("claim_code", "").strip()
    shown: dict[str, Any] = {"number": number, "claim_code": code, "problems": []}
    if request.method != "POST":
        return render(request, "dossiers/citizen/status_form.html", shown)
    shown["problems"] = _blank(number, code)
    try:
        return _opened(request, limits.opened_by_claim(request, number, code, timezone.now()))
    except Dossier.DoesNotExist:
        wrong = _("Look at the number and the claim code again: together they do not open a dossier.")
        return _not_opened(request, shown, wrong, 422)
    except limits.TooMany as many:
        words = _("Wrong claim codes were typed too often. Wait %(minutes)s minutes, or ask the service centre.")
        return _not_opened(request, shown, words % {"minutes": many.wait // limits.MINUTE}, 429)


def _not_opened(request: HttpRequest, shown: dict[str, Any], why: str, status: int) -> HttpResponse:
    shown["problems"] = shown["problems"] or [("number", why)]
    shown["wrong"] = [anchor for anchor, _message in shown["problems"]]
    return render(request, "dossiers/citizen/status_form.html", shown, status=status)


def _blank(number: str, code: str) -> list[tuple[str, str]]:
    found = [] if number else [("number", _("Enter the dossier number, for example H36.24-261124-0007."))]
    return found if code else [*found, ("claim_code", _("Enter the claim code that you were given with the number."))]


def _opened(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    request.office = dossier.competent_office  # type: ignore[attr-defined]
    definition = queries.edition_of(dossier).definition
    shown = {
        "dossier": dossier,
        "procedure": definition.short_name or definition.name,
        "status": wording.status_of(dossier, timezone.now()),
        "history": list(reversed(wording.history_items(dossier))),
        "name": wording.masked_name(dossier.applicant.full_name),
        "ending": Ending.objects.filter(dossier=dossier, undone_at=None).first(),
        "doubted": watch.is_doubted(dossier.matter),
        "centre": dossier.receiving_office or dossier.competent_office,
    }
    return render(request, "dossiers/citizen/status.html", shown)

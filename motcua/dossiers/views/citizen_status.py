"""The status page: number and claim code together open it; a wrong pair and an unknown number get the same words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers import limits, services
from motcua.dossiers.models import BlankSlip, Dossier
from motcua.dossiers.online import standing
from motcua.dossiers.views import claimed
from motcua.kernel import organisation
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
        return _opened(request, limits.opened_or_waiting(request, number, code, timezone.now()))
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


def _opened(request: HttpRequest, dossier: Dossier | BlankSlip) -> HttpResponse:
    if isinstance(dossier, BlankSlip):
        return _waiting(request, dossier)
    return claimed.remembered(request, dossier, page(request, dossier))


def _waiting(request: HttpRequest, slip: BlankSlip) -> HttpResponse:
    """The slip was given out and is not entered: said as it is, and from now on somebody's open work."""
    slip = services.note_slip_asked_about(slip=slip, at=timezone.now())
    centre = slip.block.office
    commune = organisation.commune_of(centre) or centre
    request.office = commune  # type: ignore[attr-defined]
    shown = {"slip": slip, "centre": centre, "phone": centre.phone or commune.phone, "commune": commune}
    return render(request, "dossiers/citizen/status_slip.html", shown)


@public
@claimed.claimed
@require_safe
def again(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    return page(request, dossier)


@public
@never_cache
@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    return claimed.forgotten(request, number, redirect("citizen-status"))


def page(request: HttpRequest, dossier: Dossier, status: int = 200, **more: Any) -> HttpResponse:
    """Everything that whoever has the claim code may know of the dossier, and do."""
    request.office = dossier.competent_office  # type: ignore[attr-defined]
    shown = standing.shown(dossier, timezone.now(), get_language() or "vi") | more
    return render(request, "dossiers/citizen/status.html", shown, status=status)

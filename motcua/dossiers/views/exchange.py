"""The door for other systems: one address, a key, JSON in and JSON out. docs/reference/exchange.md describes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.dossiers import limits
from motcua.dossiers.models import PartnerSystem
from motcua.dossiers.outside import incoming
from motcua.kernel.access import by_key


@csrf_exempt
@by_key
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a message, or several; nothing is taken of a body that cannot be read whole."""
    at = timezone.now()
    try:
        limits.count(request, "exchange", at)
        system = incoming.system_of(request, code)
        return _taken(request, system)
    except limits.TooMany as many:
        return _refused(429, incoming.TOO_MANY, {"Retry-After": str(many.wait)})
    except PartnerSystem.DoesNotExist:
        return _refused(401, incoming.NOT_KNOWN, {"WWW-Authenticate": "Bearer"})


def _taken(request: HttpRequest, system: PartnerSystem) -> HttpResponse:
    at, length = timezone.now(), request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > incoming.LARGEST:
        return _refused(413, incoming.TOO_LARGE)
    try:
        rows = incoming.messages(request.body)
    except incoming.NotRead:
        return _refused(400, incoming.NOT_READ)
    answers = [incoming.taken(system, each, at) for each in rows]
    one = len(answers) == 1
    return JsonResponse(answers[0] if one else {"error_code": "00", "DanhSach": answers})


def _refused(status: int, code: str, headers: dict[str, str] | None = None) -> HttpResponse:
    return JsonResponse({"error_code": code}, status=status, headers=headers)

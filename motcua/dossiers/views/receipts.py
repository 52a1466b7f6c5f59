"""The signed receipt: kept by whoever filed, and tried by anybody, here or without a network."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.dossiers.models import Dossier
from motcua.dossiers.online import verifier
from motcua.dossiers.queries import blanks, sealed, shown
from motcua.dossiers.queries.shown import Shown
from motcua.dossiers.rules.blanks import NotASlip
from motcua.dossiers.views import claimed
from motcua.kernel import seals
from motcua.kernel.access import public

LONGEST_LINE = 2_000


@public
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """What is pasted, sent as a file, or in the address that the QR code holds."""
    text, problem = _shown(request)
    page: dict[str, Any] = {"text": text[:LONGEST_LINE], "problems": [("text", problem)] if problem else []}
    if text and not problem:
        try:
            page["verdicts"] = [_judged(each) for each in shown.read(text)]
        except shown.NotAReceipt:
            page |= _slip_or_nothing(text)
    return render(request, "dossiers/citizen/receipt.html", page, status=422 if page["problems"] else 200)


def _slip_or_nothing(text: str) -> dict[str, Any]:
    """A blank slip has a code too; it is no receipt of anything that was filed."""
    try:
        return {"slip": blanks.judged(text, seals.published())}
    except NotASlip:
        return {"problems": [("text", _("There is no receipt in it. The line begins with MC1~ or MCS1~."))]}


def _shown(request: HttpRequest) -> tuple[str, str]:
    """The text that came, and what is wrong with how it came."""
    if request.method != "POST":
        return request.GET.get("r", "")[:LONGEST_LINE], ""
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > shown.LARGEST:
        return "", _("This file is larger than any receipt.")
    text = file.read().decode("utf-8", errors="replace") if file is not None else request.POST.get("text", "")
    return (text, "") if text.strip() else ("", _("Paste the receipt, or choose its file."))


def _judged(given: Shown) -> dict[str, Any]:
    verdict = shown.judged(given, seals.published())
    return {"verdict": verdict, "known": verdict.is_genuine and sealed.is_known(verdict.line.receipt)}


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """One file that tries receipts without a network: it carries its script, its look and our public keys."""
    page = render(request, "dossiers/verify/offline.html", verifier.content(timezone.now()))
    page["Content-Disposition"] = 'attachment; filename="kiem-tra-bien-nhan.html"'
    return page


@public
@require_safe
def pack(request: HttpRequest) -> HttpResponse:
    """One file that tries inspection packs without a network."""
    page = render(request, "dossiers/verify/pack.html", verifier.pack(timezone.now()))
    page["Content-Disposition"] = 'attachment; filename="kiem-tra-bo-ho-so.html"'
    return page


@public
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every public key and the root of every day, for whoever keeps them elsewhere."""
    return HttpResponse(sealed.roots_exported(), content_type="application/json")


@public
@claimed.claimed
@require_safe
def of_dossier(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    return kept(dossier)


def kept(dossier: Dossier) -> HttpResponse:
    """The receipt's file of a dossier, for whoever proved to be its owner."""
    response = JsonResponse(sealed.receipt_file(dossier), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{dossier.number}-bien-nhan.json"'
    response["Cache-Control"] = "private, no-store"
    return response

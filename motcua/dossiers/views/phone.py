"""The page behind the counter's QR code: a phone sends photos of papers, without signing in and without scripts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries
from motcua.dossiers.models import PhoneLink
from motcua.dossiers.services import phones, uploads
from motcua.dossiers.views import uploading
from motcua.kernel.access import public


@public
@require_http_methods(["GET", "POST"])
def photos(request: HttpRequest, token: str) -> HttpResponse:
    link = phones.open_link(token, timezone.now())
    if link is None:
        return _answer(request, None, [], 404)
    if request.method == "GET":
        return _answer(request, link, [])
    problems = _kept(request, link)
    return _answer(request, link, problems, 422) if problems else redirect(request.get_full_path())


def _kept(request: HttpRequest, link: PhoneLink) -> list[tuple[str, str]]:
    """Keep what was sent; what was refused, in words."""
    sent = request.FILES.getlist("photo")
    problems = [] if sent else [("photo", _("Take a photo or choose one first."))]
    for file in sent:
        try:
            phones.take_photo(link=link, content=file.read(), name=file.name or "", at=timezone.now())
        except uploads.UploadRefused as refused:
            words = _("The officer has enough photos.") if refused.code == "quota" else str(refused.message)
            problems.append(("photo", f"{file.name}: {words}"))
    return problems


def _answer(
    request: HttpRequest, link: PhoneLink | None, problems: list[tuple[str, str]], status: int = 200
) -> HttpResponse:
    if link is not None:
        request.office = link.office  # type: ignore[attr-defined]
    sent = queries.sent_by_phone(link) if link else []
    shown = {"link": link, "sent": sent, "problems": problems, "kinds": uploading.ACCEPT}
    response = render(request, "dossiers/citizen/phone.html", shown, status=status)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response

"""Going on with a draft later or in another browser by its code, and leaving nothing of it on this device."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.dossiers import limits
from motcua.dossiers.models import Draft
from motcua.dossiers.online import application
from motcua.dossiers.online.application import Application
from motcua.dossiers.services import resuming
from motcua.dossiers.services.resuming import Resumed
from motcua.dossiers.views import walking
from motcua.dossiers.views.citizen import COOKIE, opened, with_key, with_keys
from motcua.kernel.access import public
from motcua.ui import cookies


@public
@opened
def later(request: HttpRequest, own: Application) -> HttpResponseBase:
    """The code, until when it opens the draft, and the ways to take it along."""
    if own.draft.is_sent:
        return walking.see(own.first_undone)
    if request.method == "POST":
        resuming.mail_code(draft=own.draft, at=timezone.now())
        return walking.see(request.path)
    address = request.build_absolute_uri("/").rstrip("/")
    shown = {"own": own, "site": address, "mails": resuming.mails_of(own.draft), "back": own.first_undone}
    return render(request, "dossiers/citizen/later.html", shown)


@public
@never_cache
def resume(request: HttpRequest) -> HttpResponse:
    """The code opens the draft in this browser."""
    code = request.POST.get("code", "").strip()
    if request.method != "POST":
        return render(request, "dossiers/citizen/resume.html", {"code": "", "problems": []})
    try:
        return _resumed(request, limits.resumed(request, code, timezone.now()))
    except Draft.DoesNotExist:
        words = _("Look at the code again. Once the dossier was sent, or after 14 days, it opens nothing any more.")
        return _wrong(request, code, words, 422)
    except limits.TooMany as many:
        words = _("Wrong codes were typed too often. Wait %(minutes)s minutes, or ask the service centre.")
        return _wrong(request, code, words % {"minutes": many.wait // limits.MINUTE}, 429)


def _wrong(request: HttpRequest, code: str, words: str, status: int) -> HttpResponse:
    shown: dict[str, Any] = {"code": code, "problems": [("code", words)]}
    return render(request, "dossiers/citizen/resume.html", shown, status=status)


def _resumed(request: HttpRequest, resumed: Resumed) -> HttpResponse:
    own = Application(resumed.draft, timezone.localdate(), get_language() or "vi")
    return with_key(request, resumed.key, walking.see(own.first_undone))


@public
@opened
def forget(request: HttpRequest, own: Application) -> HttpResponseBase:
    """Nothing of it stays on this device; what is saved at the centre stays until its time is over."""
    if request.method != "POST":
        return render(request, "dossiers/citizen/forget.html", {"own": own, "back": own.first_undone})
    response = render(request, "dossiers/citizen/forgotten.html", {"own": own})
    return with_keys(request, application.keys_without(cookies.read(request, COOKIE), own.draft), response)

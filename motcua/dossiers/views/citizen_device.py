"""For a device whose line breaks: the form that opens without one, what was kept meanwhile, files piece by piece.

None of these reads a session or needs a form token: whoever writes names a draft by a key that nobody can guess, in a
request that no other site's page can make a browser send (a header or a method of our own).
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.dossiers import limits
from motcua.dossiers.models import Partial
from motcua.dossiers.online import bringing, device
from motcua.dossiers.online.bringing import Brought
from motcua.dossiers.services import drafts, pieces
from motcua.dossiers.services.uploads import UploadRefused
from motcua.dossiers.views.citizen import COOKIE, with_key
from motcua.kernel import organisation
from motcua.kernel.access import public
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.ui import cookies, signs
from motcua.ui.context import commune_at

# It never changes under its address: the edition is in it. The language is in the address too.
FOR_GOOD = "public, max-age=1209600"
_BYTES = "application/octet-stream"
# What is asked of a file that is not there, or in a way that nobody of ours asks.
_WRONG = (Partial.DoesNotExist, ValueError, KeyError, TypeError, OverflowError, RecursionError)


@public
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that answers when the line does not; from the root, because it serves every page below."""
    script = resources.files("motcua.ui").joinpath("static/built/worker.js")
    if not script.is_file():
        raise Http404
    response = HttpResponse(script.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_safe
def offline(request: HttpRequest, commune: str, code: str, edition: str) -> HttpResponse:
    """Every page of the form at once, without anybody's answers."""
    office = commune_at(request, commune)
    try:
        found = device.edition_of(edition, code)
    except device.NotOurs:
        raise Http404 from None
    shown = device.bundle(office, found, _context(office))
    response = render(request, "dossiers/citizen/offline.html", {"bundle": shown, "edition": edition})
    response["Cache-Control"] = FOR_GOOD
    return response


def _context(office: Office) -> eforms.Context:
    province = (office.locality.parent_id or "") if office.locality else ""
    lang = get_language() or "vi"
    return eforms.Context(today=timezone.localdate(), lang=lang, demo=organisation.is_demo(), province=province)


@public
@never_cache
@csrf_exempt  # the header below is one that no form of another site can send
@require_POST
def bring(request: HttpRequest, commune: str, code: str) -> HttpResponse:
    """What a device kept; it learns what became of it."""
    office = commune_at(request, commune)
    try:
        limits.count(request, "bring", timezone.now())
        brought = bringing.read(_sent(request))
        if request.headers.get("Idempotency-Key") != brought.op_id:
            raise bringing.NotUnderstood
        return _brought(request, office, code, brought)
    except limits.TooMany as many:
        return _refused("wait", 429, many.wait)
    except bringing.NotUnderstood:
        return _refused("not_understood", 400)
    except (bringing.Elsewhere, device.NotOurs):
        return _refused("elsewhere", 409)


def _sent(request: HttpRequest) -> bytes:
    """What a device sends; a form's body was read as one already, and is none."""
    if (request.content_type or "").startswith(("multipart/", "application/x-www-form-urlencoded")):
        raise bringing.NotUnderstood
    return request.body


def _brought(request: HttpRequest, office: Office, code: str, brought: Brought) -> HttpResponse:
    now, today, keys = timezone.now(), timezone.localdate(), cookies.read(request, COOKIE)
    own = bringing.opened(keys, office, code, brought, now, today)
    try:
        own = bringing.take(own, brought, now)
    except drafts.DraftSent:  # by another window, in this very moment
        own.draft.refresh_from_db()
    response = JsonResponse(bringing.outcome(own, brought, now))
    return with_key(request, brought.key, response) if brought.key else response


def _refused(state: str, status: int, wait: int = 0) -> HttpResponse:
    response = JsonResponse({"state": state}, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@public
@never_cache
@csrf_exempt  # names no draft and no person: it only begins or goes on with a file of whoever has its key
@require_http_methods(["GET", "PUT", "PATCH"])
def piece(request: HttpRequest, commune: str, key: str) -> HttpResponseBase:
    """PUT announces a file, GET says how far it has come, PATCH brings the bytes that follow."""
    commune_at(request, commune)
    try:
        return _arrived({"PUT": _announced, "GET": _standing, "PATCH": _added}[request.method or "GET"](request, key))
    except limits.TooMany as many:
        return _refused("wait", 429, many.wait)
    except UploadRefused as refused:
        said = {"state": refused.code, "message": str(refused.message)}
        return JsonResponse(said, status=429 if refused.code == "quota" else 422)
    except _WRONG as wrong:
        return _not_taken(wrong)


def _not_taken(wrong: Exception) -> HttpResponse:
    if isinstance(wrong, Partial.DoesNotExist):
        return _refused("unknown", 404)
    if isinstance(wrong, pieces.OutOfPlace):
        return JsonResponse({"state": "out_of_place", "offset": wrong.expected}, status=409)
    return _refused("not_understood", 400)


def _announced(request: HttpRequest, key: str) -> pieces.Arrived:
    limits.count(request, "pieces", timezone.now())
    said: dict[str, Any] = json.loads(request.body)
    return pieces.announce(
        key=key,
        name=signs.plain(str(said["name"])),
        size=int(said["size"]),
        sha256=signs.plain(str(said["sha256"]))[:64],
        network=limits.address_of(request),
        at=timezone.now(),
    )


def _standing(_request: HttpRequest, key: str) -> pieces.Arrived:
    return pieces.standing(key=key, at=timezone.now())


def _added(request: HttpRequest, key: str) -> pieces.Arrived:
    if request.content_type != _BYTES:
        raise ValueError(request.content_type)
    return pieces.add_piece(
        key=key,
        start=int(request.headers["Upload-Offset"]),
        content=request.body,
        network=limits.address_of(request),
        at=timezone.now(),
        lasts=drafts.LASTS,
    )


def _arrived(arrived: pieces.Arrived) -> HttpResponse:
    told = {"offset": arrived.offset, "size": arrived.size, "expires": arrived.expires_at.isoformat()}
    return JsonResponse(told | ({"upload": arrived.handle} if arrived.handle else {}))

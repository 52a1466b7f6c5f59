"""The page that helps a device to trust this centre's own authority; over http, for https does not work there yet."""

from __future__ import annotations

from cryptography.hazmat.primitives import serialization
from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.kernel.access import public
from motcua.portal.https import kept, profile
from motcua.portal.https import middleware as doors

# Words in what a browser says of itself; the first that fits is opened on the page.
SYSTEMS = (("iPhone", "apple"), ("iPad", "apple"), ("Android", "android"), ("Firefox", "firefox"), ("", "windows"))
TITLE = "Mot Cua"


def _there_is_one() -> None:
    if not kept.is_on():
        raise Http404


@public
@never_cache
@csp_update({"connect-src": [SELF, "https:"]})  # the page asks its own https door whether this device trusts it
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """What it is for, how it is done on each system, and whether this device trusts us."""
    _there_is_one()
    agent = request.headers.get("User-Agent", "")
    context = {
        "fingerprint": kept.fingerprint(),
        "system": next(system for word, system in SYSTEMS if word in agent),
        "works": doors.address(request, request.path + "works/") if doors.port() else "",
        "http": request.get_host(),
    }
    return render(request, "portal/certificate/page.html", context)


@public
@require_safe
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The authority's certificate as each system takes it: one for all, a profile for Apple's."""
    _there_is_one()
    root = kept.root()
    if form == "mobileconfig":
        content, kind = profile.of(root, TITLE, _("Safe connection with the service centre")), "x-apple-aspen-config"
    else:
        content, kind = root.public_bytes(serialization.Encoding.DER), "x-x509-ca-cert"
    name = f'attachment; filename="mot-cua.{form}"'
    return HttpResponse(content, content_type=f"application/{kind}", headers={"Content-Disposition": name})


@public
@never_cache
@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """Whoever reads this page over https without a warning has a device that trusts us."""
    _there_is_one()
    if not request.is_secure():
        return redirect("certificate")
    context = {"always": doors.TRUSTS in request.COOKIES, "next": request.GET.get("to", "")}
    page = render(request, "portal/certificate/works.html", context)
    # The page over http asks this one, which for a browser is another site; it holds nothing of anybody.
    page["Cross-Origin-Resource-Policy"] = "cross-origin"
    return page


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """This device is led to https from now on, or no longer."""
    _there_is_one()
    wanted = request.POST.get("to") == "https"
    there = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(there, None) and there.startswith("/")
    response = redirect(there if own else settings.LOGIN_REDIRECT_URL) if wanted else redirect("certificate")
    if wanted and request.is_secure():
        response.set_cookie(doors.TRUSTS, "1", max_age=doors.FOR, samesite="Lax", httponly=True)
    elif not wanted:
        response.delete_cookie(doors.TRUSTS, samesite="Lax")
    return response

"""The first page, and signing in with one click where everybody is made up."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import organisation
from motcua.kernel.access import public
from motcua.kernel.identity import Account
from motcua.portal import queries
from motcua.ui.middleware import kept

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@require_safe
@kept
def home(request: HttpRequest) -> HttpResponse:
    """Choose your commune; no cookie, no session."""
    text = request.GET.get("q", "").strip()[:100]
    communes = queries.communes_found(text, timezone.localdate())
    return render(request, "portal/home.html", {"text": text, "communes": communes})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request: HttpRequest) -> HttpResponse:
    """Enter a demonstration as one of its people; a real centre has no such address."""
    if not organisation.is_demo():
        raise Http404
    if request.method != "POST":
        return render(request, "portal/try_out.html", {"groups": queries.cast(timezone.localdate())})
    account = get_object_or_404(Account, username=request.POST.get("username", ""), is_active=True)
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect(_within(request.GET.get("to", "")) or "/desk/")


@public
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """What the product is for, sentence by sentence, with the page that serves it; of a demonstration only."""
    if not organisation.is_demo():
        raise Http404
    rows = queries.tour(timezone.localdate())
    sentences = [each for row in rows for each in row.sentences]
    shown = {"rows": rows, "total": len(sentences), "live": sum(each.is_live for each in sentences)}
    return render(request, "portal/tour.html", shown)


def _within(address: str) -> str:
    """The address, if it is one of ours: whole, from the root."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else ""

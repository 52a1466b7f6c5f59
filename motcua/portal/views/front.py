"""The first page, and signing in with one click where everybody is made up."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
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
    return redirect("/desk/")

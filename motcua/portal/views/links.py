"""How people get in: a link for a password told once, closing and opening the sign-in, choosing the password."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import identity
from motcua.kernel.access import public, requires
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.portal import password_links, services
from motcua.portal.forms import ChoosePasswordForm, LinkForm
from motcua.portal.views import page
from motcua.portal.views.settings import GET_OR_POST


def told_once(request: HttpRequest, office: Office, person: Person, secret: str) -> HttpResponse:
    """The link on a page that nothing keeps."""
    link = request.build_absolute_uri(reverse("choose-password", args=[secret]))
    response = page.shown(request, "portal/settings/link.html", office, person=person, link=link)
    response["Cache-Control"] = "no-store"
    return response


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def give(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A link for a new password."""
    office = page.office_of(request, code)
    person, told = page.account_holder_at(office, pk), list[str]()
    form = LinkForm(page.typed(request))
    act = partial(services.give_password_link, person=person, office=office, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: told.append(act(**form.cleaned_data))):
        return told_once(request, office, person, told[0])
    return page.shown(request, "portal/settings/link_give.html", office, form, person=person)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Nobody enters by this account from now on, or somebody does again."""
    office = page.office_of(request, code)
    person = page.account_holder_at(office, pk)
    form = Form(page.typed(request))
    serve = services.close_account if person.account.is_active else services.reopen_account
    act = partial(serve, person=person, office=office, **page.who_and_when(request))
    said = _("Sign-in is closed.") if person.account.is_active else _("Sign-in is open again.")
    if request.method == "POST" and page.carried_out(form, act):
        return page.done(request, said, "settings-person", code, pk)
    return page.shown(request, "portal/settings/account_close.html", office, form, person=person)


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def choose(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever has the link chooses a password."""
    try:
        account = password_links.account_of(secret, timezone.now())
    except services.DeadLink:
        return render(request, "portal/password_dead_link.html", status=404)
    form = ChoosePasswordForm(page.typed(request))
    act = partial(services.choose_password, secret=secret, at=timezone.now())
    if page.carried_out(form, lambda: act(password=form.cleaned_data["password"])):
        messages.success(request, _("The password is saved. Please sign in with it."))
        return redirect("account_login")
    context = {"form": form, "account": account}
    return render(request, "portal/password_choose.html", context, status=422 if form.errors else 200)


@public
@require_safe
def ask_the_administrator(request: HttpRequest, rest: str = "") -> HttpResponse:
    """No password is sent by mail here: the administrator gives a link."""
    return render(request, "portal/password_ask.html")

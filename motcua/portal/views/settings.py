"""An office's settings: where to begin, address and telephone, numbers, what was changed."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import identity, numbering
from motcua.kernel.access import person_of, requires
from motcua.payments import services as payments
from motcua.payments.queries import account_of
from motcua.portal import policies, queries, services
from motcua.portal.forms import BankAccountForm, ContactsForm, NumberingForm
from motcua.portal.views import page
from motcua.portal.wording import with_words
from motcua.ui import given

GET_OR_POST = ("GET", "HEAD", "POST")


@requires(identity.SETTINGS)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Which office; nothing to choose for whoever has one."""
    offices = policies.offices_to_change(person_of(request), timezone.localdate())
    if len(offices) == 1:
        return redirect("settings-office", offices[0].code)
    return render(request, "portal/settings/start.html", {"offices": offices})


@requires(identity.SETTINGS)
@require_safe
def office(request: HttpRequest, code: str) -> HttpResponse:
    """What can be set here."""
    return page.shown(request, "portal/settings/office.html", page.office_of(request, code))


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def contacts(request: HttpRequest, code: str) -> HttpResponse:
    """Address and telephone."""
    found = page.office_of(request, code)
    form = ContactsForm(page.typed(request), initial={"address": found.address, "phone": found.phone})
    act = partial(services.set_contacts, office=found, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(**form.cleaned_data)):
        return page.done(request, _("Address and telephone are saved."), "settings-office", code)
    return page.shown(request, "portal/settings/contacts.html", found, form)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def numbers(request: HttpRequest, code: str) -> HttpResponse:
    """How dossiers are numbered."""
    found = page.office_of(request, code)
    initial = {"agency_code": found.agency_code, "number_pattern": found.number_pattern}
    form = NumberingForm(page.typed(request), initial=initial)
    act = partial(services.set_numbering, office=found, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(**form.cleaned_data)):
        return page.done(request, _("The form of numbers is saved."), "settings-numbers", code)
    found.refresh_from_db(fields=["agency_code", "number_pattern"])
    example = numbering.example(found.agency_code or found.code, timezone.localdate(), found.number_pattern)
    return page.shown(request, "portal/settings/numbers.html", found, form, example=example)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def account(request: HttpRequest, code: str) -> HttpResponse:
    """Where fees are paid by transfer."""
    found = page.office_of(request, code)
    form = BankAccountForm(page.typed(request))
    act = partial(payments.set_bank_account, office=found, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(**form.cleaned_data)):
        return page.done(request, _("The account is saved."), "settings-bank", code)
    return page.shown(request, "portal/settings/account.html", found, form, account=account_of(found))


@requires(identity.SETTINGS)
@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """What was changed, and by whom."""
    found = page.office_of(request, code)
    before = request.GET.get("before", "")
    acts, following = queries.acts_of(found, given.number(before))
    lines = with_words(acts)
    return page.shown(request, "portal/settings/history.html", found, lines=lines, following=following, before=before)

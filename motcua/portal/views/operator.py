"""The operator's page: one light, what to do, whom to call; planned pauses and what is to be tried once more."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.kernel import health, identity
from motcua.kernel.access import person_of, requires
from motcua.kernel.outbox import Delivery
from motcua.portal import queries, services
from motcua.portal.forms import DowntimeForm, HelpContactForm
from motcua.portal.views import page
from motcua.portal.views.settings import GET_OR_POST
from motcua.portal.wording import DUTIES, LIGHTS, breaches_in_words


@requires(identity.SETTINGS)
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """How the centre is."""
    person, now, day = person_of(request), timezone.now(), timezone.localdate()
    found = queries.health_of_the_centre(now)
    context = {
        "health": found,
        "light": LIGHTS[found.light],
        "contacts": [(duty, words, health.contacts().get(duty)) for duty, words in DUTIES.items()],
        "breaches": breaches_in_words(queries.breaches_for(person, day)),
        "stuck": queries.stuck_for(person, day),
        "systems": queries.systems_outside(),
        "pauses": queries.downtimes_to_come(now),
        "may_run": queries.may_run(person, day),
    }
    return render(request, "portal/operator/page.html", context)


def _who_runs(request: HttpRequest) -> None:
    if not queries.may_run(person_of(request), timezone.localdate()):
        raise PermissionDenied


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def pause_new(request: HttpRequest) -> HttpResponse:
    """Announce a planned pause."""
    _who_runs(request)
    form = DowntimeForm(page.typed(request))
    act = partial(services.announce_downtime, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(**form.pause())):
        return page.done(request, _("The pause is announced; every page speaks of it in time."), "operator")
    context = {"form": form, "earliest": queries.earliest_downtime(timezone.now())}
    return render(request, "portal/operator/pause_new.html", context, status=422 if form.errors else 200)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def pause_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a planned pause off."""
    _who_runs(request)
    pause = get_object_or_404(queries.downtimes(), pk=pk)
    if request.method != "POST":
        return render(request, "portal/operator/pause_off.html", {"pause": pause})
    try:
        services.call_off_downtime(pause=pause, **page.who_and_when(request))
    except services.CannotChange as refused:
        messages.error(request, str(refused))
        return redirect("operator")
    return page.done(request, _("The pause is called off."), "operator")


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def contact(request: HttpRequest, duty: str) -> HttpResponse:
    """Whom to call."""
    _who_runs(request)
    if duty not in health.DUTIES:
        raise Http404
    known = health.contacts().get(duty)
    form = HelpContactForm(page.typed(request), initial={"name": known.name, "phone": known.phone} if known else {})
    act = partial(services.set_help_contact, duty=duty, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(**form.cleaned_data)):
        return page.done(request, _("Saved."), "operator")
    context = {"form": form, "words": DUTIES[duty]}
    return render(request, "portal/operator/contact.html", context, status=422 if form.errors else 200)


@requires(identity.SETTINGS)
@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more what did not arrive."""
    _who_runs(request)
    delivery = get_object_or_404(Delivery, pk=pk)
    try:
        services.try_delivery_again(delivery=delivery, **page.who_and_when(request))
    except services.CannotChange as refused:
        messages.error(request, str(refused))
        return redirect("operator")
    return page.done(request, _("It will be tried again now."), "operator")

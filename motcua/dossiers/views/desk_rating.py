"""What people say of how they were served: the screen for the counter, one answer to be heard, and the figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers import acts, policies, queries, rules
from motcua.dossiers.models import Dossier, Rating
from motcua.dossiers.online import faces as shown
from motcua.dossiers.queries import periods
from motcua.dossiers.queries import satisfaction as ratings
from motcua.dossiers.services import satisfaction as services
from motcua.dossiers.views.opened import dossier_of
from motcua.kernel import freshness, identity
from motcua.kernel.access import person_of, requires, signed_in
from motcua.kernel.organisation import Office


@signed_in
@require_GET
def faces(request: HttpRequest, number: str) -> HttpResponse:
    dossier = dossier_of(request, number)
    if not ratings.is_asked(dossier, ratings.rating_of(dossier), timezone.now()):
        messages.info(request, _("The question is asked once the result was handed over, and answered once."))
        return redirect("desk-dossier", number)
    return redirect(f"{shown.address(number)}?desk=1")


@signed_in
@require_http_methods(["GET", "POST"])
def rating(request: HttpRequest, number: str) -> HttpResponse:
    dossier = dossier_of(request, number)
    found = ratings.rating_of(dossier)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _heard(request, dossier, found)
    return _page(request, dossier, found)


def _page(request: HttpRequest, dossier: Dossier, found: Rating, status: int = 200, why: str = "") -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    item = next((each for each in queries.open_items(dossier) if each.act == rules.HEAR), None)
    may_hear = item is not None and policies.can_do(person, item, [rules.HEAR], day)
    context = shown.rating_page(dossier, found, may_hear=may_hear) | {"problems": [("note", why)] if why else []}
    return render(request, "dossiers/desk/rating.html", context, status=status)


def _heard(request: HttpRequest, dossier: Dossier, found: Rating) -> HttpResponse:
    note = request.POST.get("note", "").strip()[:2000]
    if not note:
        return _page(request, dossier, found, 422, _("Write what was done about it."))
    try:
        services.hear_rating(dossier=dossier, note=note, by=person_of(request), at=timezone.now())
    except acts.REFUSALS as refused:
        return _page(request, dossier, found, 409, acts.why_not(refused, dossier))
    messages.success(request, _("Thank you, it is noted."))
    return redirect("desk-rating", dossier.number)


@requires(identity.LEAD)
@require_GET
def satisfaction(request: HttpRequest) -> HttpResponse:
    day, person = timezone.localdate(), person_of(request)
    try:
        office = policies.get_led_office(person, request.GET.get("office", ""), day)
    except Office.DoesNotExist:
        raise Http404 from None
    first, last = periods.span_asked(request.GET.dict(), periods.months_of(office), day)
    with freshness.held():
        context = shown.figures(office, policies.led_offices(person, day), first, last)
    return render(request, "dossiers/reports/satisfaction.html", context)

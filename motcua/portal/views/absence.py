"""Somebody is away, and somebody else stands in."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.kernel import identity
from motcua.kernel.access import requires
from motcua.portal import queries, services
from motcua.portal.forms import AbsenceForm, LastDayForm
from motcua.portal.views import page
from motcua.portal.views.settings import GET_OR_POST


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def begin(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """From when to when, and who stands in."""
    office, today = page.office_of(request, code), timezone.localdate()
    person = page.person_at(office, pk)
    others = queries.colleagues_of(office, person, today)
    form = AbsenceForm(page.typed(request), people=others, today=today)
    act = partial(services.record_absence, person=person, office=office, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(**form.cleaned_data)):
        return page.done(request, _("The absence is saved; the work is shown to whoever stands in."), *_at(code, pk))
    return page.shown(request, "portal/settings/absence.html", office, form, person=person)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The last day of the absence."""
    office, today = page.office_of(request, code), timezone.localdate()
    person = page.person_at(office, pk)
    form = LastDayForm(page.typed(request), today=today)
    act = partial(services.end_absence, person=person, office=office, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(last_date=form.cleaned_data["last_date"])):
        return page.done(request, _("The last day of the absence is saved."), *_at(code, pk))
    return page.shown(request, "portal/settings/absence_end.html", office, form, person=person)


def _at(code: str, pk: int) -> tuple[str, str, int]:
    return "settings-person", code, pk

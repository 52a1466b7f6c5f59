"""When an office works: its week and the days that differ."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import identity
from motcua.kernel.access import requires
from motcua.kernel.organisation import Office
from motcua.portal import queries, services
from motcua.portal.forms import DayForm, HoursForm
from motcua.portal.queries import Promise
from motcua.portal.views import page
from motcua.portal.views.settings import GET_OR_POST
from motcua.portal.wording import moved


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def hours(request: HttpRequest, code: str) -> HttpResponse:
    """The sessions of each weekday, from a day on."""
    office, today = page.office_of(request, code), timezone.localdate()
    week, before = queries.week_of(office, today), queries.promise(office, timezone.now())
    form = HoursForm(page.typed(request), week=week, today=today)
    act = partial(services.set_hours, office=office, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(
        form, lambda: act(week=form.week(), valid_from=form.cleaned_data["valid_from"])
    ):
        return _changed(request, _("The office hours are saved."), office, before, "settings-hours")
    planned = queries.planned_weeks(office, today)
    return page.shown(request, "portal/settings/hours.html", office, form, planned=planned, promise=before)


@requires(identity.SETTINGS)
@require_safe
def days(request: HttpRequest, code: str) -> HttpResponse:
    """The days that differ, from this year's first."""
    office, today = page.office_of(request, code), timezone.localdate()
    lines = queries.days_of(office, date(today.year, 1, 1))
    context: dict[str, Any] = {
        "coming": [line for line in lines if line.date >= today],
        "past": [line for line in lines if line.date < today],
        "promise": queries.promise(office, timezone.now()),
    }
    return page.shown(request, "portal/settings/days.html", office, **context)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def day_new(request: HttpRequest, code: str) -> HttpResponse:
    """A day that differs."""
    office = page.office_of(request, code)
    before = queries.promise(office, timezone.now())
    form = DayForm(page.typed(request))
    act = partial(services.set_day, office=office, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(
        form, lambda: act(day=form.day(), source=form.cleaned_data["source"])
    ):
        return _changed(request, _("The day is saved."), office, before)
    return page.shown(request, "portal/settings/day_new.html", office, form)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def day_back(request: HttpRequest, code: str, day: date) -> HttpResponse:
    """What the office entered for a day is taken back."""
    office = page.office_of(request, code)
    line = next((each for each in queries.days_of(office, day) if each.date == day and each.own), None)
    if line is None or day < timezone.localdate():
        raise Http404
    if request.method != "POST":
        return page.shown(request, "portal/settings/day_back.html", office, line=line)
    before = queries.promise(office, timezone.now())
    services.take_back_day(office=office, day=day, **page.who_and_when(request))
    return _changed(request, _("The day is taken back."), office, before)


def _changed(
    request: HttpRequest, sentence: str, office: Office, before: Promise, where: str = "settings-days"
) -> HttpResponse:
    """Back, with what the change does to a dossier that comes now."""
    messages.success(request, sentence)
    messages.success(request, moved(before, queries.promise(office, timezone.now())))
    return redirect(where, office.code)

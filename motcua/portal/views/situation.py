"""A commune's leader has a situation report drafted for some days."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers.queries import periods
from motcua.kernel import freshness, identity
from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office
from motcua.oversight import queries
from motcua.oversight import services as oversight
from motcua.portal import situation
from motcua.portal.forms.situation import PeriodForm


def _office(request: HttpRequest) -> Office:
    communes = queries.communes_to_report(person_of(request), timezone.localdate())
    if not communes:
        raise PermissionDenied
    return communes[0]


@requires(identity.OVERSEE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    office, day, now = _office(request), timezone.localdate(), timezone.now()
    months = periods.months_of(office)
    first, _last = months.span(months.of(day))
    form = PeriodForm(request.POST or None, initial={"first": first, "last": day}, today=day)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "office": office}
        return render(request, "portal/situation_new.html", context, status=422 if form.errors else 200)
    with freshness.held():
        said = situation.sections(office, now=now, **form.cleaned_data)
    made = oversight.draft_report(office=office, sections=said, by=person_of(request), at=now, **form.cleaned_data)
    messages.success(request, _("Drafted from what is on record. Read it, change the words, then send it."))
    return redirect("situation-report", made.reference)

"""The pages on which a province says who answers for what and how long a step may take."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.kernel import freshness, identity
from motcua.kernel.access import person_of, requires, signed_in
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries, services
from motcua.oversight.at_desk import arranging
from motcua.oversight.forms.routing import LimitForm, RouteForm


@signed_in
@require_GET
def shown(request: HttpRequest) -> HttpResponse:
    with freshness.held():
        context = arranging.page(person_of(request), timezone.localdate())
        return render(request, "oversight/routing/shown.html", context)


def _province(request: HttpRequest) -> Office:
    """The province that the person arranges."""
    person, day = person_of(request), timezone.localdate()
    province = policies.province_of(person, day)
    if not policies.arranges(person, province, day):
        raise PermissionDenied
    return province


@requires(identity.OVERSEE)
@require_http_methods(["GET", "POST"])
def route(request: HttpRequest) -> HttpResponse:
    province, day = _province(request), timezone.localdate()
    given = request.POST if request.method == "POST" else None
    asked = {name: request.GET.get(name, "") for name in ("what", "procedure")}
    form = RouteForm(given, departments=queries.offices_that_may_answer(province, day), initial=asked)
    if given is None or not form.is_valid():
        context = arranging.form_page(person_of(request), day) | {"form": form}
        return render(request, "oversight/routing/route.html", context, status=422 if form.errors else 200)
    services.set_route(province=province, by=person_of(request), at=timezone.now(), **form.route())
    messages.success(request, _("Saved. It holds for what is raised from now on."))
    return redirect("routing")


@requires(identity.OVERSEE)
@require_http_methods(["GET", "POST"])
def limit(request: HttpRequest) -> HttpResponse:
    province, day = _province(request), timezone.localdate()
    given = request.POST if request.method == "POST" else None
    offices = queries.offices_that_may_answer(province, day)
    form = LimitForm(given, offices=offices, initial={"office": province, "name": request.GET.get("name", "")})
    if given is None or not form.is_valid():
        context = arranging.form_page(person_of(request), day) | {"form": form}
        return render(request, "oversight/routing/limit.html", context, status=422 if form.errors else 200)
    services.set_time_limit(by=person_of(request), at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Saved. It holds for what begins from now on."))
    return redirect("routing")

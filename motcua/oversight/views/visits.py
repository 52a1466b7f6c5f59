"""The pages of visits: the list, the plan, the calendar file, the checklist with photos, findings, minutes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.kernel import identity, workflow
from motcua.kernel.access import person_of, requires, signed_in
from motcua.oversight import policies, queries, services
from motcua.oversight.at_desk import visit_desk
from motcua.oversight.forms import visits as asked
from motcua.oversight.models import Host, Photo, Visit
from motcua.oversight.outside import invitations
from motcua.oversight.views.conclusions import after
from motcua.ui import sending

BOTH = ["GET", "POST"]


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    found = queries.visits_listed(person, day, after(request))
    context = {
        "visits": found[: queries.PAGE],
        "may_direct": bool(policies.directing_offices(person, day)),
        "next": f"?after={found[queries.PAGE - 1].pk}" if len(found) > queries.PAGE else "",
    }
    return render(request, "oversight/visits/list.html", context)


def _get(request: HttpRequest, reference: str) -> Visit:
    try:
        return policies.get_visit(person_of(request), reference, timezone.localdate())
    except Visit.DoesNotExist:
        raise Http404 from None


def _led(request: HttpRequest, reference: str) -> Visit:
    """A visit that the person may plan and close; 404 otherwise."""
    visit = _get(request, reference)
    if not policies.may_direct(person_of(request), visit.office, timezone.localdate()):
        raise Http404
    return visit


@requires(identity.OVERSEE)
@require_http_methods(BOTH)
def new(request: HttpRequest) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    office = policies.directing_offices(person, day)[0]
    form = asked.VisitForm(request.POST or None, offices=queries.addressable(office, day))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_visit(plan=form.plan(), office=office, by=person, at=timezone.now())
        except services.Incomplete as refused:
            asked.refuse(form, refused)
        else:
            return redirect("visit", made.reference)
    return _form_page(request, form)


def _form_page(request: HttpRequest, form: Any, visit: Visit | None = None, **more: Any) -> HttpResponse:
    context = {"form": form, "visit": visit}
    return render(request, "oversight/visits/edit.html", context | more, status=422 if form.errors else 200)


@signed_in
@require_http_methods(BOTH)
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    visit, person = _led(request, reference), person_of(request)
    offices = queries.addressable(visit.office, timezone.localdate())
    form = asked.VisitForm(request.POST or None, offices=offices, initial=asked.VisitForm.told(visit))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_visit(visit=visit, plan=form.plan(), by=person, at=timezone.now())
        except services.Incomplete as refused:
            asked.refuse(form, refused)
        except workflow.Refused:
            return _page(request, visit, 409, refused=_("This visit is over and cannot be changed."))
        else:
            return redirect("visit", reference)
    return _form_page(request, form, visit)


@signed_in
@require_GET
def one(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _get(request, reference))


def _page(request: HttpRequest, shown: Visit, status: int = 200, **more: Any) -> HttpResponse:
    context = visit_desk.visit_page(person_of(request), shown, timezone.localdate())
    if context["may_write"]:
        context |= {"finding_form": asked.FindingForm(visit=shown)}
    if context["may_direct"] and shown.state == "planned":
        context |= {"minutes_form": asked.MinutesForm()}
    return render(request, "oversight/visits/one.html", context | more, status=status)


@signed_in
@require_POST
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _led(request, reference)
    try:
        services.cancel_visit(visit=visit, by=person_of(request), at=timezone.now())
    except workflow.Refused:
        return _page(request, visit, 409, refused=_("This visit is over and cannot be changed."))
    messages.success(request, _("The visit is cancelled. Send the calendar file once more: it takes the visit out."))
    return redirect("visit", reference)


@signed_in
@require_GET
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _get(request, reference)
    host = urlsplit(settings.MOTCUA_BASE_URL).hostname or "localhost"
    address = settings.MOTCUA_BASE_URL + reverse("visit", args=[reference])
    agenda = list(visit.agenda.values_list("text", flat=True))
    said = invitations.calendar(visit, list(visit.members.all()), agenda, host=host, address=address)
    answer = HttpResponse(said, content_type=invitations.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{reference}.ics"'
    return answer


@signed_in
@require_http_methods(BOTH)
def checklist(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    host, person = _host(request, reference, slug), person_of(request)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = asked.CheckForm(*given, host=host)
    if given and form.is_valid():
        services.check_host(host=host, seen=form.seen(), by=person, at=timezone.now())
        messages.success(request, _("What was seen is kept."))
        return redirect("visit", reference)
    context = {"form": form, "groups": form.groups(host), "host": host, "visit": host.visit}
    return render(request, "oversight/visits/checklist.html", context, status=422 if form.errors else 200)


def _host(request: HttpRequest, reference: str, slug: str) -> Host:
    visit = _get(request, reference)
    try:
        if visit.state == "cancelled":
            raise Http404
        return policies.get_host(person_of(request), visit, slug, timezone.localdate())
    except Host.DoesNotExist:
        raise Http404 from None


@signed_in
@require_GET
def photo(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    found = Photo.objects.select_related("file").filter(check_of__host__visit=_get(request, reference))
    return sending.bytes_of(get_object_or_404(found, pk=pk).file, f"{reference}-{pk}.jpg")


@signed_in
@require_POST
def finding(request: HttpRequest, reference: str) -> HttpResponse:
    visit, person = _get(request, reference), person_of(request)
    if not policies.may_write(person, visit, timezone.localdate()):
        raise Http404
    form = asked.FindingForm(request.POST, visit=visit)
    if not form.is_valid():
        return _page(request, visit, 422, finding_form=form, form=form)
    try:
        services.note_finding(visit=visit, by=person, at=timezone.now(), **form.cleaned_data)
    except services.NotHeld:
        return _page(request, visit, 409, refused=_("This visit is cancelled: nothing is written down of it."))
    return redirect(reverse("visit", args=[reference]) + "#findings")


@signed_in
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    visit, form = _led(request, reference), asked.MinutesForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, 422, minutes_form=form, form=form)
    try:
        minutes = form.cleaned_data["minutes"]
        services.close_visit(visit=visit, minutes=minutes, by=person_of(request), at=timezone.now())
    except workflow.Refused:
        return _page(request, visit, 409, refused=_("This visit is over and cannot be changed."))
    messages.success(request, _("The minutes are kept."))
    return redirect("visit", reference)


@signed_in
@require_POST
def conclude(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _led(request, reference)
    try:
        written = visit_desk.conclusion_of(visit)
        made = services.conclude_visit(visit=visit, written=written, by=person_of(request), at=timezone.now())
    except services.NotHeld:
        return _page(request, visit, 409, refused=_("This visit is cancelled: nothing is written down of it."))
    return redirect("conclusion-edit", made.reference)

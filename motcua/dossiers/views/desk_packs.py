"""Taking dossiers out: for an inspection, one or those of a period; and what is kept of one person, for that person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import forms, packs, policies
from motcua.dossiers.at_desk import taking
from motcua.dossiers.packs import Pack
from motcua.dossiers.rules import accesses
from motcua.dossiers.views import opened
from motcua.kernel import identity
from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@requires(identity.LEAD)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, number: str) -> HttpResponseBase:
    dossier = opened.to_read(request, number, accesses.PACK if request.method == "POST" else accesses.PAGE)
    form = forms.PackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {"by": person_of(request), "at": timezone.now(), "words": form.cleaned_data["words"]}
        made = taking.pack([dossier], **said, origin=_origin(request), session=opened.session_of(request))
        return _sent(made, f"ho-so-{dossier.number}")
    shown = {"dossier": dossier, "form": form}
    return render(request, "dossiers/packs/one.html", shown, status=422 if form.errors else 200)


@requires(identity.LEAD)
@require_http_methods(["GET", "POST"])
def period(request: HttpRequest) -> HttpResponseBase:
    office = _office(request)
    form = forms.PeriodPackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _of_period(request, office, form)
        except taking.TooMany:
            words = _("More than %(most)s dossiers were filed in this time. Choose a shorter one.")
            form.add_error("last", words % {"most": packs.MOST})
    shown = {"office": office, "form": form, "most": packs.MOST}
    return render(request, "dossiers/packs/period.html", shown, status=422 if form.errors else 200)


def _office(request: HttpRequest) -> Office:
    try:
        return policies.get_led_office(person_of(request), request.GET.get("office", ""), timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None


def _of_period(request: HttpRequest, office: Office, form: forms.PeriodPackForm) -> HttpResponseBase:
    said = form.cleaned_data
    dossiers, left_out = taking.of_period(office, said["first"], said["last"])
    more = {"office": office.name, "first": said["first"], "last": said["last"], "left_out_restricted": left_out}
    who = {"by": person_of(request), "at": timezone.now(), "words": said["words"]}
    made = taking.pack(dossiers, **who, origin=_origin(request), session=opened.session_of(request), **more)
    return _sent(made, f"ho-so-{said['first']}-{said['last']}")


@requires(identity.LEAD, identity.INTAKE)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest) -> HttpResponseBase:
    if not policies.offices_handing_out(person_of(request), timezone.localdate()):
        raise PermissionDenied
    form = forms.PersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        by, session = person_of(request), opened.session_of(request)
        check = said["identity_checked_by"]
        made = taking.of_person(said["citizen_id"], check=check, by=by, at=timezone.now(), session=session)
        if made is not None:
            return _sent(made, f"du-lieu-ca-nhan-{timezone.localdate()}")
        form.add_error("citizen_id", _("No dossier of this citizen id is here. Look at the number again."))
    return render(request, "dossiers/packs/person.html", {"form": form}, status=422 if form.errors else 200)


def _sent(made: Pack, name: str) -> FileResponse:
    response = FileResponse(made.file, as_attachment=True, filename=f"{name}.zip", content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    response["X-Manifest-SHA256"] = made.manifest_sha256
    return response

"""Blank slips for an outage: reserved, printed, entered or void; nothing that was given out is forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.dossiers import policies, services, slips
from motcua.dossiers.at_counter import outage
from motcua.dossiers.forms.outage import LastForm, ReserveForm, VoidForm
from motcua.dossiers.models import SlipBlock
from motcua.dossiers.queries import blanks
from motcua.dossiers.views import printing
from motcua.kernel import identity
from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office

SEES = requires(identity.INTAKE, identity.LEAD)


def _office(request: HttpRequest) -> Office:
    offices = outage.offices_of(person_of(request), timezone.localdate())
    if not offices:
        raise PermissionDenied
    return offices[0]


def _block(request: HttpRequest, reference: str) -> SlipBlock:
    try:
        return policies.get_slip_block(person_of(request), reference, timezone.localdate())
    except SlipBlock.DoesNotExist:
        raise Http404 from None


def _who_and_when(request: HttpRequest) -> dict[str, Any]:
    return {"by": person_of(request), "at": timezone.now()}


def _done(form: Form, field: str, act: Callable[[], object]) -> bool:
    """Whether what was typed is sound and the act was done; a refusal stands at the field."""
    if not form.is_valid():
        return False
    try:
        act()
    except services.SlipRefused as refused:
        form.add_error(field, str(outage.REFUSALS[refused.code]))
    except policies.NotAllowed:
        form.add_error(None, _("A citizen has asked about this slip. Only whoever leads may say that it is void."))
    return not form.errors


@SEES
@require_http_methods(["GET", "POST"])
def blocks(request: HttpRequest) -> HttpResponse:
    office, typed = _office(request), request.POST if request.method == "POST" else None
    form = ReserveForm(typed)
    key = request.POST.get("op_id") or uuid.uuid4().hex
    made: list[SlipBlock] = []
    if typed and _done(form, "count", lambda: made.append(_reserved(request, office, form, key))):
        return redirect("desk-outage-block", made[0].matter.reference)
    shown = outage.page(office, person_of(request), timezone.localdate()) | {"form": form, "op_id": key}
    return render(request, "dossiers/outage/blocks.html", shown, status=422 if form.errors else 200)


def _reserved(request: HttpRequest, office: Office, form: Form, key: str) -> SlipBlock:
    said = {"office": office, "op_id": f"slips-{person_of(request).pk}-{key}"[:100], **_who_and_when(request)}
    return services.reserve_slips(**said, **form.cleaned_data)


def _page(request: HttpRequest, block: SlipBlock, **forms: Form) -> HttpResponse:
    shown = outage.block_page(block, person_of(request), timezone.localdate())
    shown |= {"last": LastForm(), "void": VoidForm(), "errors": next(iter(forms.values()), None)} | forms
    return render(request, "dossiers/outage/block.html", shown, status=422 if forms else 200)


@SEES
@require_http_methods(["GET"])
def block(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _block(request, reference))


@requires(identity.INTAKE)
@require_POST
def sheets(request: HttpRequest, reference: str) -> HttpResponse:
    """The PDF; that it was made is recorded before, so that no sheet is in the world of which nobody knows."""
    found = _block(request, reference)
    try:
        found = services.note_slips_printed(block=found, torn_up="torn_up" in request.POST, **_who_and_when(request))
    except services.SlipRefused as refused:
        messages.warning(request, str(outage.REFUSALS[refused.code]))
        return redirect("desk-outage-block", reference)
    origin = request.build_absolute_uri("/").rstrip("/")
    made = slips.blank_slips(found, blanks.printed(found), origin=origin)
    return printing.pdf(made, f"phieu-trang-{reference}")


@requires(identity.INTAKE)
@require_POST
def last(request: HttpRequest, reference: str) -> HttpResponse:
    found, form = _block(request, reference), LastForm(request.POST)

    def said() -> None:
        place = outage.place_meant(found, form.cleaned_data["last"])
        services.say_last_slip(block=found, place=place, **_who_and_when(request))

    if not _done(form, "last", said):
        return _page(request, found, last=form)
    messages.success(request, _("Noted. What was given out and is not entered stands below."))
    return redirect("desk-outage-block", reference)


@SEES
@require_POST
def void(request: HttpRequest, reference: str) -> HttpResponse:
    found, form = _block(request, reference), VoidForm(request.POST)

    def voided() -> None:
        slip = blanks.slip_at(found, outage.place_meant(found, form.cleaned_data["slip"]))
        why = {name: form.cleaned_data[name] for name in ("reason", "note")}
        services.void_slip(slip=slip, **why, **_who_and_when(request))

    if not _done(form, "slip", voided):
        return _page(request, found, void=form)
    messages.success(request, _("The slip is void. Its number is given to nobody else."))
    return redirect("desk-outage-block", reference)


@requires(identity.LEAD)
@require_POST
def restore(request: HttpRequest, reference: str, place: int) -> HttpResponse:
    found = _block(request, reference)
    try:
        services.restore_slip(slip=blanks.slip_at(found, place), **_who_and_when(request))
    except services.SlipRefused as refused:
        messages.warning(request, str(outage.REFUSALS[refused.code]))
    return redirect("desk-outage-block", reference)

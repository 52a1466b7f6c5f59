"""The manager's pages of the catalogue: the list, one procedure with its layers, and the sheet of an overlay."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office
from motcua.procedures import changes, facts, laying, overview, policies, services
from motcua.procedures.models import Procedure
from motcua.procedures.sheet import Sheet

EDIT, CONFIRM = "edit", "confirm"


@requires(*policies.MANAGES)
@require_GET
def procedures(request: HttpRequest) -> HttpResponse:
    """Every procedure, with how the office offers it."""
    office, day = _office(request, request.GET.get("office", "")), timezone.localdate()
    text, after = request.GET.get("q", "").strip()[:200], _number(request.GET.get("after", ""))
    rows = overview.rows(office, day, text, after)
    shown: dict[str, Any] = {**overview.pages(office, text, after, len(rows))}
    shown |= {"office": office, "asked": text, "rows": rows[: overview.ON_A_PAGE]}
    shown |= {"total": overview.procedures(text).count()}
    shown |= {"offices": policies.offices_to_manage(person_of(request), day)}
    return render(request, "procedures/manage/list.html", shown)


@requires(*policies.MANAGES)
@require_GET
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: its versions, what differs between two of them, and what lies over it."""
    office, found, day = _office(request, request.GET.get("office", "")), _procedure(code), timezone.localdate()
    ground = laying.ground_for(office, found, day)
    shown = {"office": office, "procedure": found, "ground": ground, **_compared(request, found)}
    shown |= {"versions": overview.versions(found, day), "layers": overview.layers(office, found, day)}
    shown |= {"facts": facts.of(ground.before()) if ground.version else []}
    return render(request, "procedures/manage/procedure.html", shown)


@requires(*policies.MANAGES)
@require_http_methods(["GET", "POST"])
def overlay(request: HttpRequest, code: str, office: str) -> HttpResponse:
    """The sheet: written, previewed, confirmed."""
    place, found, day = _office(request, office), _procedure(code), timezone.localdate()
    if request.method == "GET":
        return _sheet(request, Sheet(place, found, day))
    sheet, act = Sheet(place, found, day, request.POST), request.POST.get("action", "")
    if act == EDIT:
        return _sheet(request, sheet)
    if not sheet.check() or (act == CONFIRM and not _laid(request, sheet)):
        return _sheet(request, sheet, 422)
    if act == CONFIRM:
        return redirect(f"{reverse('manage-procedure', args=[code])}?office={place.code}")
    return _page(request, "preview", sheet, preview=sheet.preview())


def _laid(request: HttpRequest, sheet: Sheet) -> bool:
    """Whether the service laid it; a refusal stands on the sheet."""
    try:
        services.make_overlay(**sheet.given, by=person_of(request), at=timezone.now())
    except services.OverlayRefused as refused:
        sheet.refuse(refused.refusals)
        return False
    messages.success(request, _("Saved. It is in force from %(day)s.") % {"day": sheet.in_force})
    return True


def _sheet(request: HttpRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    now = facts.of(sheet.ground.before()) if sheet.ground.version else []
    return _page(request, "overlay", sheet, status=status, facts=now)


def _page(request: HttpRequest, name: str, sheet: Sheet, status: int = 200, **more: Any) -> HttpResponse:
    shown = {"sheet": sheet, "office": sheet.office, "procedure": sheet.procedure, **more}
    return render(request, f"procedures/manage/{name}.html", shown, status=status)


def _office(request: HttpRequest, code: str) -> Office:
    """The office whose overlays the person makes; any other does not exist."""
    try:
        office = policies.get_office(person_of(request), code, timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None
    request.office = office  # type: ignore[attr-defined]  # the page's title names it
    return office


def _procedure(code: str) -> Procedure:
    try:
        return overview.procedure(code)
    except Procedure.DoesNotExist:
        raise Http404 from None


def _compared(request: HttpRequest, found: Procedure) -> dict[str, Any]:
    """The two versions that were asked for and what differs between them."""
    numbers = [_number(request.GET.get(name, "")) for name in ("old", "new")]
    pair = overview.two(found, *numbers) if all(numbers) else None
    if pair is None:
        return {"compared": None, "chosen": numbers}
    old, new = (version.doc for version in pair)
    changed = changes.in_words(services.differences(old, new), old, new)
    return {"compared": pair, "chosen": numbers, "changes": changed}


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 0

"""The pages of the wall: what hangs where since when, what is to be printed again, sheets as PDF, proof of posting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office
from motcua.procedures import board, policies, queries, wall
from motcua.procedures.board import Asked, Quarter
from motcua.procedures.board.forms import PostForm, TakeDownForm
from motcua.procedures.models import Posting
from motcua.ui import sending

TABS = {"hanging": "wall", "reprint": "wall-reprint", "quarter": "wall-quarter"}


@requires(*policies.MANAGES)
@require_GET
def hanging(request: HttpRequest) -> HttpResponse:
    """What hangs, where, since when, and whether it still holds."""
    return _page(request, "hanging", board.hanging(_asked(request), timezone.localdate()))


@requires(*policies.MANAGES)
@require_GET
def reprint(request: HttpRequest) -> HttpResponse:
    """What is to be printed again, what was never hung, what is to be taken down."""
    return _page(request, "reprint", board.to_reprint(_asked(request), timezone.localdate()))


@requires(*policies.MANAGES)
@require_GET
def printed(request: HttpRequest) -> HttpResponse:
    """Some sheets as one PDF."""
    asked, day = _asked(request), timezone.localdate()
    sheets = queries.sheets_on(asked.office, day)
    found = [sheets[key] for key in request.GET.getlist("key") if key in sheets][: wall.BUNDLE]
    if len({sheet.kind for sheet in found}) != 1:
        raise Http404
    made = wall.procedure_sheets if found[0].kind == Posting.PROCEDURE else wall.sector_sheets
    pdf = made(asked.office, found, day, origin=request.build_absolute_uri("/").rstrip("/"))
    name = f"niem-yet-{found[0].key}{'-va-khac' if len(found) > 1 else ''}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@requires(*policies.MANAGES)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """That sheets hang: which, where, since when, with a photo."""
    asked, day = _asked(request), timezone.localdate()
    named, chosen = request.GET.getlist("key"), request.POST.getlist("keys")
    sheets = board.to_post(asked, day, request.GET.get("of", ""), named, chosen)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PostForm(sheets, *sent, today=day, place=asked.place)
    who = {"office": asked.office, "by": person_of(request), "at": timezone.now()}
    if sent and form.is_valid() and form.post(**who):
        messages.success(request, _("Recorded. The public pages say it from now on."))
        return redirect(asked.address("wall", place=form.cleaned_data["place"]))
    shown = {"asked": asked, "form": form, "sheets": sheets, "places": queries.places_of(asked.office)}
    return _page(request, "record", shown, 422 if form.errors else 200)


@requires(*policies.MANAGES)
@require_http_methods(["GET", "POST"])
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting with its photo; here it is taken down."""
    found, day = _posting(request, pk), timezone.localdate()
    form = TakeDownForm(request.POST or None, initial={"day": day})
    what = {"posting": found, "by": person_of(request), "at": timezone.now()}
    if request.method == "POST" and form.is_valid() and form.take_down(**what):
        messages.success(request, _("Recorded: it hangs no more."))
        return redirect(Asked(found.office).address("wall"))
    shown = board.one(found, day) | {"form": form}
    return _page(request, "posting", shown, 422 if form.errors else 200)


@requires(*policies.MANAGES)
@require_GET
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo of a posting, for whoever keeps that wall."""
    found = _posting(request, pk).photo
    if found is None:
        raise Http404
    return sending.bytes_of(found, f"{pk}.jpg")


@requires(*policies.MANAGES)
@require_GET
def quarter(request: HttpRequest) -> HttpResponse:
    """What was hung in a quarter, to be printed and hung itself."""
    asked, day = _asked(request), timezone.localdate()
    return _page(request, "quarter", board.of_quarter(asked, Quarter.named(request.GET.get("quarter", ""), day), day))


def _asked(request: HttpRequest) -> Asked:
    """The wall that is asked about; one that the person does not keep does not exist."""
    given, after = request.GET, request.GET.get("after", "")
    try:
        office = policies.get_wall(person_of(request), given.get("office", ""), timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None
    request.office = office  # type: ignore[attr-defined]  # the page's title names it
    n = int(after) if after.isdecimal() and len(after) < 7 else 0
    return Asked(office, given.get("sector", "")[:80], given.get("place", "")[:200], n)


def _posting(request: HttpRequest, pk: int) -> Posting:
    try:
        found = policies.get_posting(person_of(request), pk, timezone.localdate())
    except Posting.DoesNotExist:
        raise Http404 from None
    request.office = found.office  # type: ignore[attr-defined]
    return found


def _page(request: HttpRequest, name: str, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    offices = policies.walls_to_keep(person_of(request), timezone.localdate())
    tabs = {tab: shown["asked"].address(page) for tab, page in TABS.items()}
    return render(request, f"procedures/wall/{name}.html", {"offices": offices, "tabs": tabs} | shown, status=status)

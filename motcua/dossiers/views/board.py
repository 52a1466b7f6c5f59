"""The leader's pages: the board, and the list behind each of its numbers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.dossiers import policies
from motcua.dossiers.at_desk import board as shown
from motcua.dossiers.at_desk import listing
from motcua.kernel import freshness, identity
from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office


def _office(request: HttpRequest) -> Office:
    try:
        return policies.get_led_office(person_of(request), request.GET.get("office", ""), timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None


@requires(identity.LEAD)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    now, day = timezone.now(), timezone.localdate()
    with freshness.held():
        context = shown.board_page(_office(request), policies.led_offices(person_of(request), day), now, day)
        return render(request, "dossiers/board/board.html", context)


@requires(identity.LEAD)
@require_GET
def dossiers(request: HttpRequest) -> HttpResponse:
    office = _office(request)
    with freshness.held():
        asked = listing.wanted(request.GET.dict(), office, timezone.localdate())
        context = listing.list_page(person_of(request), office, asked, timezone.now())
        return render(request, "dossiers/board/list.html", context)

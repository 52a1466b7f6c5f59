"""The visit pack, on screen and as A4 sheets; for whoever goes along."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.kernel import freshness
from motcua.kernel.access import person_of, signed_in
from motcua.oversight import queries as oversight
from motcua.portal import pack


@signed_in
@require_GET
def screen(request: HttpRequest, reference: str) -> HttpResponse:
    with freshness.held():
        visit, packs = _packs(request, reference)
        return render(request, "portal/pack.html", {"visit": visit, "packs": packs})


@signed_in
@require_GET
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    with freshness.held():
        visit, packs = _packs(request, reference)
        content = pack.as_pdf(visit.title, visit.begins_at, packs, timezone.now())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{reference}.pdf"'
    return answer


def _packs(request: HttpRequest, reference: str) -> tuple[Any, list[pack.Pack]]:
    """The visit and its communes' packs; 404 for who does not go along."""
    now, day = timezone.now(), timezone.localdate()
    visit = oversight.visit_of_delegate(person_of(request), reference, day)
    if visit is None:
        raise Http404
    communes = [host.commune for host in oversight.hosts_of(visit)]
    return visit, pack.packs(communes, visit.begins_at, now, day)

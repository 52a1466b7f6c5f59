"""The officer's inbox: open work of every room in one list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.kernel import freshness, worklist
from motcua.kernel.access import person_of, signed_in
from motcua.portal import inbox as desk


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    person, now, day = person_of(request), timezone.now(), timezone.localdate()
    name = request.GET.get("queue", worklist.OFFICE)
    name = name if worklist.is_queue(name) else worklist.OFFICE
    with freshness.held():
        context = desk.page(person, name, request.GET.get("after", ""), now, day)
        return render(request, "portal/inbox.html", context)
